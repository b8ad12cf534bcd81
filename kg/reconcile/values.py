"""What is known of things beside their names, as data extension sends it."""

from __future__ import annotations

from collections.abc import Callable

from kg.reconcile.targets import TARGETS
from kg.reconcile.thing import Thing, Things

Value = dict[str, str | float]
"""A value as data extension sends it: {"str": …}, {"float": …}, {"date": …} or {"id": …, …}."""
Values = Callable[[Things, Thing], list[Value]]


def label(language: str) -> Values:
    """Its own name in a language."""

    def values(_: Things, thing: Thing) -> list[Value]:
        return [{"str": thing.label[language]}] if language in thing.label else []

    return values


def other_names(_: Things, thing: Thing) -> list[Value]:
    """Its names beside its own."""
    return [{"str": name} for name in thing.names if name not in thing.label.values()]


def coordinates(_: Things, thing: Thing) -> list[Value]:
    """Its point: {"str": "34.5,38.3"}"""
    return [{"str": f"{thing.point[0]:g},{thing.point[1]:g}"}] if thing.point else []


def degrees(at: int) -> Values:
    """Its latitude (0) or longitude (1)."""

    def values(_: Things, thing: Thing) -> list[Value]:
        return [{"float": thing.point[at]}] if thing.point else []

    return values


def types(things: Things, thing: Thing) -> list[Value]:
    """The names of its types."""
    return [{"str": things.types[one].name} for one in thing.types if one in things.types]


def country(things: Things, thing: Thing) -> list[Value]:
    """The country that it lies in, as a thing."""
    found = things.country(thing)
    return [entity(found)] if found else []


def related(name: str) -> Values:
    """The things that a property of it names."""

    def values(things: Things, thing: Thing) -> list[Value]:
        found = (things.by_id.get(one) for one in thing.related.get(name, ()))
        return [entity(one) for one in found if one]

    return values


def target(name: str) -> Values:
    """Its ids in a source, without what their IRIs begin with."""

    def values(_: Things, thing: Thing) -> list[Value]:
        begin = TARGETS[name]
        found = (one for one in thing.links if one.startswith(begin))
        return [{"str": one.removeprefix(begin).strip("/")} for one in found]

    return values


def links(_: Things, thing: Thing) -> list[Value]:
    """The IRIs that name the very same elsewhere."""
    return [{"str": link} for link in thing.links]


def day(at: int) -> Values:
    """The first (0) or last (1) day on which it may have begun."""

    def values(_: Things, thing: Thing) -> list[Value]:
        return [{"date": f"{thing.days[at]}T00:00:00Z"}] if thing.days[at] else []

    return values


def holders(_: Things, __: Thing) -> list[Value]:
    """None: who held a place is a question to the release, which its server asks."""
    return []


def entity(thing: Thing) -> Value:
    """A thing as a value."""
    return {"id": thing.id, "name": thing.name}
