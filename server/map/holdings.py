"""The periods of control of a release with the reports they rest on, read once a release."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.names import SCHEMES, Names
from kg.store import UNION
from server.show.facts import property_of

_EFFECT: Final = "wh:effect"
ADMINISTRATIVE: Final = f"{SCHEMES}hold-kind/Administrative"


@dataclass(frozen=True, slots=True)
class Report:
    """What one claim says of a hold: since when at the latest, and until when it surely lasted."""

    begun: dt.date | None
    opened: dt.date | None
    until: dt.date | None
    degree: str | None
    situation: str | None
    extent: str | None
    administrative: bool
    claims: frozenset[str]


@dataclass(frozen=True, slots=True)
class Holding:
    """A period of control: who, where, by whose account (None is all sources), and its bounds."""

    period: str
    place: str
    holder: str
    origin: str | None
    since_earliest: dt.date | None
    since_latest: dt.date | None
    last_attested: dt.date | None
    end_earliest: dt.date | None
    end_latest: dt.date | None
    disputed: bool
    local: bool
    """Whether only one article knows the holder."""
    reports: tuple[Report, ...]


def read_holdings(store: Store, names: Names) -> tuple[Holding, ...]:
    """All periods of control, sorted by IRI."""
    facts = _gather(store, names)
    administrative = _administrative(store)
    reports = {node: _report(of, administrative) for node, of in facts.items() if _EFFECT in of}
    periods = sorted(facts.keys() - reports.keys())
    holders = {holder for period in periods for holder in facts[period]["wh:controller"]}
    local = {holder for holder in holders if _is_local(store, holder)}
    return tuple(_holding(period, facts[period], reports, local) for period in periods)


def _holding(
    period: str, facts: _Facts, reports: dict[str, Report], local: Container[str]
) -> Holding:
    holder = _first(facts, "wh:controller") or ""
    return Holding(
        period,
        _first(facts, "wh:place") or "",
        holder,
        _first(facts, "wh:accordingTo"),
        _day(facts, "wh:beginEarliest"),
        _day(facts, "wh:beginLatest"),
        _day(facts, "wh:lastAttested"),
        _day(facts, "wh:endEarliest"),
        _day(facts, "wh:endLatest"),
        disputed=_first(facts, "wh:disputed") == "true",
        local=holder in local,
        reports=tuple(
            reports[one] for one in facts.get("prov:wasDerivedFrom", ()) if one in reports
        ),
    )


def _report(facts: _Facts, administrative: Container[str]) -> Report:
    claims = facts.get("prov:wasDerivedFrom", [])
    return Report(
        _day(facts, "wh:beginLatest"),
        _day(facts, "wh:beginEarliest"),
        _day(facts, "wh:lastAttested"),
        _first(facts, "wh:degree"),
        _first(facts, "wh:situation"),
        _first(facts, "wh:extent"),
        any(claim in administrative for claim in claims),
        frozenset(claims),
    )


def _administrative(store: Store) -> set[str]:
    """The claims of an administrative hold."""
    kind, wanted = property_of("wh:holdKind"), NamedNode(ADMINISTRATIVE)
    return {_text(quad.subject) for quad in store.quads_for_pattern(None, kind, wanted, UNION)}


def _is_local(store: Store, holder: str) -> bool:
    inside = store.quads_for_pattern(NamedNode(holder), property_of("wh:inArticle"), None, UNION)
    return next(iter(inside), None) is not None


_Facts = dict[str, list[str]]
_GRAPHS: Final = ("periods", "disputed", "evidence", "rivals")
"""The rules that derive periods and the evidence they rest on."""
_READ: Final = {
    property_of(curie): curie
    for curie in (
        "wh:accordingTo",
        "wh:beginEarliest",
        "wh:beginLatest",
        "wh:controller",
        "wh:degree",
        "wh:disputed",
        "wh:effect",
        "wh:endEarliest",
        "wh:endLatest",
        "wh:extent",
        "wh:lastAttested",
        "wh:place",
        "wh:situation",
        "prov:wasDerivedFrom",
    )
}


def _gather(store: Store, names: Names) -> dict[str, _Facts]:
    """What the rules state of periods and evidence, by IRI: whole graphs are read the quickest."""
    found: dict[str, _Facts] = defaultdict(dict)
    for rule in _GRAPHS:
        graph = NamedNode(names.graph(f"derived/{rule}"))
        for quad in store.quads_for_pattern(None, None, None, graph):
            if curie := _READ.get(quad.predicate):
                found[_text(quad.subject)].setdefault(curie, []).append(_text(quad.object))
    return found


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def _first(facts: _Facts, curie: str) -> str | None:
    return min(facts.get(curie, ()), default=None)


def _day(facts: _Facts, curie: str) -> dt.date | None:
    text = _first(facts, curie)
    return dt.date.fromisoformat(text) if text else None


def telling_day(holdings: Iterable[Holding]) -> dt.date | None:
    """The latest of the days on which reports of all sources attest the most places."""
    spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for one in holdings:
        over = one.end_earliest or one.end_latest
        last = over.toordinal() - 1 if over else dt.date.max.toordinal()
        for report in one.reports if one.origin is None else ():
            if report.begun and report.until:
                end = min(report.until.toordinal(), last)
                spans[one.place].add((report.begun.toordinal(), end))
    changes: dict[int, int] = defaultdict(int)
    for of in spans.values():
        for start, end in _joined(of):
            changes[start] += 1
            changes[end + 1] -= 1
    return _busiest(changes)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(s for s in spans if s[0] <= s[1]):
        if found and start <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _busiest(changes: dict[int, int]) -> dt.date | None:
    most, held, best = 0, 0, None
    days = sorted(changes)
    for day, after in itertools.pairwise(days):
        held += changes[day]
        if held >= most and held:
            most, best = held, dt.date.fromordinal(after - 1)
    return best


def days_of_change(holdings: Iterable[Holding]) -> list[dt.date]:
    """The days on which a period begins or ends, as far as reports fix them, sorted."""
    days = {day for one in holdings for day in (one.since_latest, one.end_latest) if day}
    return sorted(days)
