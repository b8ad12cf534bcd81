"""Who holds what by a list, as bulletins give it: "Aven: League; Holm: contested; Tarn: Crown".

A list has at least three entries, each a place and, behind a comma, colon or dash, who holds it or
that it is contested; "Aven: port, League; mill, Crown" are two entries of Aven. It needs no parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from re import Match
from typing import Final

from kg.suggest.control.frames import any_kind, kinds
from kg.suggest.found import By, Filled, Named, Statement
from kg.suggest.reading import Reading
from kg.text import Span

_ENTRY: Final = re.compile(
    r"(?:^|[;:]\s)[ \t•*-]*(?:(?P<head>[^\W\d_][^,:;.\n]{1,60}?)(?::|\s[-–—])\s+)?"
    r"(?:(?P<part>[^\W\d_][^,:;.\n]{1,60}?),\s+)?"
    r"(?P<who>[^,:;.\n]{2,60})(?:,[^;.\n]{1,60})?(?=[;.\n]|$)",
    re.MULTILINE,
)
_WORD: Final = re.compile(r"\w")
_LEAST: Final = 3
_DISPUTED: Final = frozenset(("contested", "disputed", "divided", "contest", "dispute"))


@dataclass(frozen=True, slots=True)
class Entry:
    """The place that an entry is of, and the words for who holds it."""

    place: Filled
    who: Span


def list_held(reading: Reading, names: Sequence[Named]) -> list[Statement]:
    """The states of control that the lists of a reading tell."""
    return [one for part in reading.parts for one in _listed(part, reading, names)]


def _listed(part: Span, reading: Reading, names: Sequence[Named]) -> Iterator[Statement]:
    if sum(reading.text.count(sign, *part) for sign in ":;") < _LEAST - 1:
        return
    for row in _rows(part, reading.text):
        low, high = row[0].start(), row[-1].end()
        inside = [n for n in names if low <= n.span[0] < high]
        told = [one for entry in _entries(row, inside) for one in _told(entry, reading, inside)]
        yield from told if len(told) >= _LEAST else ()


def _rows(part: Span, text: str) -> Iterator[list[Match[str]]]:
    """Entries with nothing between them, as many as a list has at least."""
    row: list[Match[str]] = []
    for entry in _ENTRY.finditer(text, *part):
        if row and _WORD.search(text, row[-1].end(), entry.start()):
            yield from [row] if len(row) >= _LEAST else []
            row = []
        row.append(entry)
    yield from [row] if len(row) >= _LEAST else []


def _entries(matches: Sequence[Match[str]], names: Sequence[Named]) -> Iterator[Entry]:
    """The entries, those without a place before a colon being of the one before it."""
    head: Named | None = None
    for match in matches:
        if match["head"] is not None:
            head = _place(match.span("head"), names)
        part, said = match.span("part"), (match["part"] or "").casefold()
        own = _place(part, names) if said else None
        if said and own is None and match["head"] and _holder(part, said, names):
            yield Entry(Filled("place", match.span("head"), head), part)
        elif said and (own or head):
            own = head if said in kinds().settlements else own
            yield Entry(Filled("place", part, own), match.span("who"))
        elif match["head"] is not None and head is not None:
            yield Entry(Filled("place", match.span("head"), head), match.span("who"))


def _place(span: Span, names: Sequence[Named]) -> Named | None:
    """The place that a stretch names."""
    inside = (n for n in names if span[0] <= n.span[0] and n.span[1] <= span[1])
    return next((n for n in inside if n.kind == "place"), None)


def _told(entry: Entry, reading: Reading, names: Sequence[Named]) -> Iterator[Statement]:
    """What one entry tells, if it ends with who holds the place, or that it is contested."""
    where, who = entry.place, reading.words(entry.who)
    span = (where.words[0], entry.who[1])
    by = By("control.listed", f"a list says of '{reading.words(where.words)}': {who}")
    if who.casefold().split()[-1] in _DISPUTED:
        yield Statement(span, by, type="rivalry", roles=(where,), completion="ongoing")
    elif (holder := _holder(entry.who, who, names)) is not None:
        roles = (holder, where)
        yield Statement(span, by, degree="full", roles=roles, completion="ongoing")


def _holder(span: Span, who: str, names: Sequence[Named]) -> Filled | None:
    """Who holds the place by an entry: somebody named, or a kind of those who can."""
    named = next((n for n in names if span[0] <= n.span[0] and n.span[1] <= span[1]), None)
    if named is not None:
        return Filled("controller", named.span, named) if named.kind == "actor" else None
    last = who.casefold().split()[-1]
    sides = any_kind("armed", "groups", "sides")
    return Filled("controller", span) if {last, last.removesuffix("s")} & sides else None
