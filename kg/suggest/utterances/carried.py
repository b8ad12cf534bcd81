"""Speakers carried on: to a quotation without a cue, and from a pronoun back to a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.suggest.found import By, Named, Utterance
from kg.suggest.reading import Reading
from kg.suggest.utterances.speakers import is_pronoun
from kg.text import Span, overlaps

_FAR: Final = 1500
_RECENT: Final = 8
_STOP: Final = re.compile(r"(?<![A-Z])(?<!\b(?:Mr|Ms|Dr|St))(?<!\b(?:Mrs|Gen|Col|Sen|Rep|Gov))[.!?](?=\s)")


def carry(reading: Reading, utterances: Iterable[Utterance]) -> Iterator[Utterance]:
    """Each utterance with its speaker; one without a cue goes on from the last, if not too far.

    It is a further piece of that where only the sentence with the cue stands between them.
    """
    waiting: list[Utterance] = []
    for utterance in utterances:
        last = next((u for u in reversed(waiting) if u.relayed_by is None and u.speaker), None)
        if utterance.speaker is None and utterance.cue is None:
            if last is None or utterance.content[0][0] - last.content[-1][1] > _FAR:
                continue
            if _goes_on(reading.text, last, utterance.content[0]):
                joined = replace(last, content=last.content + utterance.content)
                waiting = [joined if u is last else u for u in waiting]
                continue
            because = f"no cue of its own; “{reading.words(last.speaker or (0, 0))}” spoke last"
            by = By(utterance.by.rule, because)
            utterance = replace(utterance, speaker=last.speaker, role=last.role, by=by)
        if len(waiting) > _RECENT:
            yield waiting.pop(0)
        waiting.append(utterance)
    yield from waiting


def _goes_on(text: str, last: Utterance, span: Span) -> bool:
    """Whether one sentence, that of the cue, parts a quotation from what was said before."""
    if last.cue is None or last.cue[0] < last.content[0][0] or last.cue[1] > span[0]:
        return False
    between = text[last.cue[1] : span[0] - 1].rstrip()
    return "\n" not in between and (not between or not _STOP.search(between[:-1]))


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
