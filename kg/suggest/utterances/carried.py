"""Speakers carried on: to a quotation without a cue, and from a pronoun back to a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.suggest.found import By, Named, Utterance
from kg.suggest.reading import Reading
from kg.suggest.utterances.speakers import is_pronoun
from kg.text import Span, overlaps

_FAR = 1500


def carry(reading: Reading, utterances: Iterable[Utterance]) -> Iterator[Utterance]:
    """Each utterance with a speaker; one without a cue is the last speaker's, if not too far."""
    last: Utterance | None = None
    for utterance in utterances:
        if utterance.speaker is None and utterance.cue is None:
            if last is None or utterance.content[0][0] - last.content[-1][1] > _FAR:
                continue
            because = f"no cue of its own; “{reading.words(last.speaker or (0, 0))}” spoke last"
            utterance = replace(
                utterance,
                speaker=last.speaker,
                role=last.role,
                by=By(utterance.by.rule, because),
            )
        if utterance.speaker is not None:
            last = utterance
        yield utterance


def name_speakers(
    reading: Reading, utterances: Iterable[Utterance], names: list[Named]
) -> Iterator[Utterance]:
    """Each utterance with the actor its speaker's words name; a pronoun is the last one before."""
    actors = sorted((n for n in names if n.kind == "actor"), key=lambda n: n.span)
    last: Named | None = None
    for utterance in utterances:
        if utterance.speaker is None:
            yield utterance
            continue
        named = _named_in(utterance.speaker, actors)
        because = utterance.by.because
        words = reading.words(utterance.speaker)
        if named is None and is_pronoun(words):
            named = last or _before(utterance.speaker, actors)
            if named is not None:
                because += f"; “{words}” taken for “{reading.words(named.span)}”, named last"
        last = named or (last if is_pronoun(words) else None)
        yield replace(utterance, named=named, by=By(utterance.by.rule, because))


def _named_in(span: Span, actors: list[Named]) -> Named | None:
    inside = [n for n in actors if overlaps(n.span, [span])]
    return max(inside, key=lambda n: n.span[1] - n.span[0], default=None)


def _before(span: Span, actors: list[Named]) -> Named | None:
    earlier = [n for n in actors if n.span[1] <= span[0] and span[0] - n.span[1] < _FAR]
    return earlier[-1] if earlier else None
