"""What travels: each entry of a mapping with its place in the text and its other keys.

The head of a mapping (status, article, coding) stays at home: no other tool decides about it.
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from kg.errors import ExchangeError, Finding, MappingError
from kg.gazetteer.latin import readable_slug
from kg.mapping import codec
from kg.mapping.document import (
    Anchor,
    Claim,
    Mapping,
    Mention,
    Nothing,
    Part,
    Path,
    Voice,
    When,
    entries,
    key_of,
)
from kg.mapping.read import read_tables
from kg.mapping.write import write
from kg.text import Span

KINDS: Final[dict[str, type]] = {
    "part": Part,
    "voice": Voice,
    "claim": Claim,
    "mention": Mention,
    "nothing": Nothing,
}
NUMBERED: Final = ("part", "nothing")
"""The sections whose entries have numbers in place of names."""
_PLACED: Final = ("words", "at", "cue", "cue-at")
_DATES: Final = (codec.DATE, codec.PAIR, codec.BOUND)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words and the stretch of the text where they stand."""

    words: str
    at: Span


@dataclass(frozen=True, slots=True)
class Carried:
    """One entry on its way.

    `pieces` are its words; a passage that is given by its first and last words has none, and the
    span `passage`. `keys` are all other keys as JSON has them; `name` is empty where the other tool
    gave none, and `made_up` where only its mark names it there. `line` is where the entry stands in
    the file that it came in.
    """

    section: str
    name: str
    keys: dict[str, Any]
    pieces: tuple[Piece, ...] = ()
    passage: Span | None = None
    cue: tuple[Piece, ...] = ()
    line: int = field(default=1, compare=False)
    made_up: bool = field(default=False, compare=False)

    @property
    def shown(self) -> str:
        """The entry as messages name it."""
        return f"{self.section} '{self.name}'" if self.name else f"a new {self.section}"


def carry(mapping: Mapping, path: str, line_of: Any) -> list[Carried]:
    """The entries of a mapping, in its order.

    Raises ExchangeError where an entry has no position, or one that its words do not fit.
    """
    findings = [Finding(path, line_of(at[:2]), problem) for at, problem in _unplaced(mapping)]
    if findings:
        raise ExchangeError(findings)
    tables = json.loads(json.dumps(tomllib.loads(write(mapping)), default=str))
    return [_carry_one(where, entry, tables) for where, entry in entries(mapping)]


def _unplaced(mapping: Mapping) -> Iterable[tuple[Path, str]]:
    for path, entry in entries(mapping):
        anchors = [(path, entry.anchor)]
        if isinstance(entry, Voice) and (entry.cue.words or entry.cue.at):
            anchors.append(((*path, "cue"), entry.cue.anchor()))
        for where, anchor in anchors:
            if not _fits(anchor):
                shown = " ".join(where).replace(path[1], f"'{path[1]}'", 1)
                advice = "Attach the text and run `whoholds validate --write` first."
                yield where, f"{shown} has no position that its words fit. {advice}"


def _fits(anchor: Anchor) -> bool:
    if not anchor.at:
        return False
    if anchor.words and not (anchor.first or anchor.last):
        return [len(w) for w in anchor.words] == [end - start for start, end in anchor.at]
    if not (anchor.first and anchor.last) or anchor.words or len(anchor.at) > 1:
        return False
    return ends_meet(anchor.first, anchor.last, anchor.at[0]) is not None


def ends_meet(first: str, last: str, at: Span) -> str | None:
    """The whole of a passage where its first and last words touch; nothing where they do not.

    None if no text of that length begins with the one and ends with the other.
    """
    apart = at[1] - at[0] - len(first) - len(last)
    if apart > 0:
        return ""
    whole = first + last[-apart:]
    fits = len(whole) == at[1] - at[0] and whole.endswith(last)
    return whole if fits else None


def _carry_one(path: Path, entry: Any, tables: dict[str, Any]) -> Carried:
    section, name = path
    table = tables[section][int(name) - 1 if section in NUMBERED else name]
    anchor = entry.anchor
    cue = entry.cue.anchor() if isinstance(entry, Voice) else Anchor()
    return Carried(
        section,
        name,
        {key: value for key, value in table.items() if key not in _PLACED},
        _pieces(anchor),
        None if anchor.words else anchor.at[0],
        _pieces(cue),
    )


def _pieces(anchor: Anchor) -> tuple[Piece, ...]:
    return tuple(map(Piece, anchor.words or (), anchor.at or ()))


def land(carried: list[Carried], home: Mapping, path: str) -> Mapping:
    """The mapping that named entries make, with the head of the one at home.

    Raises ExchangeError with every finding of form, each at the line of its entry.
    """
    tables: dict[str, Any] = {"format": 1, "status": "draft"}
    lines: dict[tuple[str, ...], int] = {}
    findings: list[Finding] = []
    for where, one in by_path(carried):
        if where in lines:
            message = f"{one.shown} stands twice, first on line {lines[where]}."
            findings.append(Finding(path, one.line, f"{message} Give one of them another name."))
            continue
        lines[where] = one.line
        if one.section in NUMBERED:
            tables.setdefault(one.section, []).append(_table(one))
        else:
            tables.setdefault(one.section, {})[one.name] = _table(one)
    try:
        landed = read_tables(tables, path, lambda table, _key: lines.get(table[:2], 1))
    except MappingError as error:
        findings += error.findings
        raise ExchangeError(sorted(findings, key=lambda finding: finding.line)) from None
    if findings:
        raise ExchangeError(findings)
    return replace(landed, status=home.status, article=home.article, coding=home.coding)


def by_path(carried: list[Carried]) -> Iterator[tuple[Path, Carried]]:
    """Named entries with their paths in the mapping: parts and empty sentences are counted."""
    counts: Counter[str] = Counter()
    for one in carried:
        counts[one.section] += 1
        number = str(counts[one.section])
        yield (one.section, number if one.section in NUMBERED else one.name), one


def named(carried: list[Carried]) -> list[Carried]:
    """The entries, those without a name called by their first words."""
    taken = {(one.section, one.name) for one in carried}
    found: list[Carried] = []
    for one in carried:
        name = one.name
        if not name and one.section not in NUMBERED:
            words = " ".join(piece.words for piece in one.pieces).split()[:4]
            first = readable_slug(" ".join(words))
            numbers = (f"{first}-{n}" if n > 1 else first for n in range(1, len(carried) + 2))
            name = next(n for n in numbers if (one.section, n) not in taken)
            taken.add((one.section, name))
        found.append(replace(one, name=name))
    return found


def _table(one: Carried) -> dict[str, Any]:
    """The entry as tomllib would give it."""
    table = _revived(KINDS[one.section], one.keys)
    if one.pieces:
        table |= {"words": _one_or_many([p.words for p in one.pieces])}
        table |= {"at": _one_or_many([list(p.at) for p in one.pieces])}
    if one.passage:
        table["at"] = list(one.passage)
    if one.cue:
        table |= {"cue": _one_or_many([p.words for p in one.cue])}
        table |= {"cue-at": _one_or_many([list(p.at) for p in one.cue])}
    return table


def _one_or_many(found: list[Any]) -> Any:
    return found[0] if len(found) == 1 else found


def _revived(kind: type, keys: dict[str, Any]) -> dict[str, Any]:
    """The keys of a table, their dates as dates again: JSON has none."""
    dated = {key_of(f) for f in fields(kind) if f.metadata.get("codec") in _DATES}
    return {
        key: _dated(value)
        if key in dated
        else _revived(When, value)
        if kind is Claim and key == "when" and isinstance(value, dict)
        else value
        for key, value in keys.items()
    }


def _dated(value: Any) -> Any:
    """A date, or dates; what is none stays, and its codec says what it should be."""
    if isinstance(value, list):
        return [_dated(one) for one in value]
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return value
