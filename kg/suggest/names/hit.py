"""What a rule finds among the words, and which finds stand where several overlap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from kg.suggest.found import By, Named
from kg.suggest.words import Stretch, Written

Kind = Literal["actor", "place"]

SURE: Final = 0
LIKELY: Final = 1
LAST: Final = 2
"""How much a find weighs against one that overlaps it."""


class Hit(NamedTuple):
    """Words from `first` up to `last` that name an actor or place, and why."""

    first: int
    last: int
    kind: Kind
    rule: str
    because: str
    type: str | None = None
    refers_to: str | None = None
    record: str | None = None
    also: tuple[str, ...] = ()
    weight: int = SURE


def outside(stretches: Iterable[Stretch], hits: Iterable[Hit]) -> list[Stretch]:
    """The stretches that are not wholly within a hit."""
    within = {
        (low, high)
        for hit in hits
        for low in range(hit.first, hit.last)
        for high in range(low + 1, hit.last + 1)
    }
    return [stretch for stretch in stretches if stretch not in within]


def join(standing: list[Hit], more: Iterable[Hit]) -> list[Hit]:
    """The hits that stand when some more are found."""
    found = list(more)
    return choose([*standing, *found]) if found else standing


def choose(hits: Iterable[Hit]) -> list[Hit]:
    """The hits that stand, in the order of the text: weight first, then length, then given order.

    A longer find wins over one inside it: a governor named after a town is no town.
    """
    ranked = sorted(
        (hit.weight, hit.first - hit.last, hit.first, n, hit) for n, hit in enumerate(hits)
    )
    taken: set[int] = set()
    kept: list[Hit] = []
    for *_, hit in ranked:
        covered = range(hit.first, hit.last)
        if taken.isdisjoint(covered):
            taken.update(covered)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.first)


def named(hit: Hit, written: Written) -> Named:
    """A hit as a find of the article."""
    by = By(hit.rule, hit.because)
    return Named(
        written.span(hit.first, hit.last),
        hit.kind,
        by,
        hit.refers_to,
        hit.record,
        hit.type,
        hit.also,
    )
