"""The tables of a release: CSV for R, pandas and spreadsheets, with a description of every column.

RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), UTF-8, in the order of the rows' IRIs. An empty
cell is what is not stated. Columns and their sentences stand in columns/*.toml.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import product, starmap
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from kg.export.cell import local, row
from kg.export.column import Table, load_table
from kg.export.csvw import METADATA, describe
from kg.export.facts import Facts, Term, written
from kg.export.file import File
from kg.export.panel import Period, Report, Standing, standings
from kg.names import Names

TABLES: Final = ("claims", "events", "periods", "quotations", "figures", "mentions")
"""The tables with one row a thing."""
PANEL: Final = "panel"

FILES: Final = (
    *(File(load_table(n).file, "text/csv", load_table(n).says) for n in (*TABLES, PANEL)),
    File(METADATA, "application/csvm+json", "What every column of the CSV files means (CSVW)."),
)


def write(store: Store, names: Names, folder: Path) -> None:
    """Writes FILES from the store of a release into its folder, which has its release.json."""
    summary = json.loads((folder / "release.json").read_text("utf-8"))
    facts = Facts(store, names, folder.parent)
    for table in map(load_table, TABLES):
        _write(folder, table, (row(table, thing, facts) for thing in facts.each(table.each)))
    panel = load_table(PANEL)
    _write(folder, panel, panel_rows(facts, int(summary["horizon"])))
    described = describe([load_table(name) for name in (*TABLES, PANEL)], summary)
    (folder / METADATA).write_text(described, "utf-8")


def _write(folder: Path, table: Table, rows: Iterable[list[str]]) -> None:
    with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(column.name for column in table.columns)
        writer.writerows(rows)


def panel_rows(facts: Facts, horizon: int) -> Iterator[list[str]]:
    """The rows of panel.csv, by place, day, origin, holder and period; a place at a time."""
    for place in facts.each("wh:Place"):
        periods = [thing for thing in facts.of(place, "^wh:place") if _is_period(facts, thing)]
        for _, _, written_row in merge(*(_period_rows(facts, p, horizon) for p in periods)):
            yield written_row


def _is_period(facts: Facts, thing: Term) -> bool:
    return NamedNode(facts.iri("wh:ControlPeriod")) in facts.of(thing, "rdf:type")


def _period_rows(
    facts: Facts, period: Term, horizon: int
) -> Iterator[tuple[int, list[str], list[str]]]:
    """A period's rows, each after what they are ordered by."""
    place, holder = facts.first(period, "wh:place"), facts.first(period, "wh:controller")
    origin = facts.first(period, "wh:accordingTo")
    if place is None or holder is None:
        return
    order = [written(origin) if origin else "", written(holder), written(period)]
    claims = sum(1 for one in facts.of(period, "prov:wasDerivedFrom") if _is_claim(facts, one))
    whose = [local(facts, origin, "actor") if origin else "", local(facts, holder, "actor")]
    ends = [str(claims), local(facts, period, "period")]
    for one in standings(read_period(facts, period), horizon):
        day = dt.date.fromordinal(one.day).isoformat()
        yield one.day, order, [local(facts, place, "place"), day, *whose, *_known(one), *ends]


def _known(one: Standing) -> list[str]:
    return [one.degree, one.situation, one.state, "" if one.age < 0 else str(one.age)]


def _is_claim(facts: Facts, thing: Term) -> bool:
    return (facts.names.split(written(thing)) or ("",))[0] == "claim"


def read_period(facts: Facts, period: Term) -> Period:
    """A period and its reports: the evidence that it was derived from."""
    bounds = (
        _days(facts, period, f"wh:{n}") for n in ("beginEarliest", "endEarliest", "endLatest")
    )
    since, end_earliest, end_latest = (days[0] for days in bounds)
    found = facts.of(period, "prov:wasDerivedFrom")
    reports = tuple(r for one in found if facts.of(one, "wh:effect") for r in _reports(facts, one))
    return Period(since, end_earliest, end_latest, reports)


def _reports(facts: Facts, evidence: Term) -> Iterator[Report]:
    bounds = [_days(facts, evidence, f"wh:{n}") for n in ("beginEarliest", "beginLatest")]
    until = _days(facts, evidence, "wh:lastAttested")
    degrees = _concepts(facts, evidence, "wh:degree")
    situations = _concepts(facts, evidence, "wh:situation")
    return starmap(Report, product(*bounds, until, degrees, situations))


def _days(facts: Facts, thing: Term, path: str) -> list[int | None]:
    found = facts.of(thing, path)
    days = [
        dt.date.fromisoformat(one.value).toordinal() for one in found if isinstance(one, Literal)
    ]
    return [*days] or [None]


def _concepts(facts: Facts, thing: Term, path: str) -> list[str]:
    return [written(one).rpartition("/")[2] for one in facts.of(thing, path)] or [""]
