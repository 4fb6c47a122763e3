"""Serves a built site as a static host does: packed, and with the connection kept open."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}


@cache
def packed(path: Path) -> bytes:
    """Gives the bytes of a file as they travel."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)


class Host(SimpleHTTPRequestHandler):
    """Answers without a log."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Sends a file, packed where that helps and the browser can unpack it."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        accepted = self.headers.get("Accept-Encoding", "")
        if path.suffix not in PACKED or not path.is_file() or "gzip" not in accepted:
            super().do_GET()
            return
        content = packed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serves a folder on this machine; gives its address."""
    handler = partial(Host, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
