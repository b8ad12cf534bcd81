"""Words as brat shows them: a span is cut at line breaks, and odd characters are made plain.

brat keeps an annotation on a line of its file, so that a span over a line break becomes several
(https://brat.nlplab.org/standoff.html); its client counts a character beyond U+FFFF as two and the
server as one (https://github.com/nlplab/brat/issues/1115), and CR LF may be read as one character.
So both are shown as one other character each, and every position stays what it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kg.exchange.carried import Carried, Piece, ends_meet

BREAKS: Final = "\n\r\x85\u2028\u2029"
_LINE: Final = re.compile(f"[^{BREAKS}]+")
_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")


def shown(text: str) -> str:
    """The text as brat is given it, position for position."""
    return _BEYOND.sub("\ufffd", text).replace("\r", " ")


def fragments(one: Carried) -> tuple[Piece, ...]:
    """What of an entry brat marks: its words, or the two ends of its passage."""
    return tuple(cut for piece in (one.pieces or _ends(one)) for cut in cut_lines(piece))


def cut_lines(piece: Piece) -> list[Piece]:
    """The stretches of a piece between line breaks, as brat shows them."""
    start = piece.at[0]
    return [
        Piece(shown(line[0]), (start + line.start(), start + line.end()))
        for line in _LINE.finditer(piece.words)
    ]


def _ends(one: Carried) -> list[Piece]:
    if one.passage is None:
        return []
    first, last = one.keys["from"], one.keys["to"]
    start, end = one.passage
    if whole := ends_meet(first, last, one.passage):
        return [Piece(whole, one.passage)]
    return [Piece(first, (start, start + len(first))), Piece(last, (end - len(last), end))]


def kept(one: Carried) -> dict[str, object]:
    """The words that cannot be told from what brat shows, which therefore travel in a note."""
    return {
        key: [piece.words for piece in pieces]
        for key, pieces in (("words", one.pieces), ("cue", one.cue))
        if len(pieces) > 1 or any(cut_lines(piece) != [piece] for piece in pieces)
    }


def pieces_of(words: list[str], marked: tuple[Piece, ...]) -> tuple[Piece, ...] | None:
    """The kept words at their places, if what brat marks is still these; else None."""
    rest = list(marked)
    found: list[Piece] = []
    for phrase in words:
        lines = cut_lines(Piece(phrase, (0, len(phrase))))
        if not lines or len(rest) < len(lines):
            return None
        start = rest[0].at[0] - lines[0].at[0]
        found.append(Piece(phrase, (start, start + len(phrase))))
        rest = rest[len(lines) :]
    same = tuple(cut for piece in found for cut in cut_lines(piece)) == marked
    return tuple(found) if same and not rest else None


def passage_of(one: Carried, marked: tuple[Piece, ...]) -> Carried | None:
    """The entry with the passage between its kept ends, if brat still marks these; else None."""
    first, last = one.keys.get("from"), one.keys.get("to")
    if not (isinstance(first, str) and isinstance(last, str) and marked):
        return None
    before = len(first) - len(first.lstrip(BREAKS))
    after = len(last) - len(last.rstrip(BREAKS))
    found = replace(one, passage=(marked[0].at[0] - before, marked[-1].at[1] + after))
    return found if fragments(found) == marked else None


def joined(marked: tuple[Piece, ...], text: str | None) -> tuple[Piece, ...]:
    """What brat marks as the article's own words: over line breaks again, odd characters too.

    Without the text, or where it has other words there, what brat shows stays.
    """
    found: list[Piece] = []
    for piece in marked:
        own = text is not None and shown(text[slice(*piece.at)]) == piece.words
        if text is None or not own:
            found.append(piece)
            continue
        start, end = piece.at
        gap = text[found[-1].at[1] : start] if found else ""
        if gap and not gap.strip(BREAKS):
            start = found.pop().at[0]
        found.append(Piece(text[start:end], (start, end)))
    return tuple(found)


def overlapping(one: Carried) -> bool:
    """Whether two stretches of an entry share a place, which brat cannot show."""
    return any(
        sorted(piece.at for piece in marked) != [piece.at for piece in marked]
        or any(a.at[1] > b.at[0] for a, b in pairwise(marked))
        for marked in (fragments(one), one.cue)
    )
