"""Ids that are no longer used: what they were merged or split into, or why they were withdrawn."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from kg.errors import AuthorityError, Finding, suggest
from kg.mapping.codec import one_of, parse_date, parse_slug, parse_text, quote
from kg.mapping.lines import Lines, index_lines
from kg.mapping.read import broken_toml
from kg.names import SLUG

FILE: Final = "retired.toml"
STATES: Final = ("merged", "split", "withdrawn")
KINDS: Final = ("article", "actor", "place", "voice", "mention", "claim", "event", "judgement")
"""The kinds of things whose ids people choose. All other things follow from these."""


@dataclass(frozen=True, slots=True)
class Retired:
    """One id that is no longer used: event/old"""

    id: str
    state: str
    on: dt.date
    because: str
    into: tuple[str, ...] = ()
    line: int = 0

    @property
    def said(self) -> str:
        """What became of it: was merged into event/new on 2026-11-21: one event, coded twice"""
        into = f" into {' and '.join(self.into)}" if self.into else ""
        return f"was {self.state}{into} on {self.on}: {self.because}"


def state_of(into: Collection[str]) -> str:
    """The state of an id, by how many others took its place."""
    return "withdrawn" if not into else "merged" if len(into) == 1 else "split"


def is_id(text: str) -> bool:
    """Whether this is the id of a thing that people name: event/aven-bridge-takeover"""
    kind, _, local = text.partition("/")
    return kind in KINDS and all(map(SLUG.fullmatch, local.replace("--", "-").split(".")))


def read_retired(source: str, path: str) -> tuple[Retired, ...]:
    """The entries of retired.toml. Raises AuthorityError with all findings."""
    try:
        found = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise AuthorityError([broken_toml(path, source, error)]) from None
    lines, findings, entries = index_lines(source), list[Finding](), list[Retired]()
    for key in sorted(set(found) - {"retired"}):
        message = f"unknown key '{key}'; expected tables [[retired]]."
        findings.append(Finding(path, lines.of((key,)), message))
    for number, table in enumerate(_tables(found.get("retired", [])), 1):
        try:
            entries.append(_entry(table, number, lines))
        except _WrongError as wrong:
            line = lines.of(("retired", str(number)), wrong.key)
            findings.append(Finding(path, line, str(wrong)))
    findings += [Finding(path, entry.line, message) for entry, message in _clashes(entries)]
    if findings:
        raise AuthorityError(findings)
    return tuple(entries)


def written(entries: Iterable[Retired]) -> str:
    """The entries as retired.toml has them, each after an empty line."""
    return "".join(map(_written, entries))


def _written(entry: Retired) -> str:
    into = f"into = [{', '.join(map(quote, entry.into))}]\n" if entry.into else ""
    return (
        f"\n[[retired]]\nid = {quote(entry.id)}\nstate = {quote(entry.state)}\n{into}"
        f"on = {entry.on}\nbecause = {quote(entry.because)}\n"
    )


class _WrongError(ValueError):
    """What is wrong in one entry, and at which key."""

    def __init__(self, key: str | None, message: str) -> None:
        self.key = key
        super().__init__(message)


def _tables(found: Any) -> Iterator[Any]:
    yield from found if isinstance(found, list) else [found]


def _parse_id(value: Any) -> str:
    text = parse_text(value)
    if not is_id(text):
        raise ValueError(f"kind/id, of {', '.join(KINDS)}")
    return text


def _parse_ids(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError('a list of ids, like ["event/new"]')  # noqa: TRY004 - a value of a file
    return tuple(map(_parse_id, value))


_KEYS: Final[Mapping[str, Any]] = {
    "id": _parse_id,
    "state": lambda value: parse_slug(one_of(*STATES).parse(value)),
    "into": _parse_ids,
    "on": parse_date,
    "because": parse_text,
}


def _entry(table: Any, number: int, lines: Lines) -> Retired:
    if not isinstance(table, dict):
        raise _WrongError(None, "retired must be tables, [[retired]].")
    for key in sorted(set(table) - set(_KEYS)):
        raise _WrongError(key, f"unknown key '{key}'; {suggest(key, _KEYS, 'keys')}.")
    values = {"into": ()} | {key: _parsed(key, value) for key, value in table.items()}
    if missing := [f.name for f in fields(Retired) if f.name in _KEYS and f.name not in values]:
        raise _WrongError(None, f"the retired id has no {', '.join(missing)}. Add it.")
    line = lines.of(("retired", str(number)))
    entry = Retired(**values, line=line)
    if entry.state != state_of(entry.into):
        expected = {"merged": "one id", "split": "two or more ids", "withdrawn": "no ids"}
        message = f"'{entry.id}' is {entry.state} into {len(entry.into)}; expected "
        raise _WrongError("into", f"{message}{expected[entry.state]}. Correct state or into.")
    return entry


def _parsed(key: str, value: Any) -> Any:
    try:
        return _KEYS[key](value)
    except ValueError as expected:
        raise _WrongError(key, f"{key} is {value!r}; expected {expected}.") from None


def _clashes(entries: list[Retired]) -> Iterator[tuple[Retired, str]]:
    """Ids that stand twice, and those that lead back to themselves."""
    by_id: dict[str, Retired] = {}
    for entry in entries:
        if by_id.setdefault(entry.id, entry) is not entry:
            yield entry, f"'{entry.id}' stands twice. Keep one entry."
    for entry in entries:
        seen, waiting = set[str](), list(entry.into)
        while waiting:
            after = waiting.pop()
            if after not in seen and after in by_id:
                seen.add(after)
                waiting += by_id[after].into
        if entry.id in {*seen, *entry.into}:
            yield entry, f"'{entry.id}' is replaced by itself in the end. Break the circle."
