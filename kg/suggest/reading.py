"""An article as the rules read it: paragraphs and sentences, and a model's view if there is one."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from re import Match, Pattern
from typing import Final

from kg.suggest.tokens import Parsed
from kg.suggest.words import Written, split
from kg.text import Span, fold_lines, paragraphs, quoted, sentences, unwrapped, within

Days = tuple[dt.date, dt.date]
"""The first and the last day that something can have happened."""
_DATELINE: Final = re.compile(
    r"[A-Z][A-Z .'’-]+(?:,[^.\n]{0,40}?)?(?:\([^)\n]*\) ?)?\s*(?:[—–]| - )"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and the model's view of it: its tokens stand at `start + token.idx`."""

    start: int
    end: int
    parsed: Parsed | None = None


@dataclass(frozen=True)
class Reading:
    """A text, the stretches of it that can carry statements, and the days it may be of."""

    text: str
    parts: tuple[Span, ...]
    published: Days | None = None
    paragraphs: tuple[Paragraph, ...] = field(default=())

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of the parts, in order."""
        return sentences(self.text, self.parts)

    @cached_property
    def quoted(self) -> list[Span]:
        """The stretches between quotation marks within the parts, in order."""
        return [span for span in quoted(self.text) if within(span, self.parts)]

    @cached_property
    def datelines(self) -> frozenset[int]:
        """Where paragraphs begin that open with where they were written: "AVEN, May 4 —"."""
        starts = (paragraph.start for paragraph in self.paragraphs)
        return frozenset(start for start in starts if _DATELINE.match(self.text, start))

    @cached_property
    def plain(self) -> str:
        """The text in plain lower case, position for position; its line breaks stay."""
        return plain(self.text)

    @cached_property
    def written(self) -> Written:
        """The words of the parts, in order: what is sought in them is sought at few."""
        return split(self.text, self.parts)

    def matches(self, expression: Pattern[str], starts: Iterable[int]) -> Iterator[Match[str]]:
        """What an expression matches of `plain` where it may begin; no match overlaps another."""
        plain, parts, free, end = self.plain, iter(self.parts), 0, 0
        for start in starts:
            while start >= end:
                _, end = next(parts)
            if start >= free and (match := expression.match(plain, start, end)):
                free = match.end()
                yield match

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span[0] : span[1]]

    def undated(self, sentence: Span) -> str:
        """The words of a sentence without the dateline that it may open with."""
        opens = sentence[0] in self.datelines and _DATELINE.match(self.text, *sentence)
        return self.words((opens.end(), sentence[1]) if opens else sentence)

    def sentence(self, span: Span) -> Span:
        """The sentence in which a span begins, or the span itself where none is."""
        at = bisect_right(self.sentences, (span[0], len(self.text))) - 1
        found = self.sentences[at] if at >= 0 else span
        return found if found[0] <= span[0] < found[1] else span


def plain(text: str) -> str:
    """A text in plain lower case, position for position; its line breaks stay."""
    return "İ".join(map(str.lower, fold_lines(text).split("İ")))  # the only one that becomes two


def read_text(
    text: str, parts: Iterable[Span] | None = None, published: Days | None = None
) -> Reading:
    """A reading without a model: what gazetteer, quotation marks, dates and figures need."""
    text = unwrapped(text)
    stretches: Sequence[Span] = sorted(parts) if parts is not None else [(0, len(text))]
    cut = tuple(
        Paragraph(start, end)
        for low, high in stretches
        for start, end in paragraphs(text, low, high)
    )
    return Reading(text, tuple(stretches), published, cut)
