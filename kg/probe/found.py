"""What a probe is, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from kg.probe.wire import Client, NoReplyError, Request

REASONS: Final = {
    "write": "it would change other people's data",
    "erase": "it would erase data",
    "file": "it would have a file of other people's machine read",
    "url": "it would have other people's machine call an address",
    "strain": "it would keep other people's machine busy",
}
"""What a probe may do beside asking, and why it is then not sent to a stranger."""


class Outcome(StrEnum):
    """Values of outcome in EARL (https://www.w3.org/TR/EARL10-Schema/#OutcomeValue)."""

    PASSED = "passed"
    FAILED = "failed"
    CANNOT_TELL = "cantTell"
    INAPPLICABLE = "inapplicable"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a probe: for a failed one what was expected and found, and of what request."""

    outcome: Outcome
    found: str = ""
    expected: str = ""
    request: Request | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing to find out: what should be so, why, says who, and how it is found out."""

    iri: str
    group: str
    says: str
    why: str
    spec: str
    run: Callable[[Client], Found]
    touches: frozenset[str] = field(default=frozenset())

    @property
    def name(self) -> str:
        """The last part of its IRI: query-by-get."""
        return self.iri.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class Checked:
    """A probe with what came of it."""

    probe: Probe
    found: Found


PASSED: Final = Found(Outcome.PASSED)


def failed(expected: str, found: str, request: Request) -> Found:
    """The endpoint is not as it should be."""
    return Found(Outcome.FAILED, found, expected, request)


def cannot_tell(found: str, request: Request | None = None) -> Found:
    """It was asked, and its answer decides nothing."""
    return Found(Outcome.CANNOT_TELL, found, request=request)


def inapplicable(reason: str) -> Found:
    """There is nothing here that it could be asked of."""
    return Found(Outcome.INAPPLICABLE, reason)


def untested(reason: str) -> Found:
    """It was not asked."""
    return Found(Outcome.UNTESTED, reason)


def silent(error: NoReplyError, request: Request, expected: str = "a reply") -> Found:
    """What no reply means: too late decides nothing, a connection closed is no answer."""
    if error.late:
        return cannot_tell(f"{error}", request)
    return failed(expected, f"{error}", request)
