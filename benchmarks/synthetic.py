"""A checkout with N made-up records: the real vocabularies, templates and pages, other models.

The records are drawn from the vocabularies with a fixed seed: the same N gives the same bytes. Each
holds about 2 kB. The survey's records stay, since its tables are checked against them.

Run: ``.venv/bin/python benchmarks/synthetic.py 10000 /tmp/ten-thousand``
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from fmcatalog.catalog import MODELS, Catalog, load
from fmcatalog.taxonomy import ancestors, lineage

ROOT = Path(__file__).resolve().parents[1]
SEED = 20231028
SHARED = ("docs", "templates", "schemas")
GIVEN = (
    "Ana",
    "Chen",
    "Emre",
    "Fatima",
    "Jonas",
    "Lucía",
    "Mei",
    "Nikos",
    "Priya",
    "Søren",
    "Tunde",
)
FAMILY = ("Azad", "Bauer", "Costa", "Dubois", "Eze", "Fischer", "Gupta", "Haddad", "Ivanova", "Kim")
WORDS = [
    "adaptive",
    "aligned",
    "anatomical",
    "calibrated",
    "causal",
    "clinical",
    "contrastive",
    "dense",
    "efficient",
    "federated",
    "foundation",
    "generalist",
    "grounded",
    "hierarchical",
    "interpretable",
    "language",
    "learning",
    "masked",
    "medical",
    "multimodal",
    "prompt",
    "representation",
    "robust",
    "scalable",
    "segmentation",
    "slide",
    "sparse",
    "tokens",
    "transfer",
    "universal",
    "unified",
    "video",
    "vision",
    "volumetric",
]
SENTENCES = (
    "It learns from pairs of pictures and reports that a hospital keeps anyway.",
    "One encoder serves every task, and a small head is trained for each of them.",
    "Its authors test it on data from other hospitals than those it was trained on.",
    "Code is public, and the weights can be asked for.",
    "The volume is read whole, so that what lies between two slices is not lost.",
    "A second stage tunes it with instructions that radiologists wrote.",
)
CARDS = ("nvidia-a100", "nvidia-v100", "nvidia-rtx-3090", "nvidia-h100")


def write(count: int, target: Path) -> None:
    """Writes a checkout.

    Args:
        count: How many records it holds in all, but never fewer than the survey's and what they
            build on.
        target: Where; emptied first.
    """
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "catalog", target / "catalog")
    for name in SHARED:
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target / "mkdocs.yml")
    catalog = load(ROOT).catalog
    kept = {row.model for data in catalog.surveys.values() for row in data.figure3}
    kept |= {m for data in catalog.surveys.values() for m in data.survey.beyond_the_figure}
    kept |= {m for id in kept for m in ancestors(lineage(catalog), id) if m in catalog.models}
    folder = target / MODELS
    for path in folder.glob("*.yaml"):
        if path.stem not in kept:
            path.unlink()
    for number in range(count - len(kept)):
        (folder / f"made-{number:05d}.yaml").write_text(record(catalog, number), encoding="utf-8")


def record_of(root: Path, number: int) -> str:
    """Gives the text of one record for the vocabularies of a checkout."""
    return record(load(root).catalog, number)


def record(catalog: Catalog, number: int) -> str:
    """Gives the text of one record; the same number gives the same text."""
    chance = random.Random(SEED * 100_003 + number)
    day = chance.randrange(6 * 12 * 28)
    year, month, date = 2020 + day // 336, day % 336 // 28 + 1, day % 28 + 1
    arxiv = f"{year % 100:02d}{month:02d}.{10_000 + number:05d}"
    title = f"{' '.join(chance.choices(WORDS, k=7))} {number:05d}".capitalize()
    authors = [
        f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}" for _ in range(chance.randint(3, 9))
    ]
    pick = _Picker(catalog, chance)
    lines = [
        "# yaml-language-server: $schema=../../schemas/model.schema.json",
        f"name: Made {number:05d}",
        f"title: {title}",
        "authors:",
        *(f"  - {name}" for name in authors),
        f"published: {year}-{month:02d}-{date:02d}",
        f"category: {pick.one('category')}",
        "sources:",
        *_source(f"arxiv:{arxiv}", "title page, abstract and section 4", KEYS),
        *_source(f"https://github.com/made/made-{number:05d}", "README.md at 0123abc", CODE_KEYS),
        f"reviewed: {chance.choice(('true', 'false'))}",
        f'identifiers: {{arxiv: "{arxiv}"}}',
        "links:",
        f"  paper: https://arxiv.org/abs/{arxiv}",
        f"  code: https://github.com/made/made-{number:05d}",
        f"licence: {{code: {chance.choice(('MIT', 'Apache-2.0'))}}}",
        f"modalities: [{', '.join(pick.some('modality', 2))}]",
        f"organs: [{', '.join(pick.some('organ', 2))}]",
        f"tasks: [{', '.join(pick.some('task', 3))}]",
        f"algorithms: [{', '.join(pick.some('algorithm', 3))}]",
        "builds_on:",
        f"  - {{model: {pick.one('base-model')}, relation: initialised-from}}",
        "datasets:",
        *(f"  - {{dataset: {id}, use: pre-training}}" for id in pick.some("dataset", 2)),
        f"parameters: {chance.choice((86, 307, 632, 1100))}M",
        "summary: >-",
        *(f"  {sentence}" for sentence in chance.sample(SENTENCES, 3)),
        "key_ideas:",
        *(f"  - {sentence}" for sentence in chance.sample(SENTENCES, 2)),
        "use_cases:",
        f"  - {chance.choice(SENTENCES)}",
        "limitations:",
        f"  - {chance.choice(SENTENCES)}",
        "training:",
        "  - stage: pre-training",
        f"    gpu: {pick.card(year)}",
        f"    gpu_count: {chance.choice((1, 2, 4, 8, 32))}",
        f"    gpu_hours: {chance.choice((12, 96, 640, 2000))}",
        "    input_size: 224x224",
        f"    batch_size: {chance.choice((16, 64, 256))}",
        f"    epochs: {chance.choice((10, 50, 100))}",
    ]
    return "\n".join(lines) + "\n"


KEYS = (
    "name, title, authors, published, category, identifiers.arxiv, links.paper, modalities, "
    "organs, tasks, algorithms, builds_on, datasets, parameters, summary, key_ideas, use_cases, "
    "limitations"
)
CODE_KEYS = "links.code, licence.code, training"


def _source(source: str, locator: str, keys: str) -> list[str]:
    return [
        f"  - fields: [{keys}]",
        f"    source: {source}",
        f"    locator: {locator}",
        "    accessed: 2026-11-20",
    ]


class _Picker:
    """Draws terms that a record may have: the narrowest, and cards that were for sale."""

    def __init__(self, catalog: Catalog, chance: random.Random) -> None:
        self._leaves: Mapping[str, Sequence[str]] = {f: catalog.leaves(f) for f in catalog.terms}
        self._chance = chance

    def one(self, facet: str) -> str:
        return self._chance.choice(self._leaves[facet])

    def some(self, facet: str, most: int) -> list[str]:
        return self._chance.sample(self._leaves[facet], self._chance.randint(1, most))

    def card(self, year: int) -> str:
        old = {"nvidia-h100": 2023, "nvidia-rtx-3090": 2021, "nvidia-a100": 2021}
        return self._chance.choice([card for card in CARDS if old.get(card, 0) <= year])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("target", type=Path)
    asked = parser.parse_args()
    write(asked.count, asked.target)
