"""A taking or leaving of several places is one event a place: what and where make an event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.suggest.found import Filled, Statement

_OF_ONE_PLACE: Final = ("capture", "unopposed-takeover", "withdrawal")


def take_apart(statements: Sequence[Statement]) -> list[Statement]:
    """The statements in order, those of several places once for each."""
    parts = {statement: list(_parts(statement)) for statement in statements}
    return [
        replace(
            one,
            on_condition=_first(one.on_condition, parts),
            denies=_first(one.denies, parts),
        )
        for statement in statements
        for one in parts[statement]
    ]


def _first(
    statement: Statement | None, parts: dict[Statement, list[Statement]]
) -> Statement | None:
    """The statement as it stands after it is taken apart."""
    return parts.get(statement, [statement])[0] if statement is not None else None


def _parts(statement: Statement) -> Iterator[Statement]:
    places = statement.filling("place")
    if statement.type not in _OF_ONE_PLACE or len(places) < 2 or _is_joint(statement, places):
        yield statement
        return
    for place in places:
        yield replace(statement, span=_span(statement, place), roles=_with(statement, place))


def _is_joint(statement: Statement, places: Sequence[Filled]) -> bool:
    """Whether one amount is of all the places: "parts of northern and eastern Tarn"."""
    if len({place.words for place in places}) == 1:
        return True
    extent = statement.extent
    return extent is not None and all(extent[0] <= place.words[0] for place in places)


def _span(statement: Statement, place: Filled) -> tuple[int, int]:
    start, end = statement.span
    return min(start, place.words[0]), max(end, place.words[1])


def _with(statement: Statement, place: Filled) -> tuple[Filled, ...]:
    return tuple(f for f in statement.roles if f.role != "place" or f is place)
