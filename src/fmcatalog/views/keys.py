"""What a page is made of, as a digest: a page with the same key is the same page.

The key of a record's page is made of the bytes of its file, of what all pages go by (vocabularies,
surveys, templates, code), and of the little that other records lend it: neighbours, relatives, the
ones before and after it in its group. Pages that count the whole catalog have no key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from fmcatalog import stats, taxonomy
from fmcatalog.catalog import Catalog
from fmcatalog.views.page import Page

NEIGHBOURS = 6
"""How many models a page names that are near its own."""


@dataclass(frozen=True)
class Keys:
    """Makes the keys of a catalog's pages.

    Attributes:
        catalog: The catalog.
        digests: Digest of every record's file, by id; a record without one has no key.
        world: Digest of what all pages go by.
    """

    catalog: Catalog
    digests: Mapping[str, bytes]
    world: bytes
    graph: taxonomy.Graph = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "graph", taxonomy.lineage(self.catalog))

    def of(self, page: Page) -> bytes | None:
        """Gives the key of a page; None where it has to be made in any case."""
        if page.about is None:
            return None
        kind, id = page.about
        return self.model(id) if kind == "model" else self.term(kind, id)

    def model(self, id: str) -> bytes | None:
        """Gives the key of a model's page."""
        if id not in self.digests:
            return None
        models = self.catalog.models
        group = self.catalog.members("category", models[id].category)
        place = stats.place(id, group)
        beside = (*group[max(place - 1, 0) : place], *group[place + 1 : place + 2])
        near = stats.neighbours(self.catalog, id, NEIGHBOURS)
        words = [f"{m} {models[m].name}" for m in beside]
        words += [f"{m} {models[m].name} {why}" for m, why in near]
        return self._digest(words, [id, *taxonomy.relatives(self.graph, id)])

    def term(self, facet: str, id: str) -> bytes | None:
        """Gives the key of a term's page."""
        kin = taxonomy.relatives(self.graph, id) if facet == "base-model" else ()
        said = [str(len(self.catalog.models)), facet, id]
        return self._digest(said, [*self.catalog.members(facet, id), *kin])

    def _digest(self, words: Iterable[str], ids: Iterable[str]) -> bytes | None:
        found = sha256(self.world)
        found.update("\0".join(words).encode())
        for id in ids:
            if id not in self.catalog.models:
                found.update(b"\1" + id.encode())  # a base model, which the vocabulary tells
            elif id in self.digests:
                found.update(b"\2" + id.encode() + self.digests[id])
            else:
                return None
        return found.digest()
