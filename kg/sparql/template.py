"""A query with holes, so that those that differ in some things and days alone are read once.

A program asks one query of many things, or of one day after the other. To read it takes about as
long as to answer it, and what it says is the same each time but for some whole IRIs and days.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from kg.sparql.ours.names import OURS
from kg.sparql.tokens import head_of

LONGEST: Final = 4_096
"""Characters of a query that is read so, at most."""
_TERM: Final = re.compile(
    r"<https?://(?![^>]*/\.)[A-Za-z0-9._~:/#%@+,;=-]++>"
    r"|(?P<quote>['\"])(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])(?P=quote)"
)
"""An IRI without quotes that is spelt as it is meant; and what surely is a day."""
_HOLE: Final = re.compile(r"""<http://hole\.invalid/[0-9]+>|'9[0-9]{3}-07-07'|"9[0-9]{3}-07-07\"""")
_ODD: Final = ("\\", "hole.invalid", OURS)
"""What a query has that is read alone: escapes, what could be taken for a hole, names of ours."""
_DECLARES: Final = ("PREFIX", "BASE")


class Hollow(NamedTuple):
    """A query with holes; what stands for each hole, in their order, and what stood there."""

    text: str
    holes: tuple[str, ...]
    terms: Sequence[str]


def hollow(query: str) -> Hollow | None:
    r"""The query with a hole for each such term behind the prefixes that it begins with.

    None where there are none; or where it has escapes, names what could be taken for a hole, or
    declares more behind them: then a name might stand for what was taken for a term. That may still
    be a part of a string or a comment: whoever reads the query with holes finds out.

    >>> hollow("ASK { <http://x/a> ?p '2014-06-10' }").text
    "ASK { <http://hole.invalid/0> ?p '9001-07-07' }"
    """
    if len(query) > LONGEST or any(odd in query for odd in _ODD):
        return None
    holes, terms = list[str](), list[str]()

    def hole(found: re.Match[str]) -> str:
        number = len(holes)
        terms.append(found[0])
        day = f"{found['quote']}9{number:03}-07-07{found['quote']}"
        holes.append(day if found["quote"] else f"<http://hole.invalid/{number}>")
        return holes[-1]

    head = head_of(query)
    body = _TERM.sub(hole, query[len(head) :])
    if not holes or any(word in body.upper() for word in _DECLARES):
        return None
    return Hollow(head + body, tuple(holes), terms)


def pieces_of(text: str, holes: Sequence[str]) -> list[str] | None:
    """What stands around the holes of a text; None where one lacks, is there twice, or moved."""
    return _HOLE.split(text) if _HOLE.findall(text) == [*holes] else None


def rejoined(pieces: Sequence[str], terms: Sequence[str]) -> str:
    """The text with terms in its holes.

    >>> rejoined(["ASK { ", " ?p ?o }"], ["<http://x/a>"])
    'ASK { <http://x/a> ?p ?o }'
    """
    parts = [*pieces, *terms]
    parts[::2], parts[1::2] = pieces, terms
    return "".join(parts)


def filled(text: str, terms: Mapping[str, str]) -> str:
    """A piece of a query with terms in its holes, given by what stands for these.

    >>> filled("?day < '9001-07-07'", {"'9001-07-07'": "'2014-06-10'"})
    "?day < '2014-06-10'"
    """
    return _HOLE.sub(lambda found: terms[found[0]], text) if terms else text
