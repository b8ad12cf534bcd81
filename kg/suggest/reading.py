"""An article as the rules read it: paragraphs and sentences, and a model's view if there is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.text import Span, paragraphs, quoted, sentences, unwrapped

if TYPE_CHECKING:
    from spacy.tokens import Doc

Days = tuple[dt.date, dt.date]
"""The first and the last day that something can have happened."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and the model's view of it: its tokens stand at `start + token.idx`."""

    start: int
    end: int
    parsed: Doc | None = None


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
        return [
            (start, end)
            for start, end in quoted(self.text)
            if any(low <= start and end <= high for low, high in self.parts)
        ]

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span[0] : span[1]]

    def sentence(self, span: Span) -> Span:
        """The sentence in which a span begins, or the span itself where none is."""
        found = (s for s in self.sentences if s[0] <= span[0] < s[1])
        return next(found, span)


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
