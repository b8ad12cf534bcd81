"""Utterances: what the article gives as somebody's words or thoughts, with its cue and speaker."""

from __future__ import annotations

from collections.abc import Iterator

from kg.suggest.found import Named, Utterance
from kg.suggest.reading import Reading
from kg.suggest.utterances.carried import carry, name_speakers
from kg.suggest.utterances.reported import outermost, reported
from kg.suggest.utterances.spoken import spoken
from kg.text import overlaps

__all__ = ["attribute"]


def attribute(reading: Reading, names: list[Named]) -> list[Utterance]:
    """The utterances of an article in the order of the text, their speakers named where known."""
    quotations = list(spoken(reading))
    found = sorted([*quotations, *_besides(quotations, reported(reading))], key=_place)
    return list(name_speakers(reading, carry(reading, outermost(found)), names))


def _place(utterance: Utterance) -> tuple[int, int]:
    """Where it begins; of two that begin together the longer one first."""
    return utterance.content[0][0], -utterance.content[-1][1]


def _besides(quotations: list[Utterance], found: Iterator[Utterance]) -> Iterator[Utterance]:
    """What is reported and not already a quotation: neither its cue nor its words are one's."""
    cues = {quotation.cue for quotation in quotations}
    direct = [piece for q in quotations if q.form == "direct" for piece in q.content]
    for utterance in found:
        if utterance.cue not in cues and not overlaps(utterance.content[0], direct):
            yield utterance
