"""Scripts that work in a process of their own: what they are told, and what they answer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fmcatalog import apart


def test_a_script_answers_to_what_it_is_told(tmp_path: Path) -> None:
    script = tmp_path / "twice.py"
    script.write_text(
        "import sys\ntold = sys.stdin.buffer.read()\nsys.stdout.buffer.write(told * 2)\n"
    )
    told = bytes(range(256)) * 4096  # more than a pipe holds
    assert apart.run(script, told) == told * 2
    assert apart.run(script, b"") == b""


def test_a_script_that_fails_is_named_with_the_last_thing_it_said(tmp_path: Path) -> None:
    script = tmp_path / "fails.py"
    script.write_text("print('half an answer')\nraise ValueError('no such colour: \\u03b2')\n")
    with pytest.raises(RuntimeError, match=r"fails\.py: ValueError: no such colour"):
        apart.run(script, b"{}")
    script.write_text("raise SystemExit(3)\n")
    with pytest.raises(RuntimeError, match=r"fails\.py: 3"):
        apart.run(script, b"{}")


def test_nothing_around_gets_into_its_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('another json')\n")
    script = tmp_path / "asks.py"
    script.write_text(
        "import json, sys\nprint(sys.executable, json.loads(sys.stdin.read())['a'])\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "json.py"))
    assert apart.run(script, b'{"a": 7}').decode().split() == [sys.executable, "7"]


def test_libraries_are_found_where_this_process_finds_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, script = tmp_path / "libraries" / "colours.py", tmp_path / "asks.py"
    library.parent.mkdir()
    library.write_text("RED = 'red'\n")
    script.write_text("import colours\nprint(colours.RED)\n")
    with pytest.raises(RuntimeError, match="No module named 'colours'"):
        apart.run(script, b"")
    monkeypatch.syspath_prepend(library.parent)
    assert apart.run(script, b"") == b"red\n"


def test_a_script_that_asks_for_numpy_gets_no_threads_beside_it(tmp_path: Path) -> None:
    threads = tmp_path / "threads.py"
    threads.write_text("import os, numpy\nprint(len(os.listdir('/proc/self/task')))\n")
    assert apart.run(threads, b"") == b"1\n"


def test_the_scripts_of_the_package_know_nothing_of_the_rest_of_it() -> None:
    top = Path(apart.__file__).parent
    for script in ("charts/card.py", "export/arrow.py"):
        text = (top / script).read_text(encoding="utf-8")
        assert "import fmcatalog" not in text
        assert "from fmcatalog" not in text
        assert '__name__ == "__main__"' in text
