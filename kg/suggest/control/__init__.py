"""Who took, lost, left, besieged or held what, as the sentences of an article tell it.

Events need the model's parse: without one nothing is proposed. Which words tell what is in
frames.toml, what sets a statement's standing in cues.toml, what can be a place or an actor in
kinds.toml.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.suggest.control.events import find
from kg.suggest.control.phrases import Scene
from kg.suggest.found import Named, Statement, Timed, Utterance
from kg.suggest.reading import Reading


def state(
    reading: Reading,
    names: Sequence[Named],
    times: Sequence[Timed],
    utterances: Sequence[Utterance],
) -> list[Statement]:
    """The control events and states that a parsed reading tells, in the order of the text."""
    found: list[Statement] = []
    for paragraph in reading.paragraphs:
        if paragraph.parsed is not None:
            scene = Scene(paragraph, names)
            found += [told.statement for told in find(paragraph.parsed, scene)]
    return found
