"""A record, a list and a hand-written page as Markdown, as a script would write them for MkDocs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import facts
from facts import Facts, Term

MISSING = '<span class="fm-missing fm-missing--absent">not looked up</span>'
Labels = Mapping[str, Mapping[str, str]]


def model(one: Facts, id: str, labels: Labels) -> str:
    """Writes the page of a model."""
    return "\n".join(_model(one, id, labels)) + "\n"


def _model(one: Facts, id: str, labels: Labels) -> Iterator[str]:
    record = one["record"]
    group = f"[{labels['taxonomy'][record['category']]}](../taxonomy/{record['category']}.md)"
    badge = f"{group}{{ .fm-badge .fm-badge--visual }}"
    tier = f"[{one['tier']}](../about.md#tiers){{ .fm-tier .fm-tier--{one['tier']} }}"
    read = "A second person has read its sources." if record.get("reviewed") else "Nobody else has."
    yield from _front(one["title"], one["description"])
    above = (f"[{labels['taxonomy'][g]}](../taxonomy/{g}.md)" for g in one["crumbs"])
    yield " / ".join(("[Models](index.md)", *above)) + "\n{ .fm-crumbs }\n"
    yield f"# {one['title']}\n"
    yield f"{badge} {tier} {read}\n{{ .fm-standing }}\n"
    yield f"{record['title']}\n{{ .fm-subtitle }}\n"
    yield f"{', '.join(record['authors'])}\n{{ .fm-byline }}\n"
    people = "".join(f"&amp;rft.au={name}" for name in record["authors"])
    yield f'<span class="Z3988" title="{one["coins"].replace("&", "&amp;")}{people}"></span>\n'
    yield f"{record['summary']}\n{{ .fm-lede }}\n"
    for key, address in record["links"].items():
        yield f'* [{key.title()}]({address}){{ .fm-button rel="external noopener" }}'
    yield f"* [Compare](../compare/index.md?models={id}){{ .fm-button }}\n"
    yield from _values(one, labels, badge, tier)
    yield from _part("Key ideas", record["key_ideas"])
    yield from _part("Uses and limits", ())
    yield from ("### For\n", *(f"* {line}" for line in record["use_cases"]), "")
    yield from ("### Mind\n", *(f"* {line}" for line in record["limitations"]), "")
    yield from _training(one, labels)
    yield from _behind(one, id)


def _values(one: Facts, labels: Labels, badge: str, tier: str) -> Iterator[str]:
    record = one["record"]
    for plural, facet in facts.SHOWN.items():
        terms = (f"[{labels[plural][t]}](../{plural}/{t}.md){{ .fm-chip }}" for t in record[plural])
        yield from _fact(one, facet.capitalize(), plural, " ".join(terms))
    yield from _fact(one, "Group", "category", badge)
    yield from _fact(one, "First version", "published", record["published"])
    venue = record.get("venue")
    said = f"{venue['name']} {venue.get('year', '')}" if venue else "preprint only"
    yield from _fact(one, "Venue", "venue", said)
    arxiv = (record.get("identifiers") or {}).get("arxiv")
    found = f"[{arxiv}](https://arxiv.org/abs/{arxiv}){{ rel=external }}" if arxiv else ""
    yield from _fact(one, "arXiv", "identifiers", found)
    yield from _fact(one, "Parameters", "parameters", record.get("parameters"))
    licence = one["licence"]
    found = f"[{licence['label']}](../{licence['path'].rstrip('/')}.md)" if licence else ""
    yield from _fact(one, "Licence of the code", "licence", found)
    for key in ("code", "weights"):
        address = record["links"].get(key)
        found = f"[{address.split('/')[2]}]({address}){{ rel=external }}" if address else ""
        yield from _fact(one, f"Public {key}", "links", found)
    uses = (
        f"[{labels['datasets'][u['dataset']]}](../datasets/{u['dataset']}.md) ({u['use']})"
        for u in record["datasets"]
    )
    yield from _fact(one, "Data", "datasets", ", ".join(uses))
    yield from _fact(one, "Tier", "tier", tier)
    yield from _fact(one, "Read by a second person", "tier", str(record.get("reviewed", False)))


def _behind(one: Facts, id: str) -> Iterator[str]:
    yield from _part("Lineage", ())
    for step in one["ancestors"]:
        yield f"{step['relation']}\n:   [{step['label']}](../{step['path']}.md)\n"
    near = (f"**[{n['name']}]({n['id']}.md)** {n['note']}" for n in one["near"])
    yield from _part("Near it", tuple(near))
    yield "## Sources\n"
    for source in one["sources"]:
        address = source["href"] if "://" in source["href"] else "../survey/index.md"
        yield (
            f'{source["number"]}. <span id="source-{source["number"]}"></span>'
            f"[{source['label']}]({address}){{ rel=external }}, {source['said']}. "
            f"For: {source['fields']}."
        )
    yield "\n## Cite and correct\n"
    yield from (f"    {line}" for line in one["bibtex"].splitlines())
    yield f"\nSomething wrong? It stands in `catalog/models/{id}.yaml`: "
    yield "[how to mend it](../contribute/index.md).\n"
    sides = (("←", one["previous"]), ("→", one["next"]))
    yield " ".join(f"{sign} [{s['name']}]({s['id']}.md)" for sign, s in sides if s)


def _training(one: Facts, labels: Labels) -> Iterator[str]:
    yield "## Training\n"
    for stage in one["record"]["training"]:
        yield f"### {stage['stage'].replace('-', ' ').capitalize()}\n"
        gpu = stage.get("gpu")
        known = labels["gpus"].get(gpu)
        yield from _fact(one, "GPU", "training", f"[{known}](../gpus/{gpu}.md)" if known else gpu)
        for key, label in facts.MEASURES.items():
            yield from _fact(one, label, "training", stage.get(key))
    yield "The survey's Table 2 has no row for it; these figures come from other sources.\n"


def _fact(one: Facts, label: str, key: str, value: object) -> Iterator[str]:
    """Writes a fact with the number of its source, as one item of a list of definitions."""
    number = one["source_of"].get(key)
    mark = ""
    if number:
        source = one["sources"][number - 1]
        said = f"{source['label']}, {source['said']}".replace('"', "'").replace("}", "")
        mark = f' [{number}](#source-{number}){{ .fm-source aria-label="Source {number}"'
        mark += f' title="{said}" }}'
    yield f"{label}\n:   {value or MISSING}{mark}\n"


def _part(heading: str, items: Sequence[str]) -> Iterator[str]:
    yield from (f"## {heading}\n", *(f"* {item}" for item in items), "")


def _front(title: str, about: str, *, sought: bool = True) -> Iterator[str]:
    yield "---"
    yield f"title: {_quoted(title)}"
    yield f"description: {_quoted(about)}"
    if not sought:
        yield "search: {exclude: true}"
    yield "---\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def row(one: Facts, id: str, labels: Labels) -> str:
    """Writes a model's row of a list."""
    record = one["record"]
    coins = f'<span class="Z3988" title="{one["coins"].replace("&", "&amp;")}"></span>'
    group = labels["taxonomy"][record["category"]]
    cells = [
        f"[{one['title']}](../models/{id}.md){coins}",
        f"[{group}](../taxonomy/{record['category']}.md){{ .fm-badge .fm-badge--visual }}",
        record["published"],
        *(
            ", ".join(f"[{labels[p][t]}](../{p}/{t}.md)" for t in record[p])
            for p in ("modalities", "organs")
        ),
        f"[{one['tier']}](../about.md#tiers){{ .fm-tier .fm-tier--{one['tier']} }}",
        *(
            f'[public]({record["links"][key]}){{ rel="external noopener" }}'
            if key in record["links"]
            else MISSING
            for key in ("code", "weights")
        ),
        MISSING,
    ]
    return f"| {' | '.join(cells)} |"


def listed(term: Term, rows: Mapping[str, str], facet: str) -> str:
    """Writes the page of a term.

    Args:
        term: The term.
        rows: The rows of all models, by id.
        facet: Name of the term's facet.
    """
    return "\n".join(
        (
            *_front(term.label, term.definition),
            f"[{facet}](../{term.plural}/index.md)\n{{ .fm-crumbs }}\n",
            f"# {term.label}\n",
            f"{term.definition}\n{{ .fm-lede }}\n",
            "## Models { data-search-exclude }\n",
            f"{len(term.models)} of {len(rows)} models.\n",
            "| Model | Group | First version | Modality | Organ | Tier | Code | Weights | Memory |",
            "|---|---|---|---|---|---|---|---|---|",
            *(rows[id] for id in term.models),
            "",
        )
    )


def facet(name: str, definition: str, terms: Sequence[Term]) -> str:
    """Writes the index of a facet; Zensical refuses such long ones in the index of a large site."""
    items = (f"* [{t.label}]({t.id}.md) {len(t.models)}\n\n    {t.definition}\n" for t in terms)
    front = _front(name, definition, sought=False)
    return "\n".join((*front, f"# {name}\n", f"{definition}\n", *items))


def plain(title: str, about: str) -> str:
    """Writes a page as it would be written by hand."""
    return "\n".join((*_front(title, about), f"# {title}\n", f"{about}\n", "## Tiers\n", about, ""))
