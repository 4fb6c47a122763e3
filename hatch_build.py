"""What a wheel holds beside the package: the templates and the catalog.

They live at the top of a checkout, where people edit them. A wheel takes a copy; an editable
install does not, so that no second copy can grow stale.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGED = {"templates": "fmcatalog/templates", "catalog": "fmcatalog/data/catalog"}


class PackagedData(BuildHookInterface):
    """Adds the folders of `PACKAGED` to a wheel that is not editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folders; called by hatchling before it writes the wheel."""
        if version != "editable":
            build_data["force_include"].update(PACKAGED)
