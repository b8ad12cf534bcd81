"""Whether two say the same kind of thing: our types, and the classes of other sources. Pure."""

from __future__ import annotations

import importlib.resources
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Final

from kg.folding import fold
from kg.gazetteer.kinds import SETTLEMENTS

PERSON: Final = "person"
"""What other sources say of people of every type."""
PEOPLE: Final = (
    "official",
    "military-officer",
    "expert",
    "journalist",
    "leader",
    "spokesperson",
    "private-person",
    PERSON,
)
_KIN: Final = (
    frozenset(SETTLEMENTS),
    frozenset({"governorate", "district", "region", "area", "valley"}),
    frozenset({"facility", "airbase", "refinery", "hospital", "prison", "border-crossing"}),
    frozenset({"armed-group", "militia", "coalition", "community"}),
    frozenset({"state-forces", "police"}),
    frozenset({"government", "government-office"}),
    frozenset({"monitoring-group", "think-tank", "international-organization", "news-outlet"}),
)
"""Types that sources draw the line between differently."""


def type_of(classes: Iterable[str]) -> str:
    """The type of ours that a source's classes, by their English labels, come nearest to; or none.

    >>> type_of(["big city", "human settlement"]), type_of(["song"])
    ('city', '')
    """
    known = _classes()
    found = [hit for label in classes if (hit := _longest(fold(label), known))]
    return known[max(found, key=lambda words: (-_rank(known[words]), len(words)))] if found else ""


def likeness(one: str, other: str) -> float:
    """How well two types go together: 1 the same, 0.6 kin, 0 different things."""
    if one == other or {one, other} <= set(PEOPLE):
        return 1.0
    if {one, other} <= set(SETTLEMENTS):
        return 1 - 0.2 * abs(SETTLEMENTS.index(one) - SETTLEMENTS.index(other))
    return 0.6 if any({one, other} <= kin for kin in _KIN) else 0.0


def _longest(label: str, known: dict[str, str]) -> str:
    """The longest known words that a label ends with, or begins with: "city of …"."""
    words = label.split()
    for size in range(len(words), 0, -1):
        for some in (" ".join(words[-size:]), " ".join(words[:size])):
            if some in known:
                return some
    return ""


def _rank(type_: str) -> int:
    """A village by one class and a city by another is a city: the wider word is the looser one."""
    return 1 if type_ == "village" else 0


@cache
def _classes() -> dict[str, str]:
    source = importlib.resources.files("kg.links").joinpath("kinds.toml").read_text("utf-8")
    groups = tomllib.loads(source)
    return {fold(w): type_ for kinds in groups.values() for type_, ws in kinds.items() for w in ws}
