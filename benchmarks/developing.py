"""A development server as its user meets it: how long until a change shows on its page."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType

from rounds import Run

PAUSE = 0.02
PATIENCE = 3600.0
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Server:
    """A server that watches its sources.

    Attributes:
        name: What it is called.
        command: Its words; ``{port}`` stands for the port.
        folder: Where it runs.
        page: Path of the page that is watched.
        environment: What is set for it.
    """

    name: str
    command: Sequence[str | Path]
    folder: Path
    page: str
    environment: Mapping[str, str] = field(default_factory=dict)
    _port: int = 0
    _process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Server:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._process = subprocess.Popen(
            [str(word).replace("{port}", str(self._port)) for word in self.command],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        process = self._running()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def shows(self, text: str) -> Run:
        """Waits until the page holds a text; says what that took from now on.

        Raises:
            SystemExit: The server has ended, or it takes too long.
        """
        process = self._running()
        start, before = monotonic(), _spent(process.pid)
        while text not in self._read():
            if process.poll() is not None or monotonic() - start > PATIENCE:
                raise SystemExit(f"{self.name} never shows {text!r}")
            sleep(PAUSE)
        wall = monotonic() - start
        return Run(_spent(process.pid) - before, wall, _peak(process.pid))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError(f"{self.name} was not begun")
        return self._process

    def _read(self) -> str:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request("GET", self.page)
            return connection.getresponse().read().decode(errors="replace")
        except (OSError, HTTPException):
            return ""
        finally:
            connection.close()


def _spent(session: int) -> float:
    """Gives the CPU seconds of all processes of a session, with those that have ended."""
    return sum(sum(map(int, fields[11:15])) for fields in _processes(session)) / _TICK


def _peak(session: int) -> float:
    """Gives the MiB that the largest process of a session ever had."""
    peaks = [0.0]
    for fields in _processes(session):
        try:
            lines = Path(f"/proc/{fields[-1]}/status").read_text().splitlines()
        except OSError:
            continue
        peaks += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")]
    return max(peaks)


def _processes(session: int) -> list[list[str]]:
    """Gives what the system tells of each process of a session, its number at the end."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # What stands before the last bracket is the name, which may hold anything.
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            found.append([*fields, path.parent.name])
    return found
