"""The index of a facet."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from fmcatalog import stats, taxonomy
from fmcatalog.catalog import Catalog
from fmcatalog.records import Vocabulary
from fmcatalog.selection import ALL_FACETS, COMMERCIAL, UNKNOWN, commercial
from fmcatalog.views import paths
from fmcatalog.views.parts import Bar, Link, TreeNode
from fmcatalog.views.scope import whole

MANY = 60
"""Terms that can still be read one by one, each with its definition."""
BARS = 12
"""Terms that are drawn where they are more."""


class Letter(NamedTuple):
    """The terms that begin with a letter; other signs and digits stand together."""

    letter: str
    anchor: str
    terms: tuple[Link, ...]


class VocabularyView(NamedTuple):
    """What the index of a facet shows.

    Attributes:
        crumbs: Way from the top.
        name: The facet, in the plural.
        definition: What the facet says of a model.
        tally: How many models have a value, how many none, and of which kind.
        tree: Terms with their counts; empty where they are too many to be read one by one.
        most: The most frequent terms, where they are too many.
        commercial: Of licences: how many weights may be used commercially, and where they stand.
        letters: All terms then, by their first letter.
        unused: Terms that no model uses yet.
    """

    crumbs: tuple[Link, ...]
    name: str
    definition: str
    tally: str
    tree: tuple[TreeNode, ...]
    commercial: tuple[Link, ...]
    most: tuple[Bar, ...]
    letters: tuple[Letter, ...]
    unused: tuple[Link, ...]


def view(catalog: Catalog, facet: str) -> VocabularyView:
    """Makes the index of a facet."""
    vocabulary = catalog.vocabularies[facet]
    found = stats.distribution(catalog, facet)
    tally = found.tally
    used = {count.id for count in found.counts}
    gaps = [
        (tally.not_reported, "not reported"),
        (tally.not_applicable, "not applicable"),
        (tally.absent, "not looked up"),
    ]
    said = ", ".join(f"{number} {word}" for number, word in gaps if number)
    many = len(found.counts) > MANY
    return VocabularyView(
        crumbs=(Link("Models", "models/"),),
        name=name(vocabulary),
        definition=vocabulary.definition,
        tally=(
            f"{tally.known} of {whole(catalog).counted()} have a value"
            + (f"; {said}" if said else "")
            + (f". {found.multiple} count under more than one term." if found.multiple else ".")
        ),
        tree=()
        if many
        else tuple(
            _node(catalog, facet, node) for node in taxonomy.forest(catalog, facet) if node.models
        ),
        commercial=_commercial(catalog) if facet == "licence" else (),
        most=_most(facet, found.counts[:BARS]) if many else (),
        letters=tuple(_letters(catalog, facet, used)) if many else (),
        unused=tuple(
            paths.term_link(catalog, facet, id) for id in catalog.terms[facet] if id not in used
        ),
    )


def name(vocabulary: Vocabulary) -> str:
    """Gives the title of an index."""
    label = vocabulary.label
    return f"By {label if label.isupper() else label[0].lower() + label[1:]}"


def _most(facet: str, counts: Sequence[stats.Count]) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            Link(count.label, paths.term_path(facet, count.id), count=count.count),
            round(100 * count.count / counts[0].count, 1),
        )
        for count in counts
    )


def _letters(catalog: Catalog, facet: str, used: Collection[str]) -> Iterator[Letter]:
    links = [paths.term_link(catalog, facet, id, count=True, short=False) for id in used]
    links.sort(key=lambda link: (_letter(link.label), link.label.casefold(), link.path))
    for letter, run in groupby(links, key=lambda link: _letter(link.label)):
        anchor = f"letter-{letter.lower() if letter != OTHER else 'other'}"
        yield Letter(letter, anchor, tuple(run))


OTHER = "0–9"


def _letter(label: str) -> str:
    """Gives the letter that a label stands under: accents do not part it from its kin."""
    first = unicodedata.normalize("NFKD", label)[:1].upper()
    return first if first.isascii() and first.isalpha() else OTHER


def _commercial(catalog: Catalog) -> tuple[Link, ...]:
    """Counts the models by what the licence of their weights says of commercial use."""
    (facet,) = (one for one in ALL_FACETS if one.key == "commercial-use")
    counts = Counter(value for id in catalog.models for value in facet.values(catalog, id))
    known = [(option, counts[option.id]) for option in COMMERCIAL]
    rest = len(catalog.models) - sum(count for _, count in known)
    return (
        *(
            Link(
                option.label,
                paths.explore_path(**{facet.key: option.id}),
                count=count,
            )
            for option, count in known
        ),
        Link("Not known", paths.explore_path(**{facet.key: UNKNOWN}), count=rest),
    )


def _node(catalog: Catalog, facet: str, node: taxonomy.Node) -> TreeNode:
    link = paths.term_link(catalog, facet, node.term.id, count=True, short=False)
    if facet == "licence":
        link = link._replace(note=f"· commercial use: {commercial(node.term).label.lower()}")
    return TreeNode(
        link,
        node.term.definition,
        children=tuple(_node(catalog, facet, child) for child in node.children if child.models),
    )
