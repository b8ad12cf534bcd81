"""Everything that can be proposed about one article: each layer asked in turn."""

from __future__ import annotations

from typing import Final

from kg.suggest.about import about
from kg.suggest.control import state
from kg.suggest.figures import figure
from kg.suggest.found import Proposals
from kg.suggest.meant import take_meant
from kg.suggest.model import Model, parse
from kg.suggest.names import Known, name
from kg.suggest.proposer import Proposer
from kg.suggest.reading import Reading
from kg.suggest.times import time
from kg.suggest.utterances import attribute

_OF_PLACES: Final = ("distance", "hold-duration", "fighting-duration")
"""Measures that tell nothing where no place is told."""


def propose(
    reading: Reading, known: Known, model: Model | None = None, proposer: Proposer | None = None
) -> Proposals:
    """What the rules find in an article, and what a proposer adds.

    Without a model there are names, direct quotations, times and figures; events and states need a
    parsed sentence. Raises ModelError where the proposer does not answer as it should.
    """
    if model is None:
        return _found(reading, known, proposer, parsed=False)
    with model.reading_one():
        (reading,) = parse(model, [reading])
        return _found(reading, known, proposer, parsed=True)


def _found(reading: Reading, known: Known, proposer: Proposer | None, *, parsed: bool) -> Proposals:
    """What each layer finds."""
    names = name(reading, known)
    utterances = attribute(reading, names)
    times = time(reading)
    found = Proposals(names, utterances, times, figure(reading))
    if parsed:
        found.statements = state(reading, names, times, utterances)
    if proposer is not None:
        found.statements += proposer.propose(reading, found)
    found.statements = take_meant(reading, names, found.statements, known)
    found.about = about(found, reading, known)
    found.figures = [f for f in found.figures if f.measure not in _OF_PLACES or found.about[f]]
    return found
