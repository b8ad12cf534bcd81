"""What a client asks, read from JSON: batches of queries, and queries for data extension.

Whatever is not as the specification has it raises InputError, with where, and what is expected.
https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from kg.errors import InputError, suggest
from kg.reconcile.properties import Property, find_property, shown
from kg.reconcile.targets import Given
from kg.reconcile.thing import Type

BATCH: Final = 100
"""Queries in one batch, and ids in one query for data extension, at most."""
MOST: Final = 50
"""Candidates for one query at most."""
USUAL: Final = 10
"""Candidates where no limit is given."""
VALUES: Final = 20
"""Properties of a query, and values of a property, at most."""
COMPARED: Final = 1_000
"""Values of properties in all queries of a batch at most."""
STRICT: Final = ("should", "any", "all")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A property that candidates should have, with one of some values."""

    property: Property
    values: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What one row of a table asks: a name, types, and properties."""

    text: str = ""
    types: tuple[str, ...] = ()
    strict: str = "should"
    limit: int = USUAL
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A property to be fetched, with its settings."""

    property: Property
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extension:
    """What data extension asks: some properties of some things."""

    ids: tuple[str, ...]
    properties: tuple[Fetched, ...]


class TooManyError(InputError):
    """A batch that has more queries than one may have."""


def read_batch(text: str, types: Mapping[str, Type]) -> dict[str, Query]:
    """The queries of a batch by their keys. Raises InputError, TooManyError for a large one."""
    found = _table(_parsed(text, "queries"), "queries", '{"q0": {"query": "Aven"}}')
    if len(found) > BATCH:
        raise TooManyError(f"queries has {len(found):,} queries; at most {BATCH} (batchSize).")
    asked = {one: _query(given, f"queries.{shown(one)}", types) for one, given in found.items()}
    values = sum(len(wanted.values) for query in asked.values() for wanted in query.wanted)
    if values > COMPARED:
        raise TooManyError(f"queries has {values:,} values of properties; at most {COMPARED:,}.")
    return asked


def read_extension(text: str) -> Extension:
    """What data extension asks. Raises InputError, TooManyError for too many ids."""
    found = _table(_parsed(text, "extend"), "extend", '{"ids": […], "properties": [{"id": …}]}')
    ids, asked = found.get("ids"), found.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        _wrong("extend.ids", ids, "a list of ids")
    if not isinstance(asked, list):
        _wrong("extend.properties", asked, 'a list of properties, as in [{"id": "name-ar"}]')
    if len(ids) > BATCH or len(asked) > VALUES:
        raise TooManyError(
            f"extend has {len(ids):,} ids and {len(asked):,} properties; "
            f"at most {BATCH} and {VALUES}."
        )
    fetched = [_fetched(one, f"extend.properties[{at}]") for at, one in enumerate(asked)]
    twice = [one for one, times in Counter(f.property.id for f in fetched).items() if times > 1]
    if twice:
        raise InputError(f"extend.properties has {', '.join(twice)} more than once; ask in turn.")
    return Extension(tuple(dict.fromkeys(ids)), tuple(fetched))


def _parsed(text: str, name: str) -> Any:
    try:
        found = json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "it cannot be read"
        raise InputError(f"{name} is not JSON: {reason}.") from None
    return found


def _no_number(constant: str) -> NoReturn:
    raise InputError(f"{constant} is not JSON. Leave out what is empty.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of two fields with one name the first would be lost without a word."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, times in Counter(n for n, _ in pairs).items() if times > 1)
        raise InputError(f"{shown(twice)} stands twice in one object. Give each a name of its own.")
    return found


_KEYS: Final = ("query", "type", "limit", "properties", "type_strict")


def _query(given: Any, where: str, types: Mapping[str, Type]) -> Query:
    found = _table(given, where, '{"query": "Aven"}')
    for name in found:
        if name not in _KEYS:
            raise InputError(f"{where} has {shown(name)}; {suggest(name[:60], _KEYS, 'fields')}.")
    text, wanted = found.get("query", ""), found.get("properties", [])
    if not isinstance(text, str):
        _wrong(f"{where}.query", text, "a name")
    if not isinstance(wanted, list) or len(wanted) > VALUES:
        _wrong(f"{where}.properties", wanted, f"a list of at most {VALUES}")
    if "query" not in found and not wanted:
        raise InputError(f"{where} has neither query nor properties; it needs one of them.")
    strict = found.get("type_strict", "should")
    if strict not in STRICT:
        _wrong(f"{where}.type_strict", strict, ", ".join(STRICT))
    return Query(
        text.strip(),
        _types(found.get("type", []), f"{where}.type", types),
        strict,
        _limit(found.get("limit", USUAL), f"{where}.limit"),
        tuple(_wanted(one, f"{where}.properties[{at}]") for at, one in enumerate(wanted)),
    )


def _types(given: Any, where: str, known: Mapping[str, Type]) -> tuple[str, ...]:
    """The ids of types; a type may also be given as an object with its id."""
    listed = given if isinstance(given, list) else [given]
    found = [one.get("id") if isinstance(one, dict) else one for one in listed]
    if len(found) > VALUES or not all(isinstance(one, str) for one in found):
        _wrong(where, given, "the id of a type, or a list of them")
    return tuple(known_type(one, where, known) for one in found if one)


def known_type(given: str, where: str, known: Mapping[str, Type]) -> str:
    """The id of a type. Raises InputError with the nearest ones where there is none."""
    if given in known:
        return given
    ends = (one for one in known if given.startswith("http") and given.endswith(f"/{one}"))
    found = next(ends, None)
    if found is None:
        near = suggest(given[:60], known, "types")
        raise InputError(f"{where} is {shown(given)}, which is no type here; {near}.")
    return found


def _limit(given: Any, where: str) -> int:
    whole = isinstance(given, int) or (isinstance(given, float) and given.is_integer())
    if isinstance(given, bool) or not whole or given < 1:
        _wrong(where, given, "a whole number, 1 or more")
    return min(int(given), MOST)


def _wanted(given: Any, where: str) -> Wanted:
    found = _table(given, where, '{"pid": "country", "v": "Tarn"}')
    if not isinstance(found.get("pid"), str) or "v" not in found:
        _wrong(where, given, '{"pid": …, "v": …}')
    one = find_property(found["pid"])
    if one.agree is None:
        raise InputError(f"{where}: {one.id} can be fetched, but not asked for.")
    listed = found["v"] if isinstance(found["v"], list) else [found["v"]]
    if len(listed) > VALUES:
        _wrong(f"{where}.v", listed, f"at most {VALUES} values")
    values = (_value(value, f"{where}.v") for value in listed)
    return Wanted(one, tuple(value for value in values if value != ""))


def _value(given: Any, where: str) -> Given:
    found = given.get("id") if isinstance(given, dict) else given
    if not isinstance(found, str | int | float):
        _wrong(where, given, 'a text, a number, true or false, or {"id": …}')
    return found.strip()[:1000] if isinstance(found, str) else found


def _fetched(given: Any, where: str) -> Fetched:
    found = _table(given, where, '{"id": "name-ar"}')
    if not isinstance(found.get("id"), str):
        _wrong(f"{where}.id", found.get("id"), "the id of a property")
    set_to = found.get("settings")
    settings = _table({} if set_to is None else set_to, f"{where}.settings", '{"limit": "5"}')
    plain = {n: f"{v}" for n, v in settings.items() if isinstance(v, str | int | float)}
    return Fetched(find_property(found["id"]), plain)


def _table(given: Any, where: str, example: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        _wrong(where, given, f"an object like {example}")
    found: dict[str, Any] = given
    return found


def _wrong(where: str, given: object, expected: str) -> NoReturn:
    raise InputError(f"{where} is {shown(given)}; expected {expected}.")


def unknown(ids: Iterable[str]) -> str:
    """What is said of ids that the release does not have."""
    listed = [shown(one) for one in ids]
    more = f" and {len(listed) - 5:,} more" if len(listed) > 5 else ""
    return f"This release has nothing with the id {', '.join(listed[:5])}{more}."
