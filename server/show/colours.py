"""The colour of a holder, the same on every page of a release: on maps and on timelines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.release.read import Release
from kg.store import UNION
from server.show.facts import property_of

COLOURS: Final = 8
"""Holders with a colour of their own; the others share the grey."""
GREY: Final = 0


def palette(held: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Colours from 1 for those who held most places in this release; 0, grey, for all others.

    `held` are holders, each with a place.

    >>> palette([("crown", "aven"), ("crown", "holm"), ("league", "aven")])
    {'crown': 1, 'league': 2}
    """
    places: dict[str, set[str]] = defaultdict(set)
    for holder, place in held:
        places[holder].add(place)
    ranked = sorted(places, key=lambda holder: (-len(places[holder]), holder))
    return {h: i if i <= COLOURS else GREY for i, h in enumerate(ranked, 1)}


def colours_of(release: Release) -> dict[str, int]:
    """The colour of each holder of a period of control in a release."""
    store, period = release.store, release.names.iri("period", "")
    places = {
        quad.subject.value: quad.object.value
        for quad in store.quads_for_pattern(None, property_of("wh:place"), None, UNION)
        if isinstance(quad.object, NamedNode)
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(period)
    }
    return palette(_held(store, places))


def _held(store: Store, places: dict[str, str]) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, property_of("wh:controller"), None, UNION):
        period, holder = quad.subject, quad.object
        if not (isinstance(period, NamedNode) and isinstance(holder, NamedNode)):
            continue
        if place := places.get(period.value):
            yield holder.value, place
