"""Utterances: what the article gives as somebody's words or thoughts, with its cue and speaker."""

from __future__ import annotations

from collections.abc import Iterator

from kg.suggest.found import Named, Utterance
from kg.suggest.reading import Reading
from kg.suggest.utterances.carried import carry
from kg.suggest.utterances.marks import stretches_in
from kg.suggest.utterances.reported import outermost, reported
from kg.suggest.utterances.spoken import spoken
from kg.suggest.utterances.transcript import transcribed
from kg.suggest.utterances.whose import name_speakers
from kg.text import Span, overlaps

__all__ = ["attribute"]


def attribute(reading: Reading, names: list[Named]) -> list[Utterance]:
    """The utterances of an article in the order of the text, their speakers named where known."""
    turns, stretches = transcribed(reading), stretches_in(reading)
    said = [turn.content[0] for turn in turns]
    quotations = [*turns, *(q for q in spoken(reading, stretches) if not overlaps(_whole(q), said))]
    found = sorted([*quotations, *_besides(reading, quotations, stretches)], key=_place)
    return list(name_speakers(reading, carry(reading, outermost(found)), names))


def _place(utterance: Utterance) -> tuple[int, int]:
    """Where it begins; of two that begin together the longer one first."""
    return utterance.content[0][0], -utterance.content[-1][1]


def _whole(utterance: Utterance) -> Span:
    return utterance.content[0][0], utterance.content[-1][1]


def _besides(
    reading: Reading, quotations: list[Utterance], stretches: list[Span]
) -> Iterator[Utterance]:
    """What is reported and not already a quotation: neither its cue nor its words are one's."""
    cues = {quotation.cue for quotation in quotations}
    direct = [piece for q in quotations if q.form == "direct" for piece in q.content]
    for utterance in reported(reading, stretches):
        content = utterance.content[0]
        cut = any(low < content[0] < high for low, high in stretches)
        if not (utterance.cue in cues or cut or overlaps(content, direct)):
            yield utterance
