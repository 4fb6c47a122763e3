"""One model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from urllib.parse import urlencode

from fmcatalog import records, stats, taxonomy
from fmcatalog.catalog import Catalog, model_file
from fmcatalog.records import Missing, Model, Quantity, listed
from fmcatalog.views import paths, provenance
from fmcatalog.views.coins import coins
from fmcatalog.views.facts import Facts, Said
from fmcatalog.views.keys import NEIGHBOURS
from fmcatalog.views.lineage import Kin, Lines, related
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import (
    Badge,
    ErratumEntry,
    Fact,
    Link,
    Outlink,
    SourceEntry,
    Value,
)
from fmcatalog.views.parts import Missing as MissingWord
from fmcatalog.views.provenance import erratum_entry, source_entries
from fmcatalog.views.training import Stage, Training


@dataclass(frozen=True, slots=True)
class Relative:
    """A model or base model in the lineage: how it is related, and to what."""

    relation: str
    link: Link


@dataclass(frozen=True, slots=True)
class ModelView:
    """What a model's page shows.

    Attributes:
        crumbs: Way from the top to the group.
        id: Id of the record.
        name: Short name.
        title: Title of the paper.
        authors: Names; ``authors_note`` says what is missing of them.
        authors_note: For example ``and 12 others``.
        badge: Its group.
        tier: How far its record was checked.
        tier_means: What that word means.
        facets: Labelled chips: modality, organ, task, algorithm.
        actions: Paper, code, weights, demo; those that exist.
        facts: Date, venue, identifiers, parameters, licence and so on.
        summary: Own words, with sources; or why there is none.
        key_ideas: Own words, one each.
        use_cases: Own words, one each.
        limitations: Own words, one each.
        training: Stages.
        training_note: What Table 2 says of it, or that it does not stand there.
        ancestors: What it builds on.
        descendants: What builds on it.
        kin: The two as a drawing; none when there is neither.
        neighbours: Similar models and why.
        errata: Mistakes of the survey about it.
        corrections: Values that this record gave wrong before.
        sources: Numbered sources.
        bibtex: Its entry.
        doubts: Field to the survey's mistake about it: title, authors, category and so on.
        lacks: Why there is no value, of fields that the page shows only where they have one.
        coins: COinS text for reference managers; empty when there is none.
        files: The record as YAML and JSON.
        edit: Where to mend it.
        report: Where to report a mistake.
        previous: Model before it in its group.
        next: Model after it in its group.
    """

    crumbs: tuple[Link, ...]
    id: str
    name: str
    title: str
    authors: tuple[str, ...]
    authors_note: str
    badge: Badge
    tier: str
    tier_means: str
    facets: tuple[Fact, ...]
    actions: tuple[Outlink, ...]
    facts: tuple[Fact, ...]
    summary: Value
    key_ideas: tuple[str, ...]
    use_cases: tuple[str, ...]
    limitations: tuple[str, ...]
    training: tuple[Stage, ...]
    training_note: str
    ancestors: tuple[Relative, ...]
    descendants: tuple[Relative, ...]
    kin: Kin | None
    neighbours: tuple[Link, ...]
    errata: tuple[ErratumEntry, ...]
    corrections: tuple[Fact, ...]
    sources: tuple[SourceEntry, ...]
    bibtex: str
    doubts: Mapping[str, str]
    lacks: Mapping[str, MissingWord]
    coins: str
    files: tuple[Link, ...]
    edit: Outlink | None
    report: Outlink | None
    previous: Link | None
    next: Link | None


_ACTIONS = tuple(
    (key.capitalize(), key) for key in ("paper", "code", "weights", "demo", "data", "project")
)

FURTHER_LINKS = ("paper", "demo", "data", "project")
"""Links that are no facts: the page shows those that exist."""


class Models:
    """Makes the view of every model; what they have in common is worked out once.

    Args:
        catalog: The catalog.
        settings: Settings of the site.
        bibtex: Id to BibTeX entry.
    """

    def __init__(self, catalog: Catalog, settings: Settings, bibtex: Mapping[str, str]) -> None:
        self.catalog = catalog
        self.settings = settings
        self.bibtex = bibtex
        self.lines = Lines(catalog)
        self.graph = self.lines.graph
        said = Said()
        self.facts = Facts(catalog, said)
        self.training = Training(catalog, said)
        # Of these there are few, and thousands of records have each.
        self._badge = cache(partial(paths.badge, catalog))
        self._crumbs = cache(partial(_crumbs, catalog))
        self._base = cache(partial(paths.term_link, catalog, "base-model", short=False))
        self._marks = cache(provenance.marks)
        self.errata: dict[str, list[records.Erratum]] = {}
        for data in catalog.surveys.values():
            for erratum in data.errata:
                for id in erratum.models or ():
                    self.errata.setdefault(id, []).append(erratum)

    def view(self, id: str) -> ModelView:
        """Makes the view of one model."""
        catalog, model = self.catalog, self.catalog.models[id]
        marks = self._marks(tuple([source.fields for source in model.sources]))
        tier, doubts = catalog.tier(id), self._doubts(id)
        group = catalog.members("category", model.category)
        place = stats.place(id, group)
        return ModelView(
            crumbs=self._crumbs(model.category),
            id=id,
            name=model.name,
            title=model.title,
            authors=model.authors,
            authors_note=_authors_note(model),
            badge=self._badge(model.category),
            tier=tier.value,
            tier_means=tier.definition,
            facets=self.facts.facets(model, marks),
            actions=_actions(model),
            facts=self.facts.of(id, marks, doubts),
            summary=Value(model.summary or "", "" if model.summary else "absent"),
            key_ideas=model.key_ideas or (),
            use_cases=model.use_cases or (),
            limitations=model.limitations or (),
            training=self.training.stages(id, marks),
            training_note=self.training.note(id),
            ancestors=tuple(self._parents(id)),
            descendants=tuple(self._children(id)),
            kin=self.lines.kin(id, tree=False),
            neighbours=tuple(
                [
                    paths.model_link(catalog, other, why)
                    for other, why in stats.neighbours(catalog, id, NEIGHBOURS)
                ]
            ),
            errata=tuple([erratum_entry(catalog, e, but=id) for e in self.errata.get(id, ())]),
            corrections=tuple(
                Fact(f"{one.date}, {one.field}", Value(f"{one.old} → {one.new}. {one.reason}"))
                for one in reversed(model.corrections or ())
            ),
            sources=source_entries(catalog, model),
            bibtex=self.bibtex[id],
            doubts=doubts,
            lacks=_lacks(model),
            coins=coins(model),
            files=(
                Link("JSON", f"api/v1/models/{id}.json"),
                Link("BibTeX", f"models/{id}/{id}.bib"),
                Link("RIS", f"models/{id}/{id}.ris"),
            ),
            edit=_edit(self.settings, id),
            report=_report(self.settings, id, model),
            previous=paths.model_link(catalog, group[place - 1]) if place else None,
            next=paths.model_link(catalog, group[place + 1]) if place + 1 < len(group) else None,
        )

    def _doubts(self, id: str) -> dict[str, str]:
        path, errata = paths.model_path(id), self.errata.get(id, ())
        return {
            field: f"{path}#erratum-{erratum.id}"
            for erratum in errata
            for field in erratum.fields or ()
        }

    def _node(self, id: str) -> Link:
        if id in self.catalog.models:
            return paths.model_link(self.catalog, id)
        return self._base(id)

    def _parents(self, id: str) -> Iterable[Relative]:
        direct = listed(self.catalog.models[id].builds_on)
        if not direct:
            return
        for parent in direct:
            yield Relative(str(parent.relation).replace("-", " "), self._node(parent.model))
        named = {parent.model for parent in direct}
        for other in taxonomy.ancestors(self.graph, id):
            if other not in named:
                yield Relative("further back", self._node(other))

    def _children(self, id: str) -> Iterable[Relative]:
        direct = self.graph.children[id]
        if not direct:
            return
        for child in sorted(direct):
            yield Relative(related(direct[child]["relation"], "it"), self._node(child))
        for other in taxonomy.descendants(self.graph, id):
            if other not in direct:
                yield Relative("further on", self._node(other))


def _crumbs(catalog: Catalog, category: str) -> tuple[Link, ...]:
    above = (category, *catalog.broader("category", category))
    links = [paths.term_link(catalog, "category", term) for term in reversed(above)]
    return (Link("Models", "models/"), *links)


def _authors_note(model: Model) -> str:
    if model.author_count is None:
        return ""
    if isinstance(model.author_count, Quantity) and model.author_count.exact is not None:
        return f"and {model.author_count.exact - len(model.authors)} others"
    return "and others, whose number no source that was read gives"


def _actions(model: Model) -> tuple[Outlink, ...]:
    links = vars(model.links) if model.links else {}
    found = [(label, links.get(key)) for label, key in _ACTIONS]
    return tuple([Outlink(label, address) for label, address in found if type(address) is str])


def _lacks(model: Model) -> dict[str, MissingWord]:
    found: dict[str, object] = {"builds-on": model.builds_on, "training": model.training}
    if model.links is not None:
        links = vars(model.links)
        found |= {f"links-{key}": links[key] for key in FURTHER_LINKS}
    return {key: paths.missing_word(v) for key, v in found.items() if isinstance(v, Missing)}


def _edit(settings: Settings, id: str) -> Outlink | None:
    if not settings.repository:
        return None
    return Outlink("Edit the record", f"{settings.repository}/edit/main/{model_file(id)}")


def _report(settings: Settings, id: str, model: Model) -> Outlink | None:
    if not settings.repository:
        return None
    query = urlencode({"title": f"{model.name}: a value is wrong", "body": f"Record: {id}\n\n"})
    return Outlink("report it", f"{settings.repository}/issues/new?{query}")
