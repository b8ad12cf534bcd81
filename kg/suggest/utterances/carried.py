"""Quotations without a cue of their own: whose they are, or of what they are a further piece."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.suggest.found import By, Utterance
from kg.suggest.reading import Reading
from kg.text import Span

_FAR: Final = 1500
_RECENT: Final = 8
_STOP: Final = re.compile(
    r"(?<![A-Z])(?<!\b(?:Mr|Ms|Dr|St))(?<!\b(?:Mrs|Gen|Col|Sen|Rep|Gov))[.!?](?=\s)"
)


def carry(reading: Reading, utterances: Iterable[Utterance]) -> Iterator[Utterance]:
    """Each utterance with its speaker; one without a cue goes on from the last, if not too far.

    It is a further piece of that where only the sentence with the cue stands between them.
    """
    waiting: list[Utterance] = []
    for found in utterances:
        utterance = found
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
    between = text[last.cue[1] : span[0] - 1]
    return "\n" not in between and not _STOP.search(between.rstrip()[:-1])
