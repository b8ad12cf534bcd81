"""An article's text: where phrases stand, which parts are quoted, where sentences begin and end.

Positions are Unicode code points, half-open, of the file read as UTF-8 with its newlines untouched,
as the text position selector of Web Annotation counts (https://www.w3.org/TR/annotation-model/).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from kg.errors import TextError

Span = tuple[int, int]

# One code point for one, so that positions in the folded text are positions in the text.
_FOLD: Final = {
    **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2007\u202f\u2009\t\r", " "),
}
_WORD: Final = re.compile(r"\w")
_OPENING: Final = "“«„"
_CLOSING: Final = "”»"
_MARK: Final = re.compile(f'["{_OPENING}{_CLOSING}]')
_SENTENCE_END: Final = re.compile(r"""[.!?؟۔…]+["'”’»)\]]*(?=\s)""")
_TRIMMED: Final = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_ABBREVIATION: Final = re.compile(
    r"(?:\b[^\W\d_]|\b(?:Dr|Mr|Mrs|Ms|St|No|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Prof|approx|ca))$"
)

_LINE: Final = re.compile(r"[^\n]+")
_BREAK: Final = re.compile(r"(?<![^\n])(?P<line>[^\n]*\S)[^\S\n]*\n(?=(?P<next>\S+))")
"""A line and the first word of the next, where neither is empty and the next is not indented."""
_WIDTHS: Final = range(40, 101)
"""Letters that the longest line of a wrapped text can have."""
_FEWEST_WRAPPED: Final = 3
_SHARE_WRAPPED: Final = 0.6
"""How many line breaks a wrapped text has, and which share of them stands for want of room."""

UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML can hold, even escaped (https://www.w3.org/TR/xml/#charsets), so no feed either."""


def digest(content: bytes) -> str:
    """The digest of a file's bytes, as mappings record it: sha256:…"""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def decode(content: bytes, path: str) -> str:
    """The text of a file, newlines untouched. Raises TextError if it is empty or not UTF-8."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextError(
            f"{path}: byte {error.start} is not UTF-8. Save the text as UTF-8 "
            "(positions are counted in its code points)."
        ) from None
    if not text.strip():
        raise TextError(f"{path}: the text is empty. Save the article's text there first.")
    return text


def fold(text: str) -> str:
    """The text with curly quotes, dashes and odd spaces made plain, position for position."""
    return fold_lines(text).replace("\n", " ")


def fold_lines(text: str) -> str:
    """The same, but line breaks stay."""
    for odd, plain in _FOLD.items():
        text = text.replace(odd, plain)
    return text


@lru_cache(maxsize=8)
def unwrapped(text: str) -> str:
    """The text with the line breaks inside its paragraphs made spaces, position for position.

    Such breaks are in texts that were wrapped to a width: nearly each of their lines ends only
    because the next word would not have fitted. Any other text comes back as it is.
    """
    widest = max(map(len, map(str.strip, text.split("\n"))), default=0)
    breaks = list(_BREAK.finditer(text)) if widest in _WIDTHS else []
    if len(breaks) < _FEWEST_WRAPPED:
        return text
    soft = [m for m in breaks if len(m["line"].strip()) + 1 + len(m["next"]) >= widest]
    if len(soft) < _SHARE_WRAPPED * len(breaks):
        return text
    return _spaced(text, [(m.end("line"), m.start("next")) for m in soft])


def _spaced(text: str, gaps: Iterable[Span]) -> str:
    out, done = [], 0
    for start, end in gaps:
        out += [text[done:start], " " * (end - start)]
        done = end
    return "".join([*out, text[done:]])


def occurrences(text: str, phrase: str, ranges: Iterable[Span]) -> list[int]:
    """Where a phrase begins within the ranges, in order; a wrapped line's end is a space."""
    plain = unwrapped(text)
    if plain != text:
        phrase = phrase.replace("\n", " ")
    found = list[int]()
    for low, high in ranges:
        start = plain.find(phrase, low, high)
        while start >= 0:
            found.append(start)
            start = plain.find(phrase, start + 1, high)
    return found


def count_words(text: str) -> int:
    """How many words a phrase has: runs of anything but white space and lone punctuation."""
    return len([1 for piece in text.split() if piece.isalnum() or _WORD.search(piece)])


@lru_cache(maxsize=8)
def quoted(text: str) -> tuple[Span, ...]:
    """The stretches between quotation marks; an unclosed one ends with its paragraph."""
    return tuple(span for start, end in paragraphs(text) for span in _quoted_in(text, start, end))


def paragraphs(text: str, low: int = 0, high: int | None = None) -> Iterator[Span]:
    """The stretches between line breaks, from one position to another; a wrapped one is whole."""
    for match in _LINE.finditer(unwrapped(text), low, len(text) if high is None else high):
        yield match.span()


def _quoted_in(text: str, start: int, end: int) -> Iterator[Span]:
    opened: int | None = None
    for i in (mark.start() for mark in _MARK.finditer(text, start, end)):
        opens, closes = _marks(text, i)
        if opened is not None and text[opened - 1] == "„":
            opens, closes = False, text[i] in "“”"
        if opened is not None and (opens or closes):
            yield opened, i
        if opens and (opened is None or not closes):
            opened = i + 1
        elif closes:
            opened = None
    if opened is not None and opened < end:
        yield opened, end


def _marks(text: str, i: int) -> tuple[bool, bool]:
    """Whether a quotation mark stands here that can open, and one that can close."""
    char, before, after = text[i], text[i - 1 : i], text[i + 1 : i + 2]
    if char != '"':
        return char in _OPENING, char in _CLOSING
    opens = after.isalnum() and not before.isalnum()
    return opens, not opens and not (before.isalnum() and after.isalnum())


def sentences(text: str, ranges: Iterable[Span]) -> list[Span]:
    """The sentences of the ranges, trimmed of white space; a line break ends one."""
    return [
        span
        for low, high in ranges
        for start, end in paragraphs(text, low, high)
        for span in _sentences_in(text, start, end)
    ]


def _sentences_in(text: str, start: int, end: int) -> Iterator[Span]:
    stops = _SENTENCE_END.finditer(text, start, end)
    ends = [m.end() for m in stops if not _abbreviated(text, start, m.start())]
    for low, high in zip([start, *ends], [*ends, end], strict=True):
        if words := _TRIMMED.search(text, low, high):
            yield words.span()


def _abbreviated(text: str, start: int, stop: int) -> bool:
    """Whether the full stop ends an abbreviation, of which the longest has six letters."""
    return _ABBREVIATION.search(text, max(start, stop - 8), stop) is not None


def within(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span lies within one of the others."""
    low, high = span
    for start, end in others:  # noqa: SIM110 - as below
        if start <= low and high <= end:
            return True
    return False


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares at least one code point with any of the others."""
    low, high = span
    for start, end in others:  # noqa: SIM110 - asked often, and any() takes twice the time
        if low < end and start < high:
            return True
    return False
