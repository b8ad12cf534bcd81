"""Every error a user can cause, as one tree.

    WhoHoldsError
    ├── InputError        a file of the workspace or an argument is wrong: fix it and run again
    │   ├── TextError         an article's text: not UTF-8, empty, changed
    │   ├── MappingError      one mapping document, with all its findings
    │   ├── AuthorityError    an authority file, a link table or retired.toml
    │   ├── WorkspaceError    whoholds.toml or the folders around it
    │   ├── QuestionError     a question's name or parameter
    │   ├── ExchangeError     a file of another tool's annotations, with all its findings
    │   ├── IngestError       an address, page, feed or file that no article can be taken from
    │   ├── CitationError     a permalink, or a result that cannot be cited
    │   │   └── OtherResult       it can, and is another than the one that was cited
    │   └── ModelError        a language model or proposer is missing or does not answer
    ├── NotConforming     shapes reject the graph; carries the report
    ├── ReleaseError      a release is missing, broken or cannot be written
    ├── QueryRefused      a SPARQL query that the endpoint does not run
    ├── ServiceError      another endpoint, which a query asks, does not answer as it should
    ├── LookUpFailed      one look-up elsewhere failed: go on with the next
    └── SourceDown        whoever is asked is down or refuses: stop, and go on another time

`InputError` and `ReleaseError` end a command with 1, `NotConforming` with 2, `SourceDown` with 3:
the same command goes on where it stopped. `LookUpFailed` ends nothing but one look-up. Anything
else is a bug and keeps its traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in a file: where it stands, and what was found, expected and to be done."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class WhoHoldsError(Exception):
    """The root of all errors that are not bugs."""


class InputError(WhoHoldsError):
    """A file or an argument is wrong."""


class TextError(InputError):
    """An article's text cannot be used."""


class FindingsError(InputError):
    """Some files have findings; the message is one line each."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


class MappingError(FindingsError):
    """A mapping document has findings."""


class AuthorityError(FindingsError):
    """An authority file, a link table or retired.toml has findings."""


class ExchangeError(FindingsError):
    """A file that another tool keeps annotations in has findings."""


class WorkspaceError(InputError):
    """The workspace file or its folders are wrong."""


class QuestionError(InputError):
    """A question's name or a parameter is wrong."""


class IngestError(InputError):
    """No article can be taken from an address, a page, a feed or a file."""


class CitationError(InputError):
    """A permalink is not whole, or a result cannot be cited."""


class OtherResult(CitationError):
    """A result is not the one that was cited: its own digest."""


class ModelError(InputError):
    """A language model is not installed, or a proposer does not answer as it should."""


class NotConforming(WhoHoldsError):
    """The shapes reject the graph; the message is what they found, one line each."""

    def __init__(self, found: Iterable[Finding] | str) -> None:
        super().__init__(found if isinstance(found, str) else "\n".join(map(str, found)))


class ReleaseError(WhoHoldsError):
    """A release is missing, broken or cannot be written."""


class QueryRefused(WhoHoldsError):
    """A query that would leave the machine, or name a graph that is not published."""


class ServiceError(WhoHoldsError):
    """Another endpoint, which a query asks by SERVICE, did not answer, or with something else."""


class LookUpFailed(WhoHoldsError):
    """One look-up at a source elsewhere failed; the next may succeed."""


class SourceDown(WhoHoldsError):
    """A source elsewhere is down, refuses, or wants to be left alone: no more is asked."""


def suggest(found: str, known: Iterable[str], what: str) -> str:
    """A sentence that lists what could have been meant: the nearest names, or a few of all."""
    names = sorted(known)
    near = difflib.get_close_matches(found, names, n=3, cutoff=0.6)
    if near:
        return f"nearest {what}: {', '.join(near)}"
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"{what}: {shown or 'none'}"


def printable(line: str) -> str:
    r"""A line without signs that command a terminal: much of what an error says, strangers wrote.

    >>> print(printable("no reply: \x1b[31m"))
    no reply: \x1b[31m
    """
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in line)
