"""What goes to a worker and comes back: a query over a release, and its result to the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from kg.worker.job import Job


@dataclass(frozen=True, slots=True)
class Done:
    """A complete result: its bytes from the begin, how many, how many rows, seconds of work."""

    body: BinaryIO
    size: int
    rows: int
    seconds: float
    tag: str = ""
    """The SHA-256 of its bytes, where it is known already."""


__all__ = ["Done", "Job"]
