"""The only writer: everything that is generated reaches the disk through this package."""

from __future__ import annotations

from fmcatalog.artifacts.filling import Filling, Stamp
from fmcatalog.artifacts.writing import (
    Artifact,
    Busy,
    Foreign,
    SyncResult,
    lock,
    publish,
    staging,
    sync,
    write,
)

__all__ = [
    "Artifact",
    "Busy",
    "Filling",
    "Foreign",
    "Stamp",
    "SyncResult",
    "lock",
    "publish",
    "staging",
    "sync",
    "write",
]
