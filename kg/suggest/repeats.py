"""A sentence that stands twice says its statements once: a headline within the text, a pull-quote.

What the same words say again is left out where all of it is the same: who speaks, roles, time and
standing. The ledger accounts for the sentence by a [[nothing]] that says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Mapped
from dataclasses import replace
from typing import Any, Final, TypeVar

from kg.folding import fold
from kg.mapping.document import Anchor, Claim, Cue, Mapping, Nothing, Voice
from kg.suggest.anchoring import anchor_of, page_of
from kg.suggest.reading import Reading
from kg.text import Span, overlaps

_END: Final = 12
"""Letters at the end of a sentence that tell it from most others."""
BECAUSE: Final = "repeats an earlier sentence"
Said = TypeVar("Said", Voice, Claim)


def without_repeats(mapping: Mapping, reading: Reading) -> tuple[Mapping, int]:
    """The mapping without what sentences only repeat, and how many voices and claims those were.

    What a person wrote, which no rule signed, stays.
    """
    again = _repeated(reading)
    voices = _same(mapping.voices, again, reading)
    claims = mapping.claims
    if voices:
        claims = {n: _naming(c, voice=voices) for n, c in claims.items()}
    said = _same(claims, again, reading)
    if not voices and not said:
        return mapping, 0
    kept = replace(
        mapping,
        voices={
            n: _naming(v, relayed_by=voices) for n, v in mapping.voices.items() if n not in voices
        },
        claims={
            n: _naming(c, denies=said, on_condition=said)
            for n, c in claims.items()
            if n not in said
        },
    )
    left = [mapping.voices[n] for n in voices], [mapping.claims[n] for n in said]
    aside = _set_aside(kept, {reading.sentence(at) for at in _spans(*left)}, reading)
    return replace(kept, nothings=(*kept.nothings, *aside)), len(voices) + len(said)


def _repeated(reading: Reading) -> dict[Span, str]:
    """The sentences that stand more than once, each with its folded words."""
    ends = {sentence: _end(reading.words(sentence)) for sentence in reading.sentences}
    alike = _shared(ends)
    return _shared({sentence: fold(reading.undated(sentence)) for sentence in alike})


def _shared(said: dict[Span, str]) -> dict[Span, str]:
    """The sentences that have something in common with another, and what that is."""
    counts = Counter(said.values())
    return {sentence: one for sentence, one in said.items() if counts[one] > 1}


def _end(words: str) -> str:
    """The folded end of a sentence: most end like no other, and need not be compared whole."""
    return fold(words[-2 * _END :])[-_END:]


def _same(
    entries: Mapped[str, Voice | Claim], again: dict[Span, str], reading: Reading
) -> dict[str, str]:
    """The ids of entries that only repeat one of an earlier sentence, with the id of that one."""
    first: dict[tuple[Any, ...], tuple[Span, str]] = {}
    found: dict[str, str] = {}
    for name, entry in sorted(entries.items(), key=lambda one: one[1].anchor.at or ()):
        at = entry.anchor.at or ()
        sentence = reading.sentence(at[0]) if at else (0, 0)
        if entry.by is None or sentence not in again:
            continue
        said = tuple(fold(reading.words(span)) for span in at)
        where, one = first.setdefault((again[sentence], said, _content(entry)), (sentence, name))
        if where != sentence:
            found[name] = one
    return found


def _content(entry: Voice | Claim) -> Voice | Claim:
    """The entry without where its words stand, what relates it to others, and who proposes it."""
    bare = replace(entry, anchor=Anchor(), because=None, by=None, score=None)
    if isinstance(bare, Voice):
        return replace(bare, cue=Cue(), relayed_by=None)
    return replace(bare, denies=None, on_condition=None)


def _naming(entry: Said, **same: dict[str, str]) -> Said:
    """The entry with another id in some of its fields."""
    now = {key: same[key].get(getattr(entry, key)) for key in same}
    other: dict[str, Any] = {key: name for key, name in now.items() if name is not None}
    return replace(entry, **other) if other else entry


def _spans(*entries: Iterable[Voice | Claim]) -> list[Span]:
    return [span for group in entries for one in group for span in one.anchor.at or ()]


def _set_aside(kept: Mapping, left: set[Span], reading: Reading) -> Iterator[Nothing]:
    """A [[nothing]] for each sentence that says nothing any more, unless there is one already."""
    said = _spans(kept.voices.values(), kept.claims.values())
    known = {replace(nothing.anchor, at=None) for nothing in kept.nothings}
    for sentence in sorted(left):
        anchor = anchor_of((sentence,), page_of(reading))
        if not overlaps(sentence, said) and replace(anchor, at=None) not in known:
            yield Nothing(BECAUSE, anchor)
