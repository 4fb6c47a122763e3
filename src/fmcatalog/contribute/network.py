"""Asks arXiv, Crossref and DataCite: politely, within limits, and never for long."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from fmcatalog import __version__
from fmcatalog.contribute.work import Refused

MOST_BYTES = 2 * 1024 * 1024
PATIENCE = 60.0


class Unreachable(Exception):
    """Nobody answers: no network, or the service is down."""


@dataclass(frozen=True)
class Settings:
    """Where to ask, and who asks.

    Attributes:
        arxiv: Address of arXiv's API.
        crossref: Address of Crossref's works.
        datacite: Address of DataCite's DOIs.
        contact: Address of a person, for the services' operators.
        pause: Seconds between two requests or tries; arXiv asks for 3.
        timeout: Seconds to wait for an answer to begin or go on.
        instead: What to do where there is no network.
    """

    arxiv: str = "https://export.arxiv.org/api/query"
    crossref: str = "https://api.crossref.org/works"
    datacite: str = "https://api.datacite.org/dois"
    contact: str = ""
    pause: float = 3.0
    timeout: float = 15.0
    instead: str = "--bibtex FILE needs none"

    @classmethod
    def of_environment(cls) -> Settings:
        """Reads the settings: ``FMCATALOG_ARXIV_API``, ``…_CROSSREF_API``, ``…_DATACITE_API``,
        ``FMCATALOG_CONTACT``, ``FMCATALOG_PAUSE``, ``FMCATALOG_TIMEOUT``.
        """  # noqa: D205 - one sentence, two lines
        asked = os.environ.get
        return cls(
            asked("FMCATALOG_ARXIV_API") or cls.arxiv,
            asked("FMCATALOG_CROSSREF_API") or cls.crossref,
            asked("FMCATALOG_DATACITE_API") or cls.datacite,
            asked("FMCATALOG_CONTACT") or "",
            _seconds(asked("FMCATALOG_PAUSE"), cls.pause),
            _seconds(asked("FMCATALOG_TIMEOUT"), cls.timeout),
        )


def _seconds(text: str | None, otherwise: float) -> float:
    try:
        return max(0.0, float(text)) if text else otherwise
    except ValueError:
        return otherwise


class Network:
    """Fetches small answers, one after the other.

    Args:
        settings: Where to ask, and who asks.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._last = 0.0
        self._session = requests.Session()
        contact = f"; mailto:{settings.contact}" if settings.contact else ""
        self._session.headers["User-Agent"] = f"fmcatalog/{__version__} (python-requests{contact})"
        tries = Retry(
            total=3,
            connect=1,
            status_forcelist=(429, 500, 502, 503, 504),
            allowed_methods=("GET",),
            backoff_factor=settings.pause / 2,
            backoff_max=20,
            retry_after_max=30,
            raise_on_status=False,
        )
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=tries))
        self._session.max_redirects = 5

    def close(self) -> None:
        """Lets go of open connections."""
        self._session.close()

    def get(self, service: str, address: str, **parameters: str) -> bytes | None:
        """Fetches an answer, or None where the service says that there is none.

        Args:
            service: What to call it in a message.
            address: Where to ask.
            parameters: What to ask for.

        Raises:
            Unreachable: Nobody answers.
            Refused: The answer is none that can be used.
        """
        if self._last:
            time.sleep(max(0.0, self._last + self.settings.pause - time.monotonic()))
        try:
            return self._get(service, address, parameters)
        except requests.exceptions.Timeout:
            raise Unreachable(f"{service} does not answer in time; try again later") from None
        except requests.exceptions.ConnectionError as error:
            if "timed out" in str(error):
                raise Unreachable(f"{service} does not answer in time; try again later") from None
            raise Unreachable(
                f"{service} cannot be reached ({address}); is there a network? "
                f"{self.settings.instead}".rstrip()
            ) from None
        except requests.exceptions.RequestException as error:
            raise Refused(f"{service}: {str(error)[:150]}") from None
        finally:
            self._last = time.monotonic()

    def _get(self, service: str, address: str, parameters: dict[str, str]) -> bytes | None:
        until = time.monotonic() + PATIENCE
        wait = self.settings.timeout
        with self._session.get(
            address, params=parameters, timeout=(min(wait, 10), wait), stream=True
        ) as answer:
            if answer.status_code in {404, 410}:
                return None
            if answer.status_code == 429:
                raise Unreachable(f"{service} has too many requests; try again in some minutes")
            if answer.status_code >= 500:
                raise Unreachable(f"{service} is out of order ({answer.status_code}); try later")
            if answer.status_code != 200:
                raise Refused(f"{service} refuses the question (status {answer.status_code})")
            data = bytearray()
            for part in answer.iter_content(16 * 1024):
                data += part
                if len(data) > MOST_BYTES:
                    raise Refused(f"{service} answers with more than {MOST_BYTES // 1024} KiB")
                if time.monotonic() > until:
                    raise Unreachable(f"{service} does not answer in time; try again later")
            return bytes(data)
