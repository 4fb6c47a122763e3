"""Asks whether the links of the catalog still lead somewhere; prints Markdown, exits 1 if not all.

A host is asked by one thread, with a pause between two questions; a refusal is tried again with
growing pauses (a ``Retry-After`` is kept). What `links.toml` names is left out, with its reason.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from fmcatalog.catalog import load
from fmcatalog.changes.markdown import code
from fmcatalog.records import Missing, link

AGENT = "fmcatalog-links (weekly check of a catalog's links)"
GONE = frozenset({404, 410})


def addresses(root: Path) -> dict[str, list[str]]:
    """Gives every address of the catalog with the records that have it."""
    found: dict[str, list[str]] = {}
    for id, model in load(root).catalog.models.items():
        values = (
            [getattr(model.links, k) for k in type(model.links).model_fields] if model.links else []
        )
        values += [link(s.source) for s in model.sources]
        for value in values:
            if value is not None and not isinstance(value, Missing):
                ids = found.setdefault(value, [])
                if id not in ids:
                    ids.append(id)
    return found


def suppressed(address: str, reasons: Mapping[str, str]) -> bool:
    """Tells whether an address, or what it begins with, is left out."""
    return any(address.startswith(start) for start in reasons)


def session(tries: int, wait: float) -> requests.Session:
    """Makes a session that tries again where a host is busy."""
    retry = Retry(
        total=tries,
        backoff_factor=wait,
        retry_after_max=120,
        status_forcelist=(429, 500, 502, 503, 504),
        allowed_methods=("HEAD", "GET"),
        respect_retry_after_header=True,
        raise_on_status=False,
    )
    made = requests.Session()
    made.headers["User-Agent"] = AGENT
    for scheme in ("https://", "http://"):
        made.mount(scheme, HTTPAdapter(max_retries=retry))
    return made


def ask(asking: requests.Session, address: str) -> str:
    """Says what is wrong with an address; empty when it leads somewhere."""
    try:
        answer = asking.head(address, allow_redirects=True, timeout=20)
        if answer.status_code >= 400:
            # Some hosts refuse HEAD: only what GET says counts.
            answer = asking.get(address, stream=True, timeout=20)
            answer.close()
    except requests.RequestException as error:
        return type(error).__name__
    # 401, 403 and 429 say that a robot is not welcome, not that nothing is there.
    broken = answer.status_code in GONE or answer.status_code >= 500
    return str(answer.status_code) if broken else ""


def ask_host(some: Iterable[str], pause: float, tries: int) -> dict[str, str]:
    """Asks one host for its addresses, one after the other."""
    asking, said = session(tries, pause), {}
    for number, address in enumerate(some):
        if number:
            time.sleep(pause)
        said[address] = ask(asking, address)
    return said


def main() -> int:
    """Runs the check."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path, default=Path())
    parser.add_argument("--pause", type=float, default=2.0)
    parser.add_argument("--tries", type=int, default=4)
    parser.add_argument("--suppressions", type=Path, default=Path(__file__).with_name("links.toml"))
    options = parser.parse_args()
    listed = tomllib.loads(options.suppressions.read_text(encoding="utf-8"))
    reasons = {entry["begins"]: entry["reason"] for entry in listed.get("suppression", [])}
    where = addresses(options.root)
    hosts: dict[str, list[str]] = {}
    for address in sorted(where):
        if not suppressed(address, reasons):
            hosts.setdefault(urlsplit(address).netloc, []).append(address)
    said: dict[str, str] = {}
    with ThreadPoolExecutor(8) as pool:
        for part in pool.map(
            lambda some: ask_host(some, options.pause, options.tries), hosts.values()
        ):
            said.update(part)
    dead = {address: why for address, why in sorted(said.items()) if why}
    counts = f"{len(said)} asked, {len(dead)} lead nowhere, {len(where) - len(said)} left out"
    out = [f"# Links\n\n{counts}.\n"]
    out += [
        f"- {code(address)}: {why}, in {', '.join(code(id) for id in where[address])}"
        for address, why in dead.items()
    ]
    unused = [b for b in reasons if not any(a.startswith(b) for a in where)]
    out += [f"- the suppression of {code(begins)} has no use" for begins in unused]
    sys.stdout.write("\n".join(out) + "\n")
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
