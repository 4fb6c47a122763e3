"""What is noted of pages, and which of them the link check reads all the same."""

from __future__ import annotations

from fmcatalog.artifacts import Artifact
from fmcatalog.site.frames import Look
from fmcatalog.site.links import Told
from fmcatalog.site.notes import LARGE, Noted, Notes

LOOK = Look("models/", nav=False, hidden=(), parted=True)
HERE = Told(frozenset({"x"}), ("",))


def noted(told: Told | None = HERE) -> Noted:
    return Noted(b"", parted=True, told=told, entries=[])


def made(notes: Notes, path: str, size: int, told: Told | None = HERE) -> bool:
    """Makes a page of some size; tells whether only its frame is read."""
    notes.now[path] = noted(told)
    page = Artifact(f"{path}index.html", b"x" * size)
    bare = notes.make(LOOK, page)
    if bare:
        notes.bare[LOOK] = page
    return bare


def test_the_smallest_page_in_a_frame_and_the_home_page_are_read() -> None:
    notes = Notes()
    for path, size in (("", 1), ("b/", 3), ("c/", 2), ("d/", 2)):
        assert not made(notes, path, size)
    assert notes.told(gone=False).keys() == {"b/index.html", "c/index.html", "d/index.html"}
    notes = Notes()
    for path, size in (("b/", 3), ("c/", 2), ("d/", 2)):
        assert not made(notes, path, size)
    assert notes.told(gone=False).keys() == {"b/index.html", "d/index.html"}


def test_of_a_large_page_the_frame_is_read_unless_there_is_a_smaller_one() -> None:
    notes = Notes()
    assert made(notes, "b/", LARGE + 2)
    assert not made(notes, "c/", LARGE + 3)
    assert made(notes, "d/", LARGE + 1)
    assert [page.uri for page in notes.bare.values()] == ["d/index.html"]
    assert len(notes.told(gone=False)) == 3
    assert not made(notes, "e/", LARGE)
    assert notes.bare == {}
    assert "e/index.html" not in notes.told(gone=False)


def test_a_page_that_could_not_be_told_of_is_read() -> None:
    notes = Notes()
    made(notes, "b/", 1)
    made(notes, "404/", 2)
    made(notes, "c/", 2, None)
    assert notes.told(gone=False).keys() == {"404.html"}


def test_a_frame_of_pages_that_stayed_is_read_only_when_a_file_is_gone() -> None:
    notes = Notes({"b/": noted(), "c/": noted()})
    notes.keep("b/", LOOK)
    notes.keep("c/", LOOK)
    assert notes.told(gone=False).keys() == {"b/index.html", "c/index.html"}
    assert notes.told(gone=True).keys() == {"c/index.html"}
    made(notes, "d/", 1)
    assert notes.told(gone=True).keys() == {"b/index.html", "c/index.html"}
