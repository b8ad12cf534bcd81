"""Whether a name may mean a place that no article has named: a gazetteer knows more of them."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Final

from kg.gazetteer.choose import Choice, choose
from kg.gazetteer.features import Context, kilometres
from kg.gazetteer.lookup import Gazetteer
from kg.reconcile.answer import Elsewhere, Said
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
    called as a country is the country. Of a country that it does not list it knows nothing: there a
    name is sure only if the country is asked for, or if it lists none of the release's countries.
    """
    chosen = lru_cache(maxsize=1 << 14)(partial(_choose, gazetteer))
    code_of = lru_cache(maxsize=1 << 8)(partial(_code, gazetteer))
    countries = [one for one in things.by_id.values() if COUNTRY in one.types]
    local = any(code_of(one.name) for one in countries)

    def elsewhere(said: Said, thing: Thing) -> bool:
        if COUNTRY in thing.types:
            return False
        country = things.country(thing)
        code = code_of(country.name) if country else ""
        if country and not code:
            return local and not said.country
        choice = chosen(said.name, said.kind, code if said.country else "")
        named = [
            c.record for c in choice.candidates if c.value("label") > NAMED and c.value("type")
        ]
        if not named:
            return False
        if thing.point is None or choice.chosen is None:
            return True
        reach = AROUND if thing.wide else HERE
        return not choice.certain or kilometres(thing.point, choice.chosen.point) > reach

    return elsewhere


def _code(gazetteer: Gazetteer, country: str) -> str:
    """The code of a country that the gazetteer lists, else nothing."""
    return next((one.country for one in gazetteer.exact(country) if one.type == "country"), "")


def _choose(gazetteer: Gazetteer, name: str, kind: str | None, country: str) -> Choice:
    return choose(gazetteer, name, Context(hint=kind, countries=(country,) if country else ()))
