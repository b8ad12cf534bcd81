"""Everything that can be proposed about one article: each layer asked in turn."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from kg.suggest.about import about
from kg.suggest.control import state
from kg.suggest.figures import figure
from kg.suggest.found import Proposals
from kg.suggest.meant import take_meant
from kg.suggest.model import TOGETHER, Model, parse
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
    """The same of each article, in order; some are read ahead."""
    parsed = parse(model, readings) if model is not None else iter(readings)
    while some := list(islice(parsed, TOGETHER)):
        for reading, found in zip(some, _found(some, known), strict=True):
            yield _stated(reading, found, known, proposer, parsed=model is not None)


def _found(some: Sequence[Reading], known: Known) -> Iterator[Proposals]:
    """What is found without a model: each layer reads all articles, and has at hand what it needs.

    The processor keeps the tables of one layer near; those of all layers are too many for it.
    """
    names = [name(reading, known) for reading in some]
    utterances = list(map(attribute, some, names))
    times, figures = list(map(time, some)), list(map(figure, some))
    return map(Proposals, names, utterances, times, figures)


def _stated(
    reading: Reading, found: Proposals, known: Known, proposer: Proposer | None, *, parsed: bool
) -> Proposals:
    """What is found, with what is stated and whom and where it means."""
    if parsed:
        found.statements = state(reading, found.names, found.times, found.utterances)
    if proposer is not None:
        found.statements += proposer.propose(reading, found)
    found.statements = take_meant(reading, found.names, found.statements, known)
    found.about = about(found, reading, known)
    found.figures = [f for f in found.figures if f.measure not in _OF_PLACES or found.about[f]]
    return found
