"""The periods of control of a release with the reports they rest on, read once a release."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from kg.names import SCHEMES, WH
from server.facts import property_of

ADMINISTRATIVE: Final = f"{SCHEMES}hold-kind/Administrative"
_TYPE: Final = property_of("rdf:type")
_PERIOD: Final = NamedNode(f"{WH}ControlPeriod")


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


def read_holdings(store: Store) -> tuple[Holding, ...]:
    """All periods of control, sorted by IRI."""
    reader = _Reader(store)
    found = store.quads_for_pattern(None, _TYPE, _PERIOD, None)
    periods = {q.subject for q in found if isinstance(q.subject, NamedNode)}
    return tuple(reader.holding(period) for period in sorted(periods, key=str))


class _Reader:
    """Reads periods; each report that several rest on is read once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.reports: dict[NamedNode, Report | None] = {}
        self.local: dict[str, bool] = {}

    def holding(self, period: NamedNode) -> Holding:
        facts = _facts(self.store, period)
        holder = _first(facts, "wh:controller") or ""
        sources = [one for one in facts["prov:wasDerivedFrom"] if isinstance(one, NamedNode)]
        reports = [report for one in sources if (report := self.report(one))]
        return Holding(
            period.value,
            _first(facts, "wh:place") or "",
            holder,
            _first(facts, "wh:accordingTo"),
            _day(facts, "wh:beginEarliest"),
            _day(facts, "wh:beginLatest"),
            _day(facts, "wh:lastAttested"),
            _day(facts, "wh:endEarliest"),
            _day(facts, "wh:endLatest"),
            disputed=_first(facts, "wh:disputed") == "true",
            local=self.is_local(holder),
            reports=tuple(reports),
        )

    def report(self, node: NamedNode) -> Report | None:
        """The evidence at a node; None for a claim."""
        if node not in self.reports:
            facts = _facts(self.store, node)
            self.reports[node] = self._report(facts) if facts["wh:effect"] else None
        return self.reports[node]

    def _report(self, facts: _Facts) -> Report:
        claims = [one for one in facts["prov:wasDerivedFrom"] if isinstance(one, NamedNode)]
        return Report(
            _day(facts, "wh:beginLatest"),
            _day(facts, "wh:beginEarliest"),
            _day(facts, "wh:lastAttested"),
            _first(facts, "wh:degree"),
            _first(facts, "wh:situation"),
            _first(facts, "wh:extent"),
            any(self._administrative(claim) for claim in claims),
            frozenset(claim.value for claim in claims),
        )

    def _administrative(self, claim: NamedNode) -> bool:
        kinds = self.store.quads_for_pattern(claim, property_of("wh:holdKind"), None, None)
        return NamedNode(ADMINISTRATIVE) in {quad.object for quad in kinds}

    def is_local(self, holder: str) -> bool:
        if holder not in self.local:
            node, inside = NamedNode(holder), property_of("wh:inArticle")
            found = self.store.quads_for_pattern(node, inside, None, None)
            self.local[holder] = next(iter(found), None) is not None
        return self.local[holder]


_Facts = defaultdict[str, list[NamedNode | Literal]]
_READ: Final = {
    property_of(curie).value: curie
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


def _facts(store: Store, node: NamedNode) -> _Facts:
    found: _Facts = defaultdict(list)
    for quad in store.quads_for_pattern(node, None, None, None):
        curie = _READ.get(quad.predicate.value)
        if curie and isinstance(quad.object, NamedNode | Literal):
            found[curie].append(quad.object)
    return found


def _first(facts: _Facts, curie: str) -> str | None:
    return min((one.value for one in facts[curie]), default=None)


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
    for day, after in zip(days, days[1:], strict=False):
        held += changes[day]
        if held >= most and held:
            most, best = held, dt.date.fromordinal(after - 1)
    return best


def days_of_change(holdings: Iterable[Holding]) -> list[dt.date]:
    """The days on which a period begins or ends, as far as reports fix them, sorted."""
    days = {day for one in holdings for day in (one.since_latest, one.end_latest) if day}
    return sorted(days)
