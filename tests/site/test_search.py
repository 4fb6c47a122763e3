"""What is mended in the theme's search."""

from __future__ import annotations

from pathlib import Path

import material
import pytest

from fmcatalog.site import search


def worker() -> tuple[str, bytes]:
    """The script of the theme that is installed."""
    templates = Path(material.__file__).parent / "templates"
    (found,) = templates.glob("assets/javascripts/workers/search.*.min.js")
    return found.relative_to(templates).as_posix(), found.read_bytes()


def test_the_script_of_the_theme_is_known_and_mended_in_one_place() -> None:
    name, script = worker()
    assert search.WORKER.fullmatch(name)
    mended = search.parted(script)
    assert len(mended) == len(script) + len('+","')
    assert mended.replace(b'.id+","}', b".id}") == script


def test_another_script_is_not_taken_for_mended() -> None:
    _, script = worker()
    with pytest.raises(ValueError, match="has changed"):
        search.parted(script.replace(b".id}return", b".key}return"))
    with pytest.raises(ValueError, match="has changed"):
        search.parted(search.parted(script))
