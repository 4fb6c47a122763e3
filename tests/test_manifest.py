"""The manifest of a site, and copies that agree with it or do not."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from fmcatalog import manifest
from fmcatalog.project import UsageError, verify


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "models" / "a b").mkdir(parents=True)
    (folder / "index.html").write_bytes(b"<p>home")
    (folder / "models" / "a b" / "index.html").write_bytes(b"<p>\xc3\xa4")
    (folder / manifest.NAME).write_bytes(manifest.make(folder, {"version": "1"}))
    return folder


def test_it_names_every_file_but_itself_with_size_and_digest(site: Path) -> None:
    data = json.loads((site / manifest.NAME).read_bytes())
    assert data["version"] == "1"
    assert data["count"] == 2
    assert data["files"][0] == {
        "path": "index.html",
        "size": 7,
        "sha256": sha256(b"<p>home").hexdigest(),
    }
    assert [f["path"] for f in data["files"]] == ["index.html", "models/a b/index.html"]


def test_equal_folders_have_equal_manifests_and_others_another_revision(site: Path) -> None:
    first = manifest.make(site, {})
    assert first == manifest.make(site, {})
    (site / "index.html").write_bytes(b"<p>house")
    assert json.loads(first)["revision"] != json.loads(manifest.make(site, {}))["revision"]


def test_a_true_copy_has_no_differences(site: Path) -> None:
    assert verify(str(site)) == (2, [])


def test_every_kind_of_difference_is_named(site: Path) -> None:
    (site / "index.html").write_bytes(b"<p>hame")
    (site / "models" / "a b" / "index.html").unlink()
    (site / "new.txt").write_text("x")
    assert verify(str(site))[1] == [
        "index.html has other content",
        "models/a b/index.html is missing",
        "new.txt is not in the manifest",
    ]
    (site / "index.html").write_bytes(b"<p>")
    assert "index.html has 3 bytes instead of 7" in verify(str(site))[1]


def test_a_published_copy_is_fetched_and_compared(site: Path, serve: object) -> None:
    with serve(site) as address:  # type: ignore[operator]
        assert verify(address) == (2, [])
        (site / "models" / "a b" / "index.html").write_bytes(b"<p>b")
        assert verify(address)[1] == ["models/a b/index.html has 4 bytes instead of 5"]
        (site / "index.html").unlink()
        assert "index.html is missing" in verify(address)[1]


def test_where_nobody_answers_it_says_so() -> None:
    with pytest.raises(UsageError, match="cannot be reached"):
        verify("http://127.0.0.1:9/")


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"has no manifest\.json"):
        verify(str(tmp_path))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"files": [{"path": "x"}]}',
        b'{"files": [{"path": "../etc/passwd", "size": 1, "sha256": ""}]}',
        b'{"files": [{"path": "/etc/passwd", "size": 1, "sha256": ""}]}',
        b'{"files": [{"path": "", "size": 1, "sha256": ""}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / manifest.NAME).write_bytes(content)
    with pytest.raises(UsageError, match=r"manifest\.json (is not a manifest|names)"):
        verify(str(tmp_path))
