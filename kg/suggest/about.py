"""What a figure is about: the places and actors of its sentence that its measure speaks of.

Land is held by somebody and is a share of some place; strikes have an agent; a distance lies
between two places; the dead, the displaced and what lasted have a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.suggest.found import Figure, Filled, Named, Proposals, Statement
from kg.suggest.reading import Reading
from kg.text import Span, overlaps

_LAND: Final = ("territory-area", "territory-share", "place-count")
_FORCES: Final = frozenset(
    {"armed-group", "coalition", "government", "militia", "police", "state-forces"}
)


def about(figure: Figure, reading: Reading, found: Proposals) -> list[Filled]:
    """The roles of a figure: its holder or agent, and its place or places."""
    sentence = reading.sentence(figure.span)
    names = [n for n in found.names if sentence[0] <= n.span[0] < sentence[1]]
    roles: list[Filled] = []
    if figure.measure in _LAND:
        told = [s for s in found.statements if overlaps(s.span, [sentence])]
        earlier = [s for s in found.statements if s.span[1] <= sentence[0]]
        roles += (
            _holders(figure, told)
            or list(_first(names, "controller", figure.span))
            or _holders(figure, earlier)
        )
    if figure.measure == "air-strikes":
        roles += _first(names, "agent", figure.span)
    places = list(_places(figure, names))
    if not places and figure.measure in _LAND:
        places = list(_country(figure, found.names))
    return [*roles, *places]


def _holders(figure: Figure, told: Sequence[Statement]) -> list[Filled]:
    """Who holds or took what the figure counts, by the statement nearest to it."""
    for statement in sorted(told, key=lambda s: (_apart(s.span, figure.span), s.span)):
        if held := statement.filling("controller", "gained-by"):
            return [Filled("controller", one.words, one.named) for one in held]
    return []


def _country(figure: Figure, names: Sequence[Named]) -> Iterator[Filled]:
    """The country named last before a figure: what "the country" and "the total" are of."""
    before = [n for n in names if n.type == "country" and n.span < figure.span]
    if before:
        yield Filled("place", before[-1].span, before[-1])


def _first(names: Sequence[Named], role: str, span: Span) -> Iterator[Filled]:
    """The first of the forces that the sentence names before a figure."""
    forces = (n for n in names if n.kind == "actor" and n.type in _FORCES and n.span < span)
    if (named := next(forces, None)) is not None:
        yield Filled(role, named.span, named)


def _places(figure: Figure, names: Sequence[Named]) -> Iterator[Filled]:
    """The place nearest to a figure: for land the next one after it; for a distance two."""
    places = [n for n in names if n.kind == "place"]
    if figure.measure in _LAND:
        after = [n for n in places if n.span[0] >= figure.span[0]]
        places = after or places
    wanted = 2 if figure.measure == "distance" else 1
    nearest = sorted(places, key=lambda n: (_apart(n.span, figure.span), n.span))[:wanted]
    for named in sorted(nearest, key=lambda n: n.span):
        yield Filled("place", named.span, named)


def _apart(one: Span, other: Span) -> int:
    """How many characters lie between two spans."""
    return max(0, one[0] - other[1], other[0] - one[1])
