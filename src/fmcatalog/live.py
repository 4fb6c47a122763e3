"""The preview follows its sources: an edited record's page at once, the whole site soon after."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from fmcatalog import artifacts, export, project
from fmcatalog.catalog import MODELS, Catalog
from fmcatalog.diagnostics import Severity, as_text
from fmcatalog.site.engine import EngineError
from fmcatalog.site.frames import FrameError
from fmcatalog.site.preview import Server, Watch
from fmcatalog.site.single import Single
from fmcatalog.verdict import alone

Say = Callable[[str], None]


def serve(root: Path, port: int, say: Say) -> None:
    """Builds, serves and watches, until somebody presses Ctrl-C.

    Args:
        root: The checkout.
        port: Port on 127.0.0.1.
        say: Told what happened.
    """
    target = root / "build" / "preview"
    server = Server(target, port, root / "build" / "signs")
    follower = Follower(root, target, say, server.reload)
    watch = Watch(root, follower.changed)
    watch.start()
    follower.whole()
    threading.Thread(target=follower.follow, daemon=True).start()
    say(f"http://127.0.0.1:{port}/ (Ctrl-C ends it)")
    server.run()


class Follower:
    """Keeps a preview in step with a checkout.

    The page of a record that was edited is made here, at once; the pages that count it, and
    everything else, by a build in a process of its own, which takes as long as it takes.

    Args:
        root: The checkout.
        target: Folder of the preview.
        say: Told what happened.
        reload: Reloads the pages that are open.
    """

    def __init__(self, root: Path, target: Path, say: Say, reload: Callable[[], None]) -> None:
        self._root, self._target = root, target
        self._say, self._reload = say, reload
        self._wanted = threading.Event()
        self._lock = threading.Lock()
        self._catalog: Catalog | None = None
        self._single: Single | None = None
        self._edited: set[str] = set()
        self._stale = False

    def changed(self, paths: frozenset[Path]) -> None:
        """Follows a change.

        Args:
            paths: Files that were written, moved or deleted.
        """
        folder = self._root / MODELS
        with self._lock:
            known = self._catalog.models if self._catalog else {}
            ids = {path.stem for path in paths if path.parent == folder and path.suffix == ".yaml"}
            rest = [path for path in paths if path.parent != folder]
            if rest or not ids <= known.keys():
                # Pages of records are made by what has just changed: not before it is read again.
                self._catalog = self._single = None
            if any(path.is_relative_to(self._root / "src") for path in rest):
                self._stale = True
            for id in sorted(ids):
                self._at_once(id)
        self._wanted.set()

    def _at_once(self, id: str) -> None:
        """Makes the page of a record that was edited."""
        if self._catalog is None or self._single is None or id not in self._catalog.models:
            return
        start = time.monotonic()
        try:
            content = (self._root / MODELS / f"{id}.yaml").read_bytes()
            model, found = alone(self._catalog, id, content, project.today())
            if found:
                self._say(as_text(found))
            if model is None or any(one.severity is Severity.ERROR for one in found):
                self._say(f"the page of {id} stays as it was until this is mended")
                return
            self._catalog = self._catalog.having(id, model)
            page = self._single.page(self._catalog, id, export.bibtex(id, model))
            artifacts.write(self._target / page.uri, page.content)
        except (OSError, EngineError, FrameError) as error:
            self._say(f"the page of {id} waits for the whole site: {error}")
            return
        self._edited.add(id)
        self._reload()
        took = (time.monotonic() - start) * 1000
        self._say(f"{page.uri.removesuffix('index.html')} after {took:.0f} ms; the rest follows")

    def follow(self) -> None:
        """Builds the whole site whenever something changed, one build after the other."""
        while True:
            self._wanted.wait()
            self.whole()

    def whole(self) -> None:
        """Builds the whole site, and gets ready for the next edit."""
        self._wanted.clear()
        with self._lock:
            self._edited.clear()
        build = [sys.executable, "-m", "fmcatalog", "build", "--root", str(self._root)]
        done = subprocess.run(
            [*build, "--site-dir", str(self._target)], capture_output=True, text=True, check=False
        )
        self._say((done.stdout + done.stderr).strip())
        if done.returncode:
            self._say("the old pages stay until this is mended")
        with self._lock:
            # The build may have read them before they were edited, and put its pages in place now.
            for id in sorted(self._edited):
                self._at_once(id)
        self._reload()
        self._prepare()

    def _prepare(self) -> None:
        """Reads the catalog, and draws the frame that pages of records are filled into."""
        if self._single is not None or self._stale:
            return
        try:
            catalog = project.catalog(self._root)
            single = Single(self._root, self._root / "build" / "single", catalog)
        except (project.UsageError, EngineError, FrameError):
            return  # the build has said what is wrong
        with self._lock:
            if not self._wanted.is_set():
                self._catalog, self._single = catalog, single
