"""Who holds what by a list, as bulletins give it: "Aven: League; Holm: contested; Tarn: Crown".

A list has at least three entries, each a named place and, behind a comma, colon or dash, who holds
it or that it is contested. It needs no parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import Match
from typing import Final

from kg.suggest.control.frames import kinds
from kg.suggest.found import By, Filled, Named, Statement
from kg.suggest.reading import Paragraph, Reading

_ENTRY: Final = re.compile(
    r"(?:^|[;:]\s|\n)[ \t•*-]*(?P<where>[^\W\d_][^,:;.\n]{1,60}?)(?:,|:|\s[-–—])\s+"
    r"(?P<who>[^,:;.\n]{2,60})(?=[;.\n]|$)"
)
_LEAST: Final = 3
_DISPUTED: Final = frozenset(("contested", "disputed", "divided", "contest", "dispute"))


def list_held(reading: Reading, names: Sequence[Named]) -> list[Statement]:
    """The states of control that the lists of a reading tell."""
    return [one for paragraph in reading.paragraphs for one in _listed(paragraph, reading, names)]


def _listed(paragraph: Paragraph, reading: Reading, names: Sequence[Named]) -> list[Statement]:
    if reading.text.count(";", paragraph.start, paragraph.end) + 1 < _LEAST:
        return []
    found = _ENTRY.finditer(reading.text, paragraph.start, paragraph.end)
    told = [one for entry in found for one in _told(entry, names)]
    return told if len(told) >= _LEAST else []


def _told(entry: Match[str], names: Sequence[Named]) -> Iterator[Statement]:
    """What one entry tells, if it begins with a place and ends with who holds it."""
    start, end = entry.span("where")
    place = next((n for n in names if start <= n.span[0] and n.span[1] <= end), None)
    if place is None or place.kind != "place":
        return
    where, span = Filled("place", (start, end), place), (start, entry.end("who"))
    by = By("control.listed", f"a list says of '{entry['where']}': {entry['who']}")
    if entry["who"].casefold().split()[-1] in _DISPUTED:
        yield Statement(span, by, type="rivalry", roles=(where,), completion="ongoing")
    elif (holder := _holder(entry, names)) is not None:
        roles = (holder, where)
        yield Statement(span, by, degree="full", roles=roles, completion="ongoing")


def _holder(entry: Match[str], names: Sequence[Named]) -> Filled | None:
    """Who an entry says holds the place: somebody named, or a kind of those who can."""
    start, end = entry.span("who")
    named = next((n for n in names if start <= n.span[0] and n.span[1] <= end), None)
    if named is not None:
        return Filled("controller", named.span, named) if named.kind == "actor" else None
    last = entry["who"].casefold().split()[-1]
    sides = kinds().armed | kinds().groups
    return Filled("controller", (start, end)) if {last, last.removesuffix("s")} & sides else None
