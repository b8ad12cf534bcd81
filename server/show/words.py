"""The words behind a claim as they may be shown: in their sentence where the text is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.text import Span, overlaps, sentences

LONGEST: Final = 480
"""Code points of one stretch that are shown at most; the middle of a longer one is left out."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One span as the graph has it: where it stands, and the words that it is found by."""

    at: Span
    exact: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words; marked where they are the claim's own."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """What is shown of one place in the text; `whole` where it is the whole sentence."""

    segments: tuple[Segment, ...]
    language: str | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Text:
    """An attached text with its sentences."""

    content: str
    sentences: tuple[Span, ...]


def read_text(content: str) -> Text:
    """A text, taken apart into sentences once."""
    return Text(content, tuple(sentences(content, [(0, len(content))])))


def passages(anchors: Sequence[Anchor], text: Text | None, excerpt: str) -> list[Passage]:
    """The words of some spans in the order of the text, as far as the excerpt policy allows."""
    if excerpt == "none":
        return []
    ordered = sorted(anchors, key=lambda anchor: anchor.at)
    if text is None or excerpt == "anchor":
        return [
            Passage((Segment(a.exact, marked=False),), a.language, whole=False) for a in ordered
        ]
    language = next((a.language for a in ordered), None)
    return [
        Passage(tuple(_segments(text.content, around, inside)), language, whole=True)
        for around, inside in _stretches([a.at for a in ordered], text)
    ]


def _stretches(spans: Iterable[Span], text: Text) -> list[tuple[Span, list[Span]]]:
    """The sentences around the spans, those that touch joined, each with the spans inside."""
    found: list[tuple[Span, list[Span]]] = []
    for span in spans:
        start, end = _around(span, text.sentences)
        if found and start < found[-1][0][1]:
            (low, high), inside = found[-1]
            found[-1] = ((min(low, start), max(high, end)), [*inside, span])
        else:
            found.append(((start, end), [span]))
    return found


def _around(span: Span, of: Iterable[Span]) -> Span:
    touched = [s for s in of if overlaps(s, [span])]
    return min([span[0], *(s for s, _ in touched)]), max([span[1], *(e for _, e in touched)])


def _segments(content: str, around: Span, inside: Iterable[Span]) -> Iterable[Segment]:
    at = around[0]
    for start, end in inside:
        if at < start:
            yield Segment(shorten(content[at:start]), marked=False)
        if at < end:
            yield Segment(shorten(content[max(at, start) : end]), marked=True)
        at = max(at, end)
    if at < around[1]:
        yield Segment(shorten(content[at : around[1]]), marked=False)


def shorten(text: str) -> str:
    """The text; of a long one, its begin and its end."""
    if len(text) <= LONGEST:
        return text
    half = LONGEST // 2
    return f"{text[:half].rpartition(' ')[0]} … {text[-half:].partition(' ')[2]}"
