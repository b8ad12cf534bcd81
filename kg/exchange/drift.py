"""Whether what comes in stands where it says: each span's words against the article's text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.exchange.carried import Carried, Piece
from kg.text import Span, occurrences

_MOST_SHOWN: Final = 60


def drifted(one: Carried, text: str | None) -> Iterator[str]:
    """What stands elsewhere than an entry says, in words that say what to do.

    Nothing where the text is not at hand.
    """
    if text is None:
        return
    for piece in (*one.pieces, *_ends(one), *one.cue):
        there = text[slice(*piece.at)]
        if there != piece.words:
            yield (
                f"{one.shown}: [{piece.at[0]}, {piece.at[1]}] has {_shown(there)}; "
                f"expected {_shown(piece.words)}. {_advice(piece, text)}"
            )


def _ends(one: Carried) -> Iterator[Piece]:
    """The first and last words of a passage, each where it has to stand."""
    first, last = one.keys.get("from"), one.keys.get("to")
    if one.passage and isinstance(first, str) and isinstance(last, str):
        start, end = one.passage
        yield Piece(first, (start, start + len(first)))
        yield Piece(last, (max(0, end - len(last)), end))


def _shown(words: str) -> str:
    if not words:
        return "nothing: the text ends before"
    return repr(words if len(words) <= _MOST_SHOWN else words[: _MOST_SHOWN - 1] + "…")


def _advice(piece: Piece, text: str) -> str:
    if _in_units(text, piece.at) == piece.words:
        return "Count code points, not UTF-16 units."
    starts = occurrences(text, piece.words, [(0, len(text))])
    if len(starts) == 1:
        end = starts[0] + len(piece.words)
        return f"These words stand at [{starts[0]}, {end}]. Correct the positions or the words."
    times = f"{len(starts)} times" if starts else "nowhere in the text"
    return f"These words stand {times}. Correct the positions or the words."


def _in_units(text: str, at: Span) -> str:
    """What stands there if positions count UTF-16 code units, as JavaScript does."""
    units = text.encode("utf-16-le")[2 * at[0] : 2 * at[1]]
    return units.decode("utf-16-le", errors="replace")
