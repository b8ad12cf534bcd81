"""Utterances: what the article gives as somebody's words or thoughts, with its cue and speaker."""

from __future__ import annotations

from kg.suggest.found import Named, Utterance
from kg.suggest.reading import Reading
from kg.suggest.utterances.carried import carry, name_speakers
from kg.suggest.utterances.spoken import spoken

__all__ = ["attribute"]


def attribute(reading: Reading, names: list[Named]) -> list[Utterance]:
    """The utterances of an article in the order of the text, their speakers named where known."""
    found = sorted(spoken(reading), key=lambda u: u.content)
    return list(name_speakers(reading, carry(reading, found), names))
