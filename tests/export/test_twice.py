"""Two builds of one catalog, in different places and times, are the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BUILT_FROM = ("catalog", "docs", "templates", "mkdocs.yml")


def built(checkout: Path, folder: Path, **settings: str) -> Path:
    for name in BUILT_FROM:
        source = checkout / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    target = folder / "out" / "site"
    command = [str(Path(sys.executable).with_name("fmcatalog")), "build", "--site-dir", str(target)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **settings}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def contents(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_zone_locale_hash_seed_and_folder_change_no_byte(checkout: Path, tmp_path: Path) -> None:
    far = tmp_path / "a folder with spaces" / "ünder"
    near = tmp_path / "b"
    far.mkdir(parents=True)
    near.mkdir()
    site = "https://catalog.example/a/"
    one = built(
        checkout,
        near,
        TZ="UTC",
        LC_ALL="C",
        LANG="C",
        PYTHONHASHSEED="0",
        PYTHONUTF8="1",
        FMCATALOG_SITE_URL=site,
    )
    other = built(
        checkout,
        far,
        TZ="Pacific/Kiritimati",
        LC_ALL="C.UTF-8",
        LANG="de_DE.UTF-8",
        LANGUAGE="de",
        PYTHONHASHSEED="4711",
        FMCATALOG_SITE_URL=site,
    )
    first, second = contents(one), contents(other)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    kinds = {name.rpartition(".")[2] for name in first}
    assert {"sqlite", "parquet", "xml", "bib", "ris", "ttl", "csv", "json", "html"} <= kinds
