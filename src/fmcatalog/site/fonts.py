"""The letters of headings: cut from an installed font package when the site is made.

Nothing is kept in the repository and nothing is fetched by a reader: the two faces that the
style sheet names are reduced to the letters of the Latin scripts and served beside it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fmcatalog.artifacts import Artifact

TITLES = "assets/fonts/source-serif-600.woff"
"""Where the face of titles stands."""
ITALICS = "assets/fonts/source-serif-400-italic.woff"
"""Where the face of the line under a title stands."""

_FACES = {TITLES: "SourceSerifPro-Semibold.ttf", ITALICS: "SourceSerifPro-It.ttf"}
# Basic Latin to Latin Extended-B, Vietnamese, punctuation, arrows, minus.
_NAMES = frozenset({0, 1, 2, 3, 4, 5, 6, 13, 14})
"""What a font file says of itself: copyright, family, style, version, licence."""
_ENGLISH = 0x409
_LETTERS = ((0x20, 0x24F), (0x1E00, 0x1EFF), (0x2010, 0x2044), (0x2190, 0x2193), (0x2212, 0x2212))


def faces() -> Iterator[Artifact]:
    """Makes the font files that ``assets/fmcatalog.css`` names, and their licence."""
    for name, face in _FACES.items():
        yield Artifact(name, _cut(face))
    yield Artifact("assets/fonts/LICENSE.txt", (_package() / "LICENSE.txt").read_bytes())


def versions() -> bytes:
    """Tells what the font files depend on, but our code."""
    return f"{version('font-source-serif-pro')} {version('fonttools')}".encode()


def serif() -> Path:
    """Gives the face of headings as it is installed, for pictures."""
    return _package() / _FACES[TITLES]


def _package() -> Path:
    # Found, not imported: the package is old and imports what a new environment lacks.
    spec = find_spec("font_source_serif_pro")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("font-source-serif-pro is not installed")
    return Path(spec.submodule_search_locations[0]) / "files"


@cache
def _cut(face: str) -> bytes:
    from fontTools import subset

    options = subset.Options(flavor="woff", layout_features=["kern", "liga", "locl"])
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[u for first, last in _LETTERS for u in range(first, last + 1)])
    out = io.BytesIO()
    with subset.load_font(str(_package() / face), options) as font:
        # Out of sight: which of them the rest refers to takes half of the time to find out.
        names = font["name"]
        del font["name"]
        cutter.subset(font)
        names.names = [n for n in names.names if n.nameID in _NAMES and n.langID == _ENGLISH]
        font["name"] = names
        subset.save_font(font, out, options)
    return out.getvalue()
