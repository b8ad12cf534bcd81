"""The stretches in quotation marks, paragraph by paragraph, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.suggest.reading import Paragraph, Reading
from kg.text import Span, overlaps

_SINGLE: Final = re.compile(
    r"[‘'’](?<![\w’'].)(?=[^\W_])(?P<inner>[^\n]{1,800}?(?<=[\w,.?!…])(?<![‘']))['’](?!\w)"
)
_TWICE: Final = re.compile(r"''(?<![\w']..)(?=[^\W_])(?P<inner>[^\n]{1,800}?[\w,.?!…-])''(?!\w)")
_BOUNDARY: Final = re.compile(r"[.!?:…][\"”’»)]*\s*$")
_CLAUSE_ENDS: Final = frozenset(",.?!…-–—―")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch in quotation marks, and the words outside of any in its paragraph before and after.

    `before` begins where the stretch before it ends, or with the paragraph; `after` likewise.
    """

    span: Span
    before: Span
    after: Span


def quoted_in(reading: Reading, stretches: list[Span]) -> Iterator[tuple[Paragraph, list[Quoted]]]:
    """Each paragraph with those of the quoted stretches that it has, in the order of the text."""
    rest = iter([*stretches, (len(reading.text) + 1,) * 2])
    upcoming = next(rest)
    for paragraph in reading.paragraphs:
        inside: list[Span] = []
        while upcoming[0] < paragraph.end:
            if upcoming[0] >= paragraph.start:
                inside.append(upcoming)
            upcoming = next(rest)
        surrounded = _with_surroundings(reading.text, paragraph, inside) if inside else ()
        yield paragraph, list(surrounded)


def stretches_in(reading: Reading) -> list[Span]:
    """Everything that stands in quotation marks of any kind, in the order of the text."""
    return sorted([*_joined(reading), *_in_single_marks(reading)])


def _joined(reading: Reading) -> list[Span]:
    """The stretches in double marks; those that one nested mark cuts are one."""
    found: list[Span] = []
    for start, end in reading.quoted:
        if found and found[-1][1] + 1 == start and _reopens(reading.text, start - 1):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [span for span in found if reading.words(span).strip()]


def _reopens(text: str, mark: int) -> bool:
    """Whether a mark between two stretches is one that stands inside a quotation."""
    return text[mark] in "“«„" and text[mark - 1 : mark].isspace()


def _in_single_marks(reading: Reading) -> Iterator[Span]:
    """Those in single marks, as British papers print them, or in a pair of them, outside others."""
    for paragraph in reading.paragraphs:
        for marks in (_TWICE, _SINGLE):
            for found in marks.finditer(reading.text, paragraph.start, paragraph.end):
                if not overlaps(found.span("inner"), reading.quoted):
                    yield found.span("inner")


def _with_surroundings(text: str, paragraph: Paragraph, inside: list[Span]) -> Iterator[Quoted]:
    wide = [2 if text[start - 2 : start] == "''" else 1 for start, _ in inside]
    starts = [*(s - width for (s, _), width in zip(inside, wide, strict=True)), paragraph.end]
    ends = [min(e + width, paragraph.end) for (_, e), width in zip(inside, wide, strict=True)]
    ends.insert(0, paragraph.start)
    for i, span in enumerate(inside):
        after = (ends[i + 1], max(ends[i + 1], starts[i + 1]))
        yield Quoted(span, (ends[i], starts[i]), after)


def opens_paragraph(text: str, quoted: Quoted) -> bool:
    """Whether nothing stands before the mark in its paragraph."""
    return not text[quoted.before[0] : quoted.before[1]].strip()


def opens_sentence(text: str, quoted: Quoted) -> bool:
    """Whether nothing of the sentence stands before the mark."""
    before = text[quoted.before[0] : quoted.before[1]]
    return not before.strip(" \t\u00a0([") or bool(_BOUNDARY.search(before))


def ends_clause(text: str, quoted: Quoted) -> bool:
    """Whether the stretch ends with a stop, inside its marks or just after them."""
    last = text[quoted.span[0] : quoted.span[1]].rstrip("’'‘ ")[-1:]
    return last in _CLAUSE_ENDS or text[quoted.after[0] : quoted.after[0] + 1] in _CLAUSE_ENDS
