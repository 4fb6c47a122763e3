"""What fits my GPUs: static answers for a few rigs, and what the script needs for any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from fmcatalog.catalog import Catalog
from fmcatalog.selection.fitting import NO_FIGURE, Answer, Needs, Rig, as_data, needs
from fmcatalog.views import paths
from fmcatalog.views.parts import Link

COMMON = (Rig(24, 1), Rig(48, 1), Rig(80, 4), Rig(80, 8))
"""Rigs that are answered without a script."""


@dataclass(frozen=True, slots=True)
class Group:
    """One of the four groups for a rig.

    Attributes:
        id: Which.
        title: Its name.
        said: What its count is said with.
        about: What it means.
        models: Models, each with its reason; of the unknown ones only those with some figure.
        count: All models in it.
    """

    id: str
    title: str
    said: str
    about: str
    models: tuple[Link, ...] = ()
    count: int = 0


GROUPS = (
    Group(
        Answer.FITS.value,
        "Reported on a rig that fits",
        "on a rig that fits",
        "Trained on no more cards than these, none with more memory.",
    ),
    Group(
        Answer.MORE_CARDS.value,
        "Fits per card, but on more cards",
        "per card, but on more cards",
        (
            "No card of theirs had more memory, but they had more cards. Whether fewer do is "
            "open: memory is not added up here."
        ),
    ),
    Group(
        Answer.DOES_NOT_FIT.value,
        "Does not fit as reported",
        "not as reported",
        "Trained on cards with more memory. With other settings less may do.",
    ),
    Group(
        Answer.UNKNOWN.value,
        "Unknown",
        "unknown",
        "Not a no: a figure is missing, or too loose to compare.",
    ),
)
"""The four groups, empty."""


class Static(NamedTuple):
    """The answer for one rig.

    Attributes:
        id: Id on the page.
        title: The rig in words.
        query: The rig as an address.
        groups: The four groups.
    """

    id: str
    title: str
    query: str
    groups: tuple[Group, ...]


class Card(NamedTuple):
    """A card to choose: its id and memory, in words."""

    value: str
    label: str


class FinderView(NamedTuple):
    """What the finder shows.

    Attributes:
        statics: Answers for common rigs.
        groups: The four groups, empty, for the script.
        blank: Models of which no figure is known; unknown for every rig.
        blank_note: Why they are.
        cards: Vendor and its cards, as far as their memory is known.
        data: What the script answers from.
    """

    statics: tuple[Static, ...]
    groups: tuple[Group, ...]
    blank: tuple[Link, ...]
    blank_note: str
    cards: tuple[tuple[str, tuple[Card, ...]], ...]
    data: Mapping[str, Any]


def view(catalog: Catalog) -> FinderView:
    """Makes the finder."""
    found = [needs(catalog, id) for id in catalog.models]
    blank = tuple(one for one in found if one.note == NO_FIGURE)
    some = [one for one in found if one.note != NO_FIGURE]
    return FinderView(
        statics=tuple(_static(catalog, rig, some, len(blank)) for rig in COMMON),
        groups=GROUPS,
        blank=paths.some(blank, lambda one: paths.model_link(catalog, one.id)),
        blank_note=f"{NO_FIGURE} for {len(blank)} of {len(found)} models (all tiers)",
        cards=_cards(catalog),
        data=as_data(found),
    )


def words(rig: Rig) -> str:
    """Writes a rig in words."""
    if rig.count == 1:
        return f"1 card of {rig.memory:g} GB"
    return f"{rig.count} cards of {rig.memory:g} GB each"


def _static(catalog: Catalog, rig: Rig, some: list[Needs], blank: int) -> Static:
    found: dict[Answer, list[Needs]] = {answer: [] for answer in Answer}
    for one in some:
        found[one.stands(rig)].append(one)

    def links(answer: Answer) -> tuple[Link, ...]:
        return paths.some(
            found[answer],
            lambda one: paths.model_link(catalog, one.id, one.why(rig, answer)),
        )

    groups = tuple(
        replace(
            group,
            models=links(Answer(group.id)),
            count=len(found[Answer(group.id)]) + (blank if group.id == Answer.UNKNOWN else 0),
        )
        for group in GROUPS
    )
    query = f"hardware/?memory={rig.memory:g}&count={rig.count}"
    return Static(f"rig-{rig.count}x{rig.memory:g}", words(rig), query, groups)


def _cards(catalog: Catalog) -> tuple[tuple[str, tuple[Card, ...]], ...]:
    vendors: dict[str, list[Card]] = {}
    for term in sorted(catalog.terms.get("gpu", {}).values(), key=lambda t: t.short.casefold()):
        sizes = term.memory_gb or ()
        for size in sizes:
            value = term.id if len(sizes) == 1 else f"{term.id}:{size}"
            card = Card(f"{value}={size}", f"{term.short}, {size} GB")
            vendors.setdefault(term.vendor or "Other", []).append(card)
    return tuple((vendor, tuple(cards)) for vendor, cards in sorted(vendors.items()))
