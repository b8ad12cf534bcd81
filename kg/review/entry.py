"""Entries of a mapping as tables of plain JSON: how a form fills them and a journal keeps them.

A table has the keys of the TOML file. Days are written as 2026-03-01; positions are left out, since
they follow from the words.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import fields
from typing import Any, Final

from kg.mapping.codec import quote
from kg.mapping.document import SPREAD, Article, Claim, Mention, Nothing, Part, Voice, key_of
from kg.mapping.write import pairs

Table = dict[str, Any]

KINDS: Final[dict[str, type]] = {
    "article": Article,
    "part": Part,
    "mention": Mention,
    "voice": Voice,
    "claim": Claim,
    "nothing": Nothing,
}
_POSITIONS: Final = ("at", "cue-at")
_DAYS: Final = ("on", "within", "since", "until", "accessed")
"""The keys whose values are days, in whatever table they stand."""


def table_of(entry: Any) -> Table:
    """The table of an entry of a mapping.

    {"voice": "varro", "type": "capture", "place": ["aven-bridge"], "words": "took the bridge"}
    """
    return frozen(tomllib.loads("\n".join(f"{k} = {v}" for k, v in pairs(entry))))


def frozen(found: dict[str, Any]) -> Table:
    """What tomllib gives, as JSON can say it, without positions."""
    return {k: _frozen(v) for k, v in found.items() if k not in _POSITIONS}


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _frozen(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_frozen(v) for v in value]
    return str(value) if isinstance(value, dt.date) else value


def thawed(table: Table) -> dict[str, Any]:
    """The table as tomllib would give it."""
    return {k: _thawed(v, day=k in _DAYS) for k, v in table.items()}


def _thawed(value: Any, *, day: bool) -> Any:
    if isinstance(value, dict):
        return thawed(value)
    if isinstance(value, list):
        return [_thawed(v, day=day) for v in value]
    try:
        return dt.date.fromisoformat(value) if day and isinstance(value, str) else value
    except ValueError:
        return value


def entry_of(kind: str, table: Table) -> tuple[Any, dict[str, str]]:
    """The entry that a table says, and of each key that is wrong what was expected."""
    found, wrong = thawed(table), dict[str, str]()
    known = set[str]()
    entry = _build(KINDS[kind], found, wrong, known)
    wrong |= dict.fromkeys(sorted(set(found) - known), "no such key")
    return entry, wrong


def _build(kind: type, found: dict[str, Any], wrong: dict[str, str], known: set[str]) -> Any:
    values: dict[str, Any] = {}
    for item in fields(kind):
        if SPREAD in item.metadata:
            values[item.name] = _build(item.metadata[SPREAD], found, wrong, known)
            continue
        key = key_of(item)
        known.add(key)
        if found.get(key) is not None:
            try:
                values[item.name] = item.metadata["codec"].parse(found[key])
            except ValueError as expected:
                wrong[key] = f"expected {expected}"
    return kind(**values)


def toml(value: Any) -> str:
    """A value of a table as TOML, tables inline."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return quote(value) if isinstance(value, str) else str(value)


def from_toml(text: str) -> Any:
    """The value that somebody typed as TOML. Raises ValueError with what was expected."""
    try:
        return frozen(tomllib.loads(f"value = {text}"))["value"]
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f'a value as TOML writes it, like ["a", "b"]: {error}') from None
