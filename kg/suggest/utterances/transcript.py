"""Transcripts: paragraphs that begin with the name of who speaks, in capitals, and a colon."""

from __future__ import annotations

import re
from typing import Final

from kg.suggest.found import By, Utterance
from kg.suggest.reading import Reading

_LABEL: Final = re.compile(
    r"[\"“]?(?P<who>(?:[A-Z][A-Z.'’-]+)(?: [A-Z][A-Z.'’-]*){0,3})(?P<cue>:)\s+(?P<said>\S[^\n]*)"
)
_LEAST: Final = 2


def transcribed(reading: Reading) -> list[Utterance]:
    """What each speaker says where at least two turns are labelled."""
    turns: list[Utterance] = []
    for paragraph in reading.paragraphs:
        label = _LABEL.fullmatch(reading.text, paragraph.start, paragraph.end)
        if label is None:
            continue
        start, end = label.span("said")
        end -= len(label["said"]) - len(label["said"].rstrip('"” '))
        by = By("utterances.direct.transcript", f"“{label['who']}:” begins a turn of a transcript")
        speaker, cue = label.span("who"), label.span("cue")
        turns.append(Utterance("direct", ((start, end),), by, cue=cue, speaker=speaker))
    return turns if len({reading.words(t.speaker or (0, 0)) for t in turns}) >= _LEAST else []
