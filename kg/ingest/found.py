"""What is there to be ingested, before it is read: one value an article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.ingest.received import Received


@dataclass(frozen=True, slots=True)
class Found:
    """An article: by which key the journal knows it, where it is, and how it is read."""

    key: str
    where: str
    read: Callable[[], Received]
    """Raises InputError for what cannot be read."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Something of which no article comes, and why: left alone (skipped), or a mistake (failed)."""

    where: str
    state: str
    why: str


Source = Found | Missed
