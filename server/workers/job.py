"""What goes to a worker and comes back: a query over a release, and its result to the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.sparql.run import Prepared


@dataclass(frozen=True, slots=True)
class Job:
    """A query over the release of a folder, wanted in one of kg.sparql.results.FORMATS."""

    folder: Path
    query: Prepared
    form: str


@dataclass(frozen=True, slots=True)
class Done:
    """A complete result: its bytes from the begin, how many, how many rows, seconds of work."""

    body: BinaryIO
    size: int
    rows: int
    seconds: float
