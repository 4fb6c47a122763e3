"""What a language model reads first of the site: ``llms.txt``."""

from __future__ import annotations

from fmcatalog.catalog import Catalog, Tier
from fmcatalog.views.counted import plural
from fmcatalog.views.files import files
from fmcatalog.views.page import Settings
from fmcatalog.views.pages import ABOUT
from fmcatalog.views.paths import EXPLORE
from fmcatalog.views.scope import split

PLACE = "llms.txt"

_READING = (
    "Each value names the source it was read in. `not-reported` means that the source was"
    " searched; a field that is absent was not looked up. A paper may be missing from the"
    " catalog: nothing follows from its absence."
)

_PAGES = (
    ("Models", "models/", "all records in one table"),
    ("Explore", EXPLORE, "a query in the address, such as ?modality=ct&organ=liver"),
    ("Taxonomy", "taxonomy/", "families and groups with their models"),
    ("Since the survey", "since/", "what came each quarter, by group"),
    ("Survey", "survey/", "the survey of 2023 beside the records, cell by cell"),
    ("Downloads", "data/", "every file, and every field explained"),
    ("API", "data/api/", "addresses, schemas, the form of a quantity, what may change"),
    ("Python", "data/python/", "load, select, data frames; examples"),
)


def text(catalog: Catalog, top: str, settings: Settings) -> str:
    """Writes the file.

    Args:
        catalog: The catalog.
        top: Whole address of the site; empty where nobody knows it, and then links are relative.
        settings: Settings of the site.
    """
    lines = [
        "# fmcatalog",
        "",
        f"> {ABOUT}",
        "",
        f"{plural(len(catalog.models), 'model')} ({split(catalog)}), data as of {settings.as_of}.",
        _READING,
        "",
        " ".join(f"{tier.label}: {tier.definition}" for tier in Tier),
        "",
        "## Files",
        "",
        *(
            f"- [{file.label}]({top}{file.path}): {file.format}. {file.note}"
            for file in files(settings)
        ),
        f"- [One model]({top}api/v1/models/ID.json): JSON; put the id of the model for ID.",
        "",
        "## Pages",
        "",
        *(f"- [{name}]({top}{path}): {about}." for name, path, about in _PAGES),
        "",
    ]
    return "\n".join(lines)
