"""Control events of re3d's articles: their type and place, then actor and status of those found.

A statement finds an event of the gold layer where both are of one type, the statement stands in the
sentence of the event's anchor (a few words of the text), and the words of its place, or of how much
of it, hold one of the event's place words. Types are compared as the layer has them:
capture (with unopposed takeover, and a fall whose taker is not told), lose, withdraw, advance,
besiege, control (of degree full or dominant). Events marked optional are not wanted, and what
finds only them is neither right nor wrong; every other proposal of these types must find one.
Of the events found, the actor is right where a role but the place's holds one of its actor words
(events without any are left out); the status where negated, unrealised (planned, conditional,
predicted, feared or failed) or asserted agrees.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import TextError
from kg.evaluate.counts import Measured
from kg.gazetteer.lookup import load
from kg.suggest.control import state
from kg.suggest.control.frames import PLACE_ROLES
from kg.suggest.found import Filled, Statement
from kg.suggest.model import load_model, parse
from kg.suggest.names import know, name
from kg.suggest.reading import Reading, read_text
from kg.text import Span

_TYPES: Final = {
    "capture": "capture",
    "unopposed-takeover": "capture",
    "loss-of-control": "lose",
    "withdrawal": "withdraw",
    "advance": "advance",
    "siege": "besiege",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the gold layer: where it stands, what it is, and how it may be worded."""

    span: Span
    type: str
    actors: tuple[str, ...]
    places: tuple[str, ...]
    status: str
    optional: bool


def measure(folder: Path) -> list[Measured]:
    """Type and place, actor, status. Raises TextError where the set is not there."""
    found, actor, status = (
        Measured(name) for name in ("control event: type and place", "actor", "status")
    )
    articles = list(read(folder / "re3d"))
    known = know(None, load())
    readings = parse(load_model(), (read_text(text) for text, _ in articles))
    for reading, (_, events) in zip(readings, articles, strict=True):
        pairs = match(reading, state(reading, name(reading, known), [], []), events)
        wanted = [e for e in events if not e.optional]
        hits = {id(e): s for s, es in pairs for e in es}
        scored = [(s, es) for s, es in pairs if not es or any(not e.optional for e in es)]
        found.add(
            ((s.by.rule, bool(es)) for s, es in scored),
            sum(id(e) in hits for e in wanted),
            len(wanted),
        )
        matched = [(hits[id(e)], e) for e in wanted if id(e) in hits]
        _add(actor, [(s, has_actor(reading, s, e)) for s, e in matched if e.actors])
        _add(status, [(s, status_of(s) == e.status) for s, e in matched])
    return [found, actor, status]


def _add(measured: Measured, judged: list[tuple[Statement, bool]]) -> None:
    right = sum(verdict for _, verdict in judged)
    measured.add(((s.by.rule, verdict) for s, verdict in judged), right, len(judged))


def match(
    reading: Reading, statements: Iterable[Statement], events: list[Event]
) -> list[tuple[Statement, list[Event]]]:
    """Each statement of a type that the layer has, with the events that it finds."""
    return [
        (statement, [e for e in events if _finds(reading, statement, e)])
        for statement in statements
        if type_of(statement) is not None
    ]


def type_of(statement: Statement) -> str | None:
    """The layer's word for what a statement tells; None for what it does not have."""
    if statement.degree in ("full", "dominant", "partial"):
        return "control"
    if statement.type == "loss-of-control" and not statement.filling("lost-by", "gained-by"):
        return "capture"
    return _TYPES.get(statement.type or "")


def status_of(statement: Statement) -> str:
    """The layer's word for a statement's standing."""
    if statement.polarity == "negative":
        return "negated"
    real = statement.factuality == "asserted" and statement.completion != "failed"
    return "asserted" if real else "unrealised"


def has_actor(reading: Reading, statement: Statement, event: Event) -> bool:
    """Whether a role that is no place holds one of the words for the event's actor."""
    who = [f for f in statement.roles if f.role not in PLACE_ROLES]
    return _holds(reading, who, None, event.actors)


def _finds(reading: Reading, statement: Statement, event: Event) -> bool:
    where = statement.filling(*PLACE_ROLES)
    low, high = reading.sentence(event.span)
    near = low <= statement.span[0] < max(high, event.span[1])
    same = type_of(statement) == event.type
    return same and near and _holds(reading, where, statement.extent, event.places)


def _holds(
    reading: Reading, fillings: list[Filled], extent: Span | None, wanted: tuple[str, ...]
) -> bool:
    spans = [f.words for f in fillings] + [f.named.span for f in fillings if f.named]
    said = " ".join(reading.words(s) for s in (*spans, *([extent] if extent else [])))
    words = set(re.findall(r"[\w%]+", said.casefold()))
    return any(set(re.findall(r"[\w%]+", each.casefold())) <= words for each in wanted)


def read(folder: Path) -> Iterator[tuple[str, list[Event]]]:
    """Each article's text with its events."""
    rows = [*_rows(folder / "control_events.jsonl")]
    for article in _rows(folder / "articles.jsonl"):
        yield article["text"], [_event(row) for row in rows if row["doc"] == article["_id"]]


def _event(row: dict[str, Any]) -> Event:
    start = row["anchor_start"]
    return Event(
        (start, start + len(row["anchor"])),
        row["type"],
        tuple(row["actor_alternatives"]),
        tuple(row["place_alternatives"]),
        row["status"],
        row["optional"],
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise TextError(f"{path} is not there. Give the folder of the gold sets (--gold).")
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)
