"""Files on disk: which ones belong to a catalog, and how their bytes are read."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from fmcatalog.diagnostics import Diagnostic
from fmcatalog.documents.files import decode, folder, read_bytes
from fmcatalog.documents.problems import Problem

WHERE = "catalog/models"


def refusal(path: Path, limit: int = 100) -> Problem:
    with pytest.raises(Problem) as caught:
        read_bytes(path, limit)
    return caught.value


def listed(root: Path, name: str) -> tuple[list[str], list[Diagnostic]]:
    (root / WHERE).mkdir(parents=True)
    (root / WHERE / name).touch()
    return folder(root, WHERE, ".yaml")


@pytest.fixture
def top(tmp_path: Path) -> Path:
    made = tmp_path / WHERE
    made.mkdir(parents=True)
    return made


def test_files_are_listed_by_code_point_whatever_the_folder_says(top: Path, tmp_path: Path) -> None:
    for name in ("b.yaml", "a-b.yaml", "a.yaml", "1.yaml", "a0.yaml"):
        (top / name).touch()
    files, strange = folder(tmp_path, WHERE, ".yaml")
    assert files == [f"{WHERE}/{n}.yaml" for n in ("1", "a-b", "a", "a0", "b")]
    assert strange == []


@pytest.mark.parametrize(
    "name",
    [
        "med.yaml.txt",
        "mèd.yaml",
        "mеd.yaml",
        f"{'a' * 61}.yaml",
        ".yaml",
        "a\n::error::b.yaml",
        "a\u202eb.yaml",
    ],
)
def test_a_name_that_is_no_id_is_told_and_made_visible(name: str, tmp_path: Path) -> None:
    files, (found,) = listed(tmp_path, name)
    assert files == []
    assert found.code == "F109"
    assert found.message.isprintable()
    assert "lower-case letters" in found.help


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Med.yaml", "med"),
        ("med_sam.yaml", "med-sam"),
        ("med--sam.yaml", "med-sam"),
        ("-med.yaml", "med"),
        ("med-.yaml", "med"),
        ("med.yml", "med"),
        (".med.yaml", "med"),
        ("Med SAM 2.1.yaml", "med-sam-2-1"),
    ],
)
def test_a_name_that_is_almost_an_id_is_told_the_id(name: str, meant: str, tmp_path: Path) -> None:
    files, (found,) = listed(tmp_path, name)
    assert files == []
    assert (found.code, found.help) == ("F109", f"rename it {meant}.yaml")


@pytest.mark.parametrize("name", ["index.yaml", "nul.yaml"])
def test_a_name_that_is_taken_is_told(name: str, tmp_path: Path) -> None:
    files, (found,) = listed(tmp_path, name)
    assert files == []
    assert "choose another" in found.help


def test_an_id_may_have_sixty_letters(tmp_path: Path) -> None:
    assert listed(tmp_path, f"{'a' * 60}.yaml")[1] == []


@pytest.mark.parametrize("name", [".gitkeep", ".a.yaml.swp", ".DS_Store"])
def test_hidden_files_of_tools_are_passed_over(name: str, tmp_path: Path) -> None:
    assert listed(tmp_path, name) == ([], [])


def test_a_name_that_is_no_text_is_told_without_bringing_the_reader_down(
    top: Path, tmp_path: Path
) -> None:
    Path(os.fsdecode(os.fsencode(top) + b"/\xff.yaml")).touch()
    (found,) = folder(tmp_path, WHERE, ".yaml")[1]
    assert "U+DCFF" in found.message
    assert found.place.file.encode()


def test_where_folders_belong_a_file_or_a_link_does_not(top: Path, tmp_path: Path) -> None:
    (top / "real").mkdir()
    (top / "file").touch()
    (top / "link").symlink_to("/etc")
    files, strange = folder(tmp_path, WHERE, "")
    assert files == [f"{WHERE}/real"]
    assert [d.place.file for d in strange] == [f"{WHERE}/file", f"{WHERE}/link"]
    assert all("folders" in d.help for d in strange)


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert folder(tmp_path, WHERE, ".yaml") == ([], [])


def test_a_folder_that_is_a_link_or_a_file_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc")
    (tmp_path / "file").touch()
    for name, said in (("link", "is a link"), ("file", "cannot be read")):
        files, (found,) = folder(tmp_path, name, ".yaml")
        assert files == []
        assert found.code == "F101"
        assert said in found.message


def test_a_file_is_read_up_to_its_limit_and_not_beyond(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * 1024)
    assert read_bytes(path, 1024) == b"x" * 1024
    found = refusal(path, 1023)
    assert (found.code, found.help) == ("F102", "shorten the texts")


def test_a_file_that_grows_while_it_is_read_is_too_large() -> None:
    # A file of /proc says that it is empty, and gives more.
    path = Path("/proc/self/environ")
    assert path.stat().st_size == 0
    assert refusal(path, 1).code == "F102"


@pytest.mark.parametrize("target", ["/dev/zero", "/proc/self/environ", "nowhere", "x.yaml"])
def test_a_link_is_called_a_link_wherever_it_leads(tmp_path: Path, target: str) -> None:
    path = tmp_path / "x.yaml"
    path.symlink_to(target)
    found = refusal(path)
    assert (found.code, found.message, found.help) == (
        "F101",
        "is a link",
        "put the file itself here",
    )


def test_pipes_devices_folders_and_sockets_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    Path("folder").mkdir()
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
        for path in ("pipe", "folder", "socket", "/dev/zero"):
            found = refusal(Path(path))
            assert found.code == "F101"
            assert found.help == "put the file itself here"


def test_a_file_that_is_not_there_has_a_code_of_its_own(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.yaml").code == "F112"


def test_no_file_stays_open_when_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * 200)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        refusal(path)
        refusal(tmp_path)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_one_byte_order_mark_is_dropped_and_a_second_one_stays() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\n") == "a\nb\n"
    assert decode(b"\xef\xbb\xbf\xef\xbb\xbfa") == "\ufeffa"


@pytest.mark.parametrize(
    ("data", "byte", "line", "column"),
    [
        (b"\xff", "0xFF", 1, 1),
        (b"a: b\nc: \xe9t\xe9\n", "0xE9", 2, 4),
        (b"a: b\nc: d\n\xf0\x9f\x98", "0xF0", 3, 1),
        (b"a: \xc0\x80", "0xC0", 1, 4),
        (b"a: \xed\xa0\x80", "0xED", 1, 4),
    ],
)
def test_a_byte_that_is_not_utf8_is_named_with_line_and_column(
    data: bytes, byte: str, line: int, column: int
) -> None:
    with pytest.raises(Problem) as caught:
        decode(data)
    found = caught.value
    assert (found.code, found.line, found.column) == ("F103", line, column)
    assert found.message == f"byte {byte} is not UTF-8"


def test_every_utf16_and_latin1_file_of_accents_is_refused() -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252"):
        with pytest.raises(Problem, match="is not UTF-8"):
            decode("name: Şükrü\n".replace("Ş", "É").replace("ş", "é").encode(encoding) + b"\xe9")
