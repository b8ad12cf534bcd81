"""Everything that can be proposed about one article: each layer asked in turn."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
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
_SELDOM: Final = 20_000
"""After how many new objects cycles are sought: an article makes some, and leaves hardly any."""


def stand_ready() -> None:
    """Once all is loaded that many articles need: it stays, and cycles are not sought among it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_SELDOM)


def propose(
    reading: Reading, known: Known, model: Model | None = None, proposer: Proposer | None = None
) -> Proposals:
    """What the rules find in an article, and what a proposer adds.

    Without a model there are names, direct quotations, times and figures; events and states need a
    parsed sentence. Raises ModelError where the proposer does not answer as it should.
    """
    return next(propose_each([reading], known, model, proposer))


def propose_each(
    readings: Iterable[Reading],
    known: Known,
    model: Model | None = None,
    proposer: Proposer | None = None,
) -> Iterator[Proposals]:
    """The same of each article, in order; some are parsed ahead."""
    for reading in parse(model, readings) if model is not None else readings:
        yield _found(reading, known, proposer, parsed=model is not None)


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
