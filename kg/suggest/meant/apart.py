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
    return [_linked(one, parts) for statement in statements for one in parts[statement]]


def _linked(one: Statement, parts: dict[Statement, list[Statement]]) -> Statement:
    """A statement with those it hangs on as they stand after they are taken apart."""
    condition, denied = one.on_condition, one.denies
    if condition is not None:
        one = replace(one, on_condition=parts.get(condition, [condition])[0])
    return one if denied is None else replace(one, denies=parts.get(denied, [denied])[0])


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
