"""An article as it came in, and what is known about it, each fact with where it stands. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kg.ingest.parts import Stretch


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said about an article, and where it says so."""

    value: str
    because: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of publication: `stated` in the words of the text, or `outside` of it."""

    on: dt.date
    basis: str
    because: str
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """An article's text, its parts, and what is known about it. What is not known is None."""

    text: str
    parts: tuple[Stretch, ...]
    title: Fact
    publisher: Fact | None = None
    authors: tuple[Fact, ...] = ()
    published: Day | None = None
    language: Fact | None = None
    url: str | None = None
    page: bytes | None = None
    """The page's own bytes, where the text was taken out of one."""
