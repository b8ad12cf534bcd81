"""Everything that can be proposed about one article: each layer asked in turn."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from kg.suggest.about import about
from kg.suggest.control import state
from kg.suggest.figures import figure
from kg.suggest.found import Proposals, Statement
from kg.suggest.meant import take_meant
from kg.suggest.model import Model, parse
from kg.suggest.names import Known, name
from kg.suggest.proposer import Proposer
from kg.suggest.reading import Reading
from kg.suggest.times import time
from kg.suggest.utterances import attribute

_OF_PLACES: Final = ("distance", "hold-duration", "fighting-duration")
"""Measures that tell nothing where no place is told."""
_AT_ONCE: Final = 20
"""How many articles a layer reads in a row: what it needs stays in the processor's cache."""
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
    """The same of each article, in order; some are read ahead, but no proposer is asked ahead."""
    given = iter(parse(model, readings) if model is not None else readings)
    at_once = _AT_ONCE if proposer is None else 1
    while some := list(islice(given, at_once)):
        yield from _found(some, known, proposer, parsed=model is not None)


def _found(
    some: Sequence[Reading], known: Known, proposer: Proposer | None, *, parsed: bool
) -> list[Proposals]:
    """What each layer finds in some articles: it reads all of them before the next one does."""
    names = [name(reading, known) for reading in some]
    utterances = list(map(attribute, some, names))
    times, figures = list(map(time, some)), list(map(figure, some))
    found = list(map(Proposals, names, utterances, times, figures))
    for reading, proposals in zip(some, found, strict=True):
        proposals.statements = _stated(reading, proposals, known, proposer, parsed=parsed)
    for reading, proposals in zip(some, found, strict=True):
        proposals.about = told = about(proposals, reading, known)
        proposals.figures = [f for f in proposals.figures if f.measure not in _OF_PLACES or told[f]]
    return found


def _stated(
    reading: Reading, found: Proposals, known: Known, proposer: Proposer | None, *, parsed: bool
) -> list[Statement]:
    """What is stated, with whom and where it means."""
    stated = list[Statement]()
    if parsed:
        stated += state(reading, found.names, found.times, found.utterances)
    if proposer is not None:
        stated += proposer.propose(reading, found)
    return take_meant(reading, found.names, stated, known)
