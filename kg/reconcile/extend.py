"""Values of properties for things that were reconciled: data extension. Pure.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#data-extension-responses
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from kg.errors import InputError
from kg.reconcile.asked import Extension, Fetched
from kg.reconcile.properties import Property, shown
from kg.reconcile.thing import Thing, Things
from kg.reconcile.values import Value
from kg.reconcile.written import type_of

SETTINGS: Final = (
    {
        "name": "date",
        "label": "Day",
        "type": "text",
        "default": "",
        "help_text": "For holders: who held it on that day, as in 2015-05-22; empty for all times",
    },
    {
        "name": "limit",
        "label": "Values at most",
        "type": "number",
        "default": 0,
        "help_text": "How many values a cell may have; 0 for all",
    },
)
"""What people may set for each property that they fetch."""
Ask = Callable[[Thing, Mapping[str, str]], list[Value]]
"""Answers what is no value of a thing but a question to the release, by a property's settings."""


def extend(things: Things, asked: Extension, questions: Mapping[str, Ask]) -> dict[str, Any]:
    """{"meta": [{"id": "name-ar", "name": "Name in Arabic"}], "rows": {"place/aven": {…}}}

    All ids have to be known. Raises InputError for settings that cannot be.
    """
    found = {one: things.find(one) for one in asked.ids}
    rows = {
        one: {f.property.id: _values(things, thing, f, questions) for f in asked.properties}
        for one, thing in found.items()
        if thing is not None
    }
    return {"meta": [_meta(things, one.property) for one in asked.properties], "rows": rows}


def _values(
    things: Things, thing: Thing, fetched: Fetched, questions: Mapping[str, Ask]
) -> list[Value]:
    most = _limit(fetched.settings.get("limit") or "0")
    ask = questions.get(fetched.property.id)
    if thing.kind not in fetched.property.kinds:
        return []
    found = ask(thing, fetched.settings) if ask else fetched.property.values(things, thing)
    return found[:most] if most else found


def _limit(given: str) -> int:
    if not given.removesuffix(".0").isdecimal() or len(given) > 9:
        raise InputError(
            f"The setting limit is {shown(given)}; expected a whole number, 0 or more."
        )
    return int(given.removesuffix(".0"))


def _meta(things: Things, one: Property) -> dict[str, Any]:
    kind = {"type": type_of(things, one.of_things)} if one.of_things else {}
    return {"id": one.id, "name": one.name, **kind}
