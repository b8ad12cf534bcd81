"""Who held a place, as a column of somebody's table: a question, asked of the release."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pyoxigraph import NamedNode

from kg.errors import InputError
from kg.names import concept_key
from kg.question import load_question
from kg.reconcile.extend import Ask
from kg.reconcile.properties import shown
from kg.reconcile.thing import Thing, Things
from kg.reconcile.values import Value
from server.questions.ask import ask_here
from server.show.reach import has, objects, subjects
from server.site import release, terms


def holders(things: Things) -> Mapping[str, Ask]:
    """The questions that columns ask, by property."""

    def ask(thing: Thing, settings: Mapping[str, str]) -> list[Value]:
        date = settings.get("date", "").strip()
        found = _on(thing, _day(date)) if date else _ever(thing)
        return [_value(things, holder, says) for holder, says in found.items()]

    return {"holders": ask}


def _day(given: str) -> str:
    try:
        return dt.date.fromisoformat(given).isoformat()
    except ValueError:
        said = f"The setting date is {shown(given)}; expected a day like 2015-05-22."
        raise InputError(said) from None


def _on(thing: Thing, day: str) -> dict[str, str]:
    """The holders on a day by all sources together, with how it is known: "attested, full"."""
    local = thing.id.partition("/")[2]
    answer = ask_here(load_question("who-held"), {"place": local, "date": day})
    places = {name: answer.columns.index(name) for name in ("origin", "holder", "state", "degree")}
    found: dict[str, str] = {}
    for row in answer.rows:
        origin, holder, state, degree = (row[at] for at in places.values())
        if origin is None and isinstance(holder, NamedNode):
            known = [str(getattr(one, "value", one)) for one in (state, degree) if one is not None]
            said = ", ".join(concept_key(one.rpartition("/")[2]) for one in known)
            found.setdefault(holder.value, said)
    return found


def _ever(thing: Thing) -> dict[str, str]:
    """All that are reported to have held it, taking all sources together."""
    iri = f"{release().names.base}{thing.id}"
    periods = (one for one in subjects("wh:place", iri, "period") if not has(one, "wh:accordingTo"))
    return {holder: "" for period in periods for holder in objects(period, "wh:controller")}


def _value(things: Things, holder: str, says: str) -> Value:
    """The holder as a thing; one that only an article knows is no thing here, but has a name."""
    found = things.find(holder)
    if found is None:
        return {"str": terms().thing(holder).text}
    return {"id": found.id, "name": found.name, **({"description": says} if says else {})}
