"""What goes to a worker, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.limits import Limits
from kg.sparql.prepare import Prepared

DIGEST: Final = "digest"
"""What may be wanted in place of a result: its kg.cite.digest, which takes as long as it takes."""

LEEWAY: Final = "leeway"
"""What may be wanted, too: what the query leaves open (kg.sparql.leeway), as a list in JSON."""


@dataclass(frozen=True, slots=True)
class Start:
    """How a worker begins: its limits, and the release that is probably asked for."""

    limits: Limits
    folder: Path | None


@dataclass(frozen=True, slots=True)
class Job:
    """A query over the release of a folder: its result in a form, or what is to be known of it.

    `form` is one of kg.sparql.results.FORMATS, DIGEST or LEEWAY.
    """

    folder: Path
    query: Prepared
    form: str
    cited: str = ""
    """The digest that the result must have; OtherResult is the answer where it has another."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a job: its result, here or in the file sent beside it, or its error."""

    error: Exception | None = None
    body: bytes | None = None
    size: int = 0
    rows: int = 0
    seconds: float = 0
    grown: int = 0
    """Bytes of memory that the worker holds beside those it had when it was idle."""
    computed: float = 0.0
    """Seconds of computing in the worker's life."""
