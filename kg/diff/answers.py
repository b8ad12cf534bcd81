"""Which answers to the questions changed between two releases, and because of which claims."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.diff.plain import listed
from kg.diff.reader import Facts, Reader
from kg.diff.thing import RULE, Pair
from kg.question.ask import Cell, ask
from kg.question.read import Question, load_questions

DAYS: Final = 200
"""For how many days of places who-held is asked of each release."""
PLACES: Final = 200
"""Of how many places each question is asked that is about one place."""
ALWAYS: Final = {"changed-hands": {"from": "0001-01-01", "to": "9999-12-31"}}
"""Questions that are asked for all time."""
BOUNDS: Final = ("wh:beginEarliest", "wh:beginLatest", "wh:endEarliest", "wh:endLatest")
HELD: Final = (
    "origin",
    "holder",
    "state",
    "conflicting",
    "degree",
    "situation",
    "extent",
    "disputed",
)
"""What an answer to who-held is compared by."""
DERIVED: Final = ("event", "period", "disagreement", "question", "evidence")
OWNED: Final = ("claim", "voice", "mention")
"""What comes and goes with its article."""

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """Rows of one answer that are gone and new, and why."""

    question: str
    title: str
    about: str
    gone: tuple[str, ...]
    new: tuple[str, ...]
    why: tuple[str, ...]
    key: str
    """Names the change within its two releases."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers that changed; what was asked, and what was not told."""

    changes: tuple[AnswerChange, ...]
    asked: tuple[str, ...]
    cut: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows about the same thing that are gone and new."""

    question: Question
    about: str
    gone: tuple[Row, ...]
    new: tuple[Row, ...]
    columns: tuple[str, ...]
    things: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


@dataclass(slots=True)
class _Asked:
    pair: Pair
    most: int
    changes: list[AnswerChange] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)

    def tell(self, name: str, found: Iterable[_Rows]) -> None:
        """Tells the first changes of an answer, and counts the rest."""
        left = 0
        for number, rows in enumerate(found):
            if number < self.most:
                self.changes.append(_told(self.pair, rows))
            else:
                left += 1
        if left:
            self.cut.append(f"{name}: {left:,} more")


def compare_answers(pair: Pair, places: set[str], held: set[str], most: int) -> Answers:
    """The answers that differ: about places of which claims or periods changed, and about all.

    who-held is asked where periods changed (`held`), for each day on which one begins or ends in
    either release, which samples the place's timeline. Questions that need another parameter than
    a place are not asked: their answers are too many to ask for all.
    """
    if pair.old.release.digest == pair.new.release.digest:
        return Answers((), (), ())
    asked = _Asked(pair, most)
    questions = load_questions()
    days = _place_days(pair, held)
    asked.tell("who-held", _held(pair, questions["who-held"], days[:DAYS]))
    if len(days) > DAYS:
        asked.cut.append(f"who-held: asked for {DAYS} of {len(days):,} days of places")
    local = [q for q in questions.values() if _needed(q) == ["place"]]
    for question in local:
        asked.tell(question.name, _of_places(pair, question, sorted(places)[:PLACES]))
        if len(places) > PLACES:
            asked.cut.append(f"{question.name}: asked of {PLACES} of {len(places):,} places")
    general = [q for q in questions.values() if q.name in ALWAYS or not _needed(q)]
    for question in sorted(general, key=lambda q: (q.name not in ALWAYS, q.name)):
        asked.tell(question.name, _general(pair, question, ALWAYS.get(question.name, {})))
    names = ("who-held", *(question.name for question in (*local, *general)))
    return Answers(tuple(asked.changes), names, tuple(asked.cut))


def _needed(question: Question) -> list[str]:
    """The parameters that it cannot be asked without."""
    return [p.name for p in question.parameters if p.required]


def _place_days(pair: Pair, places: set[str]) -> list[tuple[str, str]]:
    """Places and days, the first day of each place first, so that no place is left out early."""
    found = []
    for place in places:
        days = {day for reader in (pair.old, pair.new) for day in _days(reader, place)}
        found += [(number, place, day) for number, day in enumerate(sorted(days))]
    return [(place, day) for _, place, day in sorted(found)]


def _days(reader: Reader, place: str) -> Iterator[str]:
    for thing in reader.subjects("wh:place", place):
        if reader.kind(thing)[0] == "period":
            for bound in BOUNDS:
                values = reader.values(thing, bound)
                yield from (value.value for value in values if isinstance(value, Literal))


def _held(pair: Pair, question: Question, days: list[tuple[str, str]]) -> Iterator[_Rows]:
    """The changed answers to who-held, days with the same change of the same place together."""
    for place, group in groupby(sorted(days), key=lambda one: one[0]):
        told: dict[tuple[frozenset[str], frozenset[str]], list[_Rows]] = {}
        for _, day in group:
            rows = _held_on(pair, question, place, day)
            if rows:
                told.setdefault((_said(rows.gone), _said(rows.new)), []).append(rows)
        for alike in told.values():
            yield _joined(alike)


def _joined(alike: list[_Rows]) -> _Rows:
    first, days = alike[0], tuple(day for rows in alike for day in rows.days)
    things = dict.fromkeys(thing for rows in alike for thing in rows.things)
    about = f"{first.about} on {listed(days)}"
    return _Rows(
        question=first.question,
        about=about,
        gone=first.gone,
        new=first.new,
        columns=first.columns,
        things=tuple(things),
        days=days,
    )


def _said(rows: Iterable[Row]) -> frozenset[str]:
    return frozenset(map(str, rows))


def _held_on(pair: Pair, question: Question, place: str, day: str) -> _Rows | None:
    given = {"place": place, "date": day}
    old, new = (_rows(reader, question, given, HELD) for reader in (pair.old, pair.new))
    gone, came = _without(old, new), _without(new, old)
    if not gone and not came:
        return None
    things = [thing for rows in (gone, came) for row in rows for thing in row[1]]
    return _Rows(
        question,
        pair.label(place),
        tuple(r[0] for r in gone),
        tuple(r[0] for r in came),
        HELD,
        (*dict.fromkeys(things), place),
        (day,),
    )


_Told = tuple[Row, tuple[str, ...]]
"""A row's cells that are compared, and the things that all of its cells name."""


def _rows(
    reader: Reader, question: Question, given: dict[str, str], compared: tuple[str, ...]
) -> list[_Told]:
    """The rows of an answer; none where a release does not know what is asked about."""
    if any(name == "place" and not reader.facts(value) for name, value in given.items()):
        return []
    answer = ask(reader.store, question, given, reader.names)
    chosen = [i for i, name in enumerate(answer.columns) if name in compared]
    return [
        (tuple(row[i] for i in chosen), tuple(c.value for c in row if isinstance(c, NamedNode)))
        for row in answer.rows
    ]


def _without(rows: list[_Told], others: list[_Told]) -> list[_Told]:
    known = {row for row, _ in others}
    return list({row: (row, things) for row, things in rows if row not in known}.values())


def _of_places(pair: Pair, question: Question, places: Iterable[str]) -> Iterator[_Rows]:
    """The changed rows of the answers about some places."""
    for place in places:
        for rows in _general(pair, question, {"place": place}):
            yield replace(rows, about=pair.label(place), things=(*rows.things, place))


def _general(pair: Pair, question: Question, given: dict[str, str]) -> Iterator[_Rows]:
    """The changed rows of an answer, those about the same thing together."""
    fixed = {p.name for p in question.parameters if p.name in given}
    columns = tuple(c.name for c in question.columns if c.name not in fixed)
    old, new = (_rows(reader, question, given, columns) for reader in (pair.old, pair.new))
    key = _key(columns, [*old, *new])
    found: dict[str, tuple[list[_Told], list[_Told]]] = {}
    for number, rows in enumerate((_without(old, new), _without(new, old))):
        for row in rows:
            found.setdefault(str(row[0][key]), ([], []))[number].append(row)
    for _, (gone, came) in sorted(found.items()):
        things = dict.fromkeys(thing for row in (*gone, *came) for thing in row[1])
        yield _Rows(
            question,
            "",
            tuple(r[0] for r in gone),
            tuple(r[0] for r in came),
            columns,
            tuple(things),
        )


def _key(columns: tuple[str, ...], rows: list[_Told]) -> int:
    """The column that says what a row is about: the last if it names things, else the first."""
    named = all(isinstance(row[-1], NamedNode) for row, _ in rows)
    return len(columns) - 1 if named else 0


def _told(pair: Pair, rows: _Rows) -> AnswerChange:
    gone = tuple(_phrase(pair.old, rows, row) for row in rows.gone)
    new = tuple(_phrase(pair.new, rows, row) for row in rows.new)
    told = (*map(str, rows.gone), "", *map(str, rows.new))
    named = "\n".join([rows.question.name, *told, *rows.things, *rows.days])
    return AnswerChange(
        rows.question.name,
        rows.question.title,
        rows.about,
        gone,
        new,
        tuple(_why(pair, rows)),
        f"{rows.question.name}/{hashlib.sha256(named.encode()).hexdigest()[:16]}",
    )


def _phrase(reader: Reader, rows: _Rows, row: Row) -> str:
    parts = [
        _cell(name, reader.label(cell))
        for name, cell in zip(rows.columns, row, strict=True)
        if name in rows.question.shown and cell is not None
    ]
    together = rows.columns == HELD and row[HELD.index("origin")] is None
    return " · ".join(["all sources together", *parts] if together else parts)


def _cell(column: str, label: str) -> str:
    return label if label.startswith(f"{column}:") else f"{_spaced(column)} {label}"


def _spaced(column: str) -> str:
    return re.sub(r"(?=[A-Z])", " ", column).lower()


def _why(pair: Pair, rows: _Rows) -> Iterator[str]:
    """Why rows changed: the claims behind them that did; else what they name; else the rules."""
    claims = {c for thing in rows.things for reader in _both(pair) for c in reader.claims_of(thing)}
    yield from _first(
        _causes(pair, claims),
        _causes(pair, _claims_about(pair, rows.things)),
        _causes(pair, rows.things),
        _rules(pair, rows.things),
    )


def _first(*found: list[str]) -> list[str]:
    return next((one for one in found if one), [])


def _both(pair: Pair) -> tuple[Reader, Reader]:
    return pair.old, pair.new


def _claims_about(pair: Pair, things: Iterable[str]) -> set[str]:
    """The claims behind all periods of the places that are named: another's may have changed."""
    found: set[str] = set()
    for reader in _both(pair):
        for place in (thing for thing in things if reader.kind(thing)[0] == "place"):
            for period in reader.subjects("wh:place", place):
                if reader.kind(period)[0] == "period":
                    found.update(reader.claims_of(period))
    return found


def _causes(pair: Pair, things: Iterable[str]) -> list[str]:
    """What became of those things that are not in both releases as they were."""
    found = []
    for thing in sorted(set(things)):
        old, new = pair.old.facts(thing), pair.new.facts(thing)
        kind = pair.new.kind(thing)[0]
        if old != new and kind not in DERIVED:
            found.append((kind in OWNED, _cause(pair, thing, old, new)))
    told = any(owned for owned, _ in found)
    return [cause for owned, cause in found if owned or not told]


def _cause(pair: Pair, thing: str, old: Facts, new: Facts) -> str:
    name = pair.new.curie(thing)
    if not new and (end := pair.new.end(thing)):
        return f"{name} {end}"
    if not old or not new:
        with_it = _with_article(pair, thing)
        return f"{name} {'came' if new else 'went'}{with_it}"
    details = [f"{detail.property}: {detail.says}" for detail in pair.details(old, new)]
    return f"{name} changed ({listed(details, 3)})"


def _with_article(pair: Pair, thing: str) -> str:
    kind, local = pair.new.kind(thing)
    article = pair.new.names.iri("article", local.partition(".")[0])
    known = [bool(reader.facts(article)) for reader in _both(pair)]
    return " with its article" if kind in OWNED and known[0] != known[1] else ""


def _rules(pair: Pair, things: Iterable[str]) -> list[str]:
    """The rules that derive things in another version: "derived anew by rule periods 2"."""
    found = set()
    for thing in things:
        old, new = pair.old.facts(thing), pair.new.facts(thing)
        if old.get(RULE) != new.get(RULE):
            found |= {pair.new.label(rule) for rule in new.get(RULE, ())}
    return [f"derived anew by rule {rule}" for rule in sorted(found)]
