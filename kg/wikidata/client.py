"""Asking a source politely: who asks, a pause between requests, longer ones when it is busy.

It is asked as its own rules for programs say; robots.txt speaks to those who visit pages.
https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy
https://www.mediawiki.org/wiki/API:Etiquette
"""

from __future__ import annotations

import json
import random
import time
import zlib
from collections.abc import Callable
from http.client import HTTPException
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from kg.connection import look_up
from kg.errors import LookUpFailed, SourceDown
from kg.visit import REDIRECTS, Pace, Reply, ask, linked, machine
from kg.wikidata.patience import PATIENCE, TRIES, pause, wanted

BYTES: Final = 64 * 2**20
"""Bytes of an answer at most: 50 entities, of which a country's has more than one MiB."""
_BUSY: Final = (429, 500, 502, 503, 504)
_REFUSED: Final = (401, 403)
_GONE: Final = (404, 410)
_HOPS: Final = 3


class _Unanswered(LookUpFailed):
    """No answer of a source that is well: too many in a row, and it counts as down."""


class _Again(Exception):
    """An answer that another try may better, and the seconds that the source asks for, if any."""

    def __init__(self, why: str, wants: float | None = None) -> None:
        super().__init__(why)
        self.wants = wants


class Client:
    """One asker: knows when it asked, how often, and how many look-ups failed in a row."""

    def __init__(
        self,
        contact: str,
        *,
        delay: float = 1,
        seconds: float = 30,
        failures: int = 3,
        pace: Pace | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`contact` is sent with each request; `pace` and `chance` are given by tests."""
        self.agent = f"WhoHolds/{version('whoholds')} ({contact})"
        self.requests = 0
        self._delay, self._seconds, self._most = delay, seconds, failures
        self._pace, self._chance = pace or Pace(), chance
        self._failed = 0

    def ask(self, url: str, form: bytes | None = None) -> Any:
        """The JSON at an address; None where there is nothing.

        Raises LookUpFailed where this one cannot be had, SourceDown where it was the last of too
        many in a row without an answer, or where the source refuses, or wants more patience than
        there is. An error that the source tells is an answer: it is well.
        """
        unanswered, self._failed = self._failed, 0
        try:
            return self._patiently(url, form)
        except _Unanswered as error:
            self._failed = unanswered + 1
            if self._failed < self._most:
                raise
            raise SourceDown(f"{error} {self._failed} look-ups in a row have failed.") from None

    def _patiently(self, url: str, form: bytes | None) -> Any:
        """Tries a few times, each after a longer pause."""
        for tried in range(1, TRIES + 1):
            try:
                return self._once(url, form)
            except _Again as again:
                if tried == TRIES:
                    raise _Unanswered(f"<{url}> {again}, asked {TRIES} times.") from None
                if (again.wants or 0) > PATIENCE:
                    raise SourceDown(
                        f"<{url}> asks not to be asked for {again.wants:,.0f} seconds."
                    ) from None
                self._pace.sleep(pause(tried, again.wants, self._chance()))
        raise AssertionError  # the last try has returned or raised

    def _once(self, url: str, form: bytes | None) -> Any:
        at = url
        for _ in range(_HOPS + 1):
            reply = self._request(at, form)
            to = reply.headers.get("Location")
            if reply.status not in REDIRECTS or not to:
                return _json(at, reply)
            at = _redirected(at, urljoin(at, to), form)
        raise _Unanswered(f"<{url}> redirects more than {_HOPS} times.")

    def _request(self, url: str, form: bytes | None) -> Reply:
        """One request, after the pause that is due. Raises _Again, LookUpFailed."""
        headers = {"Accept": "application/json", "User-Agent": self.agent}
        self._pace.wait(url, self._delay)
        self.requests += 1
        deadline = time.monotonic() + self._seconds
        try:
            with linked(url, look_up(*machine(url)), deadline) as link:
                return ask(url, link, headers, BYTES, form)
        except TimeoutError:
            raise _Again(f"did not answer in {self._seconds:g} seconds") from None
        except ValueError as error:
            raise LookUpFailed(f"<{url}>: {error}.") from None
        except (OSError, HTTPException, zlib.error) as error:
            raise _Again(f"cannot be read: {f'{error}' or type(error).__name__}") from None
        finally:
            self._pace.note(url)


def _json(url: str, reply: Reply) -> Any:
    """What an answer says. Raises _Again, LookUpFailed, SourceDown."""
    wants = wanted(reply.headers.get("Retry-After"), time.time())
    if reply.status in _BUSY:
        raise _Again(f"answers {reply.status}", wants)
    if reply.status in _REFUSED:
        raise SourceDown(
            f"<{url}> answers {reply.status}: it does not let us ask. Does `contact` in the "
            "settings say who you are, and is the address right?"
        )
    if reply.status in _GONE:
        return None
    if reply.status != 200:
        raise _Unanswered(f"<{url}> answers {reply.status}.")
    try:
        found = json.loads(reply.content)
    except (ValueError, RecursionError):
        begin = reply.content[:60].decode("utf-8", "replace")
        raise _Unanswered(f"<{url}> answers what is no JSON: {begin!r}.") from None
    _refuse_error(url, found, wants)
    return found


def _refuse_error(url: str, found: Any, wants: float | None) -> None:
    """Raises for an error that is told with status 200.

    https://www.mediawiki.org/wiki/Manual:Maxlag_parameter
    """
    error = found.get("error") if isinstance(found, dict) else None
    if not error:
        return
    code = error.get("code", "") if isinstance(error, dict) else error
    info = error.get("info", "") if isinstance(error, dict) else ""
    if code in ("maxlag", "ratelimited"):
        raise _Again(f"is busy ({code})", wants)
    raise LookUpFailed(f"<{url}> answers with an error: {code}: {info}"[:300])


def _redirected(url: str, to: str, form: bytes | None) -> str:
    """Where a redirect leads, if it is followed: for a GET, to the same machine. LookUpFailed."""
    here, there = urlsplit(url), urlsplit(to)
    if form is not None or (here.scheme, here.netloc) != (there.scheme, there.netloc):
        raise _Unanswered(f"<{url}> redirects to <{to}>. If that is right, set that address.")
    return to.partition("#")[0]
