"""What can be wrong with a file before anything in it means something."""

from __future__ import annotations

import re

from fmcatalog.diagnostics import Path, Severity, declare

ERROR = Severity.ERROR
F101 = declare(
    "F101",
    ERROR,
    """A file of the catalog is not a regular file, or cannot be read.

    Why: links, pipes and devices can point outside the catalog or never end.

    Mend: put the file itself in its place.""",
)
F102 = declare(
    "F102",
    ERROR,
    """A file is larger than the limit for its kind (64 KiB for a record).

    Why: a record is read by people; a limit also keeps one file from stopping every check.

    Mend: shorten the texts; long lists belong in the paper.""",
)
F103 = declare(
    "F103",
    ERROR,
    """A file is not UTF-8.

    Why: names would be shown wrong, and other readers would disagree on what they say.

    Mend: save the file as UTF-8.""",
)
F104 = declare(
    "F104",
    ERROR,
    """A character that cannot be seen, or that changes the order of what is seen.

    Why: a reviewer would approve something else than what is published.

    Mend: delete the character named in the message, or type the word anew.""",
)
F105 = declare(
    "F105",
    ERROR,
    """The file is not well-formed YAML.

    Why: nothing of the file can be trusted from this place on.

    Mend: look at the line named and the one above it: a missing colon, quote or indent.""",
)
F106 = declare(
    "F106",
    ERROR,
    """The file is nested too deeply, or has too many values.

    Why: no record needs it, and parsers can be brought down by it.

    Mend: use the layout of an existing record.""",
)
F107 = declare(
    "F107",
    ERROR,
    """A YAML feature that the catalog does not use: tag, anchor, alias, merge key, directive, or
    a second document.

    Why: a reader of the file should see its values, not have to compute them.

    Mend: write the value out.""",
)
F108 = declare(
    "F108",
    ERROR,
    """A key stands twice in the same mapping.

    Why: readers disagree on which one counts; one of the two values would be lost.

    Mend: keep one of them.""",
)
F109 = declare(
    "F109",
    ERROR,
    """A file or folder that does not belong in this place, or has an unusable name.

    Why: a file that nothing reads is a paper that silently does not appear.

    Mend: name records catalog/models/<id>.yaml: lower-case letters, digits and hyphens.""",
)
F110 = declare(
    "F110",
    ERROR,
    """The file is empty, or is not a mapping of keys to values.

    Why: there is nothing to read.

    Mend: begin with 'name: …'; an existing record shows the keys.""",
)
F111 = declare(
    "F111",
    ERROR,
    """A key has no value.

    Why: empty could mean unknown, absent or forgotten; the catalog keeps these apart.

    Mend: write the value, write not-reported or not-applicable, or leave the key out.""",
)
F112 = declare(
    "F112",
    ERROR,
    """A file that the catalog cannot do without is not there, or says another name inside.

    Why: without its vocabularies no record can be checked.

    Mend: restore the file, or give it the name of the facet or survey it holds.""",
)

MAX_PROBLEMS = 200
"""Problems of one kind that are kept of one file; nobody reads more, and some have thousands."""

# Controls but tab and line end (a carriage return that no line feed follows is one); bidirectional
# controls; line and paragraph separators; soft hyphen and zero-width characters (joiners and
# variation selectors are judged by word, in records.text); BOM inside; private use;
# non-characters; surrogates.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ue000-\uf8ff\ufdd0-\ufdef\ud800-\udfff"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\U000f0000-\U0010ffff]"
)

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""What YAML takes for nothing."""


class Problem(Exception):
    """Why a document cannot be read, on its way to a diagnostic. Never leaves this module."""

    def __init__(
        self,
        code: str,
        message: str,
        help: str = "",
        line: int = 0,
        column: int = 0,
        width: int = 1,
        path: Path = (),
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.help = code, message, help
        self.line, self.column, self.width = line, column, width
        self.path = path
