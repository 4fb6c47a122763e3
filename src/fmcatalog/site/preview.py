"""A local preview: the engine's own server, and what tells of changes to the sources."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

WATCHED = ("catalog", "templates", "docs", "src")
SETTINGS = "mkdocs.yml"
CALM = 0.05
"""Seconds without a change until what changed is told: an editor may write a file in steps."""

_WRITTEN = frozenset({"created", "modified", "moved", "deleted"})


class Server:
    """Serves a folder on 127.0.0.1, and reloads the pages that are open when it is told to.

    Args:
        site: The folder.
        port: The port.
        signs: A folder of its own, which holds nothing but a sign that it is time to reload.
    """

    def __init__(self, site: Path, port: int, signs: Path) -> None:
        from mkdocs.livereload import LiveReloadServer

        signs.mkdir(parents=True, exist_ok=True)
        self._sign = signs / "reload"
        self._sign.touch()
        self._server: Any = LiveReloadServer(
            builder=lambda: None,
            host="127.0.0.1",
            port=port,
            root=str(site),
            mount_path="/",
            polling_interval=0.05,
        )
        self._server.build_delay = 0.01
        self._server.watch(str(signs))

    def reload(self) -> None:
        """Reloads the pages that are open."""
        self._sign.write_text(str(threading.get_ident()))

    def run(self) -> None:
        """Serves until somebody presses Ctrl-C."""
        try:
            self._server.serve()
        except KeyboardInterrupt:
            self._server.shutdown()


class Watch(FileSystemEventHandler):
    """Tells of changes to the sources of a checkout, those of a moment together.

    Args:
        root: The checkout.
        changed: Told the paths that changed.
    """

    def __init__(self, root: Path, changed: Callable[[frozenset[Path]], None]) -> None:
        self._changed = changed
        self._paths: set[Path] = set()
        self._held = threading.Condition()
        self._observer = Observer()
        for name in WATCHED:
            if (root / name).is_dir():
                self._observer.schedule(self, str(root / name), recursive=True)
        self._observer.schedule(self, str(root), recursive=False)
        self._root = root

    def start(self) -> None:
        """Begins to watch."""
        self._observer.start()
        threading.Thread(target=self._tell, daemon=True).start()

    def stop(self) -> None:
        """Watches no longer."""
        self._observer.stop()
        self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Notes a change; reading a file is none."""
        if event.is_directory or event.event_type not in _WRITTEN:
            return
        found = {Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path}
        sources = set(filter(self._is_source, found))
        if sources:
            with self._held:
                self._paths |= sources
                self._held.notify()

    def _is_source(self, path: Path) -> bool:
        """Tells a source from what Python, an editor or a build puts beside it."""
        parts = path.relative_to(self._root).parts
        if len(parts) == 1:
            return parts[0] == SETTINGS
        return not any(part == "__pycache__" or part.startswith(".") for part in parts)

    def _tell(self) -> None:
        while True:
            with self._held:
                self._held.wait_for(lambda: bool(self._paths))
                while self._held.wait(CALM):
                    pass
                paths, self._paths = frozenset(self._paths), set()
            self._changed(paths)
