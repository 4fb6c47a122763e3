"""A local preview: the engine's own server, with our build behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

WATCHED = ("catalog", "templates", "docs", "mkdocs.yml", "src")


def serve(
    root: Path, site: Path, port: int, again: Callable[[], None], say: Callable[[str], None]
) -> None:
    """Serves a folder, calls `again` after a change and reloads the pages that are open.

    Args:
        root: The checkout, whose sources are watched.
        site: The folder that is served.
        port: Port on 127.0.0.1.
        again: Builds the site anew.
        say: Told the address.
    """
    from mkdocs.livereload import LiveReloadServer

    server = LiveReloadServer(
        builder=again, host="127.0.0.1", port=port, root=str(site), mount_path="/"
    )
    for name in WATCHED:
        if (root / name).exists():
            server.watch(str(root / name))
    say(f"http://127.0.0.1:{port}/ (Ctrl-C ends it)")
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()
