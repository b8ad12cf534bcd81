"""A text file as an article: its lines are all there is to go by."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from kg.ingest.days import is_dateline, parse_day
from kg.ingest.furniture import furniture
from kg.ingest.language import language_of
from kg.ingest.parts import Stretch, by_of, headline_of, mark
from kg.ingest.received import Day, Fact, Received
from kg.text import decode, unwrapped

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHANGED: Final = re.compile(r"\s*(?:last )?(?:updated|modified)", re.IGNORECASE)
_TITLE: Final = 80
"""Letters of a text's first line that serve as its title where it has no headline."""


def decode_file(content: bytes, where: str) -> str:
    """The text of a file, by the mark at its begin, else UTF-8. Raises TextError."""
    for mark_, encoding in _MARKS:
        if content.startswith(mark_):
            return decode(content[len(mark_) :].decode(encoding, "replace").encode(), where)
    return decode(content, where)


def read_plain(text: str, where: str) -> Received:
    """The article that a text is, with its parts and what its own lines say about it."""
    parts = mark(text)
    headline = headline_of(text, parts)
    return Received(
        text,
        tuple(parts),
        Fact(headline, "the headline") if headline else _untitled(text, where),
        authors=tuple(_bylines(text, parts)),
        published=printed_day(text, parts),
        language=Fact(language_of(text), "its letters and commonest words"),
    )


def printed_day(text: str, parts: Sequence[Stretch]) -> Day | None:
    """The day that a line of its own prints beside the story, unless it is the last change's."""
    for line in _beside(text, parts):
        known = furniture(line)
        dated = is_dateline(line) or (known and known.name == "dates")
        if dated and not _CHANGED.match(line) and (on := parse_day(line)):
            return Day(on, "stated", "a line beside the story prints it", line)
    return None


def _untitled(text: str, where: str) -> Fact:
    """A title for what has none: its first words, else the file's name."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if 0 < len(first) <= _TITLE:
        return Fact(first, "the first line")
    return Fact(PurePath(where).stem or where, "the file's name")


def _bylines(text: str, parts: Sequence[Stretch]) -> list[Fact]:
    named = ((by_of(line), line) for line in _beside(text, parts))
    return [Fact(author, f"the line '{line}'") for author, line in named if author]


def _beside(text: str, parts: Sequence[Stretch]) -> list[str]:
    """The lines that are in no part, in order."""
    kept, low, plain = [], 0, unwrapped(text)
    for part in [*sorted(parts, key=lambda p: p.start), Stretch("", len(text), len(text))]:
        kept += [line.strip() for line in plain[low : part.start].splitlines()]
        low = part.end
    return [line for line in kept if line]
