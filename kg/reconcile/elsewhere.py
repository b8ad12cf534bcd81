"""Whether a name may mean a place that no article has named: a gazetteer knows more of them."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Final

from kg.gazetteer.choose import Choice, choose
from kg.gazetteer.features import Context, kilometres
from kg.gazetteer.lookup import Gazetteer
from kg.reconcile.agree import WIDE
from kg.reconcile.answer import Elsewhere
from kg.reconcile.thing import COUNTRY, Thing, Things

HERE: Final = 25.0
"""Kilometres from a place within which a record is of that place."""
AROUND: Final = 200.0
"""The same of what is wide: its point is somewhere in the middle."""
NAMED: Final = 0.5
"""What the label of a record counts from which it has the name."""


def by_gazetteer(gazetteer: Gazetteer, things: Things) -> Elsewhere:
    """Asks a gazetteer: a name means our place only where it is the one that it is sure to mean.

    A place without a point cannot be told from the gazetteer's namesakes of its kind. What is
    called as a country is the country; of one that it does not list, it knows nothing.
    """
    chosen = lru_cache(maxsize=1 << 14)(partial(_choose, gazetteer))
    listed = lru_cache(maxsize=1 << 8)(partial(_lists, gazetteer))

    def elsewhere(name: str, thing: Thing, kind: str | None) -> bool:
        country = things.country(thing)
        if country and not listed(country.name):
            return False
        choice = chosen(name, kind)
        named = [
            c.record for c in choice.candidates if c.value("label") > NAMED and c.value("type")
        ]
        if not named or COUNTRY in thing.types:
            return False
        if thing.point is None or choice.chosen is None:
            return True
        reach = AROUND if any(one in WIDE for one in thing.types) else HERE
        return not choice.certain or kilometres(thing.point, choice.chosen.point) > reach

    return elsewhere


def _lists(gazetteer: Gazetteer, country: str) -> bool:
    return any(record.type == "country" for record in gazetteer.exact(country))


def _choose(gazetteer: Gazetteer, name: str, kind: str | None) -> Choice:
    return choose(gazetteer, name, Context(hint=kind))
