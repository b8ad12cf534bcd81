"""The audit of links: each is measured, and the shapes say which measure is out of bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.authority import Authorities
from kg.errors import Finding
from kg.lift.audit import assessment_of, coverage_of, lift_audit
from kg.lift.links import judgement_of, lift_links
from kg.links.assess import Assessment, Coverage, Records, assess, cover
from kg.links.candidate import Subject, subjects
from kg.links.table import Table
from kg.names import Names
from kg.validate import validate
from kg.validate.report import Report, Result, sentence


@dataclass(frozen=True, slots=True)
class Audit:
    """What was measured of the links of some tables, and what the shapes found."""

    assessments: tuple[Assessment, ...]
    coverage: tuple[Coverage, ...]
    report: Report
    findings: tuple[Finding, ...]


def audit(
    tables: Sequence[Table],
    authorities: Authorities,
    records: Records,
    names: Names,
    *,
    fast: bool = True,
) -> Audit:
    """The audit of link tables, all together: one table is second source to another."""
    everyone = list(subjects(authorities, tables))
    assessments = tuple(assess(tables, everyone, records))
    coverage = tuple(cover(tables, everyone))
    quads: list[Quad] = [quad for table in tables for quad in lift_links(table, names)]
    report = validate([*quads, *lift_audit(assessments, coverage, names)], fast=fast)
    places = dict(_places(tables, assessments, coverage, names))
    found = {_finding(result, places, names) for result in report.results}
    found |= set(_strangers(tables, everyone))
    ordered = sorted(found, key=lambda one: (one.path, one.line, one.message))
    return Audit(assessments, coverage, report, tuple(ordered))


def _places(
    tables: Iterable[Table],
    assessments: Iterable[Assessment],
    coverage: Iterable[Coverage],
    names: Names,
) -> Iterator[tuple[str, tuple[str, int, str]]]:
    """Where each node stems from: file, line, and what to call it."""
    for one in coverage:
        line = next((row.line for row in one.rows), 1)
        yield coverage_of(one, names).value, (one.table.path, line, one.subject.id)
    for found in assessments:
        row, path = found.row, found.table.path
        called = f"{row.subject} and {row.object}"
        yield found.table.expanded(row.object), (path, row.line, called)
        yield assessment_of(found, names).value, (path, row.line, called)
    for table in tables:
        for row in table.rows:
            called = f"{row.subject} and {row.object}"
            yield judgement_of(row, table, names).value, (table.path, row.line, called)


def _finding(result: Result, places: dict[str, tuple[str, int, str]], names: Names) -> Finding:
    message = sentence(result, names.prefixes())
    if result.focus not in places:
        return Finding(result.focus, 0, message)
    path, line, called = places[result.focus]
    return Finding(path, line, f"{called}: {message}")


def _strangers(tables: Iterable[Table], everyone: Iterable[Subject]) -> Iterator[Finding]:
    """Rows about nobody in the authorities, or that call somebody otherwise."""
    known = {subject.id: subject.label for subject in everyone}
    for table in tables:
        for row in table.rows:
            if row.subject not in known:
                message = f"{row.subject} is in no authority file. Correct subject_id, or add it."
                yield Finding(table.path, row.line, message)
            elif row.subject_label != known[row.subject]:
                message = (
                    f"{row.subject} is called '{row.subject_label}'; its entry has "
                    f"'{known[row.subject]}'. Correct subject_label."
                )
                yield Finding(table.path, row.line, message)
