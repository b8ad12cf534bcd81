"""What moved elsewhere is anchored anew, so that the words find their new place in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from kg.mapping.anchor import NotFound, find
from kg.mapping.check import MOST_WORDS
from kg.mapping.document import Anchor, Cue, Mapping, Path, Voice, anchors
from kg.text import Span, count_words, occurrences, overlaps, quoted

_END_WORDS: Final = 4
"""How many words name each end of a passage that is too long to be repeated."""


def settle(mapping: Mapping, before: Mapping, text: str) -> Mapping:
    """The mapping with `nth` counted anew where an anchor is not the one it was.

    Words of more than twelve that do not stand in quotation marks become their first and last few.
    """
    was = dict(anchors(before))
    marks = quoted(text)
    for parts in (True, False):
        ranges = _ranges(mapping, text, parts=parts)
        for path, anchor in anchors(mapping):
            if (path[0] == "part") is parts and anchor != was.get(path):
                mapping = _with(mapping, path, _settled(_shortened(anchor, marks), text, ranges))
    return mapping


def _ranges(mapping: Mapping, text: str, *, parts: bool) -> list[Span]:
    found = sorted(span for part in mapping.parts for span in part.anchor.at or ())
    return found if found and not parts else [(0, len(text))]


def _shortened(anchor: Anchor, marks: Sequence[Span]) -> Anchor:
    if not (anchor.words and anchor.at and len(anchor.words) == 1):
        return anchor
    if count_words(anchor.words[0]) <= MOST_WORDS or overlaps(anchor.at[0], marks):
        return anchor
    words = [match.span() for match in re.finditer(r"\S+", anchor.words[0])]
    first = anchor.words[0][: words[_END_WORDS - 1][1]]
    last = anchor.words[0][words[-_END_WORDS][0] :]
    return Anchor(first=first, last=last, at=anchor.at)


def _settled(anchor: Anchor, text: str, ranges: Sequence[Span]) -> Anchor:
    bare = replace(anchor, nth=None, to_nth=None)
    for one in (anchor, bare):
        if _finds(one, text, ranges):
            return one
    if anchor.at is None:
        return anchor
    if anchor.first and anchor.last:
        (start, end) = anchor.at[0]
        rest = [(max(start, low), high) for low, high in ranges if high > start]
        nth = _number(anchor.first, start, text, ranges)
        to_nth = _number(anchor.last, end - len(anchor.last), text, rest)
        numbered = replace(anchor, nth=(nth,) if nth else None, to_nth=to_nth)
    else:
        pairs = zip(anchor.words or (), anchor.at, strict=False)
        numbers = [_number(words, at[0], text, ranges) for words, at in pairs]
        numbered = replace(bare, nth=tuple(n for n in numbers if n))
    return numbered if _finds(numbered, text, ranges) else bare


def _finds(anchor: Anchor, text: str, ranges: Sequence[Span]) -> bool:
    try:
        return find(anchor, text, ranges) == anchor.at
    except NotFound:
        return False


def _number(words: str, start: int, text: str, ranges: Sequence[Span]) -> int | None:
    """Which of the words' occurrences begins there, counted from 1."""
    starts = occurrences(text, words, ranges)
    return starts.index(start) + 1 if start in starts else None


def _with(mapping: Mapping, path: Path, anchor: Anchor) -> Mapping:
    """The mapping with another anchor at a path."""
    section, name = path[:2]
    entries: Any = getattr(mapping, f"{section}s")
    entry = entries[int(name) - 1] if isinstance(entries, tuple) else entries[name]
    if isinstance(entry, Voice) and path[-1] == "cue" and len(path) == 3:
        entry = replace(entry, cue=Cue(anchor.words, anchor.nth, anchor.at))
    else:
        entry = replace(entry, anchor=anchor)
    if isinstance(entries, tuple):
        index = int(name) - 1
        changed: Any = (*entries[:index], entry, *entries[index + 1 :])
    else:
        changed = {key: entry if key == name else other for key, other in entries.items()}
    return replace(mapping, **{f"{section}s": changed})
