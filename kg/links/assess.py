"""What is measured of each link, for the shapes to judge. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.gazetteer.features import kilometres, weigh
from kg.gazetteer.kinds import WIDE
from kg.links.candidate import Candidate, Subject
from kg.links.features import WEIGHTS, features, label
from kg.links.kinds import likeness
from kg.links.table import EXACT, Row, Table

Records = Mapping[str, Sequence[Candidate]]
"""What sources at hand say of the records that are linked, by id: several may carry one id."""
AGREE: Final = "agree: "
"""How a comment begins that names the sources of an identifier, set apart by semicolons."""
_DEPENDENT: Final = re.compile(r", too$")
"""How a source ends that has the identifier from one of the others, and proves nothing."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was measured of one link; None where there is nothing to measure by."""

    row: Row
    table: Table
    label: float
    type: float | None
    kilometres: float | None
    """Between two points of different origin, where a point says something."""
    sources: tuple[str, ...]
    conflicts: tuple[str, ...]
    """The ids by which the record's source knows it, and that are not those linked."""
    seen: bool
    """Whether the record itself is at hand."""
    matched: bool
    """Whether all that is at hand is that somebody matched the id with another record."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is said of an actor or place with regard to one target."""

    subject: Subject
    table: Table
    rows: tuple[Row, ...]

    @property
    def settled(self) -> tuple[Row, ...]:
        """The judgements that settle it: the same record, or none to be trusted."""
        return tuple(row for row in self.rows if row.settles)

    @property
    def exact(self) -> tuple[Row, ...]:
        """The records that are said to be the same."""
        return tuple(row for row in self.settled if _is_exact(row))


def assess(
    tables: Iterable[Table], subjects: Iterable[Subject], records: Records
) -> Iterator[Assessment]:
    """One assessment for each link, in the order of tables and rows.

    A row about nobody in the authorities has none.
    """
    known = {subject.id: subject for subject in subjects}
    for table in tables:
        for row in table.rows:
            if row.verdict == "positive" and row.subject in known:
                yield _assessed(row, table, known[row.subject], records.get(row.object, ()))


def cover(tables: Iterable[Table], subjects: Sequence[Subject]) -> Iterator[Coverage]:
    """What is said of everyone whom a table is about, by its curie_map."""
    for table in tables:
        rows: dict[str, list[Row]] = {}
        for row in table.rows:
            rows.setdefault(row.subject, []).append(row)
        for subject in subjects:
            if subject.kind in table.kinds:
                yield Coverage(subject, table, tuple(rows.get(subject.id, ())))


def linked_ids(tables: Iterable[Table]) -> frozenset[str]:
    """The ids of all records that are linked."""
    return frozenset(r.object for t in tables for r in t.rows if r.verdict == "positive")


def _is_exact(row: Row) -> bool:
    return row.verdict == "positive" and row.predicate == EXACT


def _assessed(row: Row, table: Table, subject: Subject, records: Sequence[Candidate]) -> Assessment:
    bare = Candidate(row.object, row.object_label, (row.object_label,))
    found = max(records, key=lambda one: weigh(features(subject, one), WEIGHTS), default=bare)
    kinds = likeness(subject.type, found.type) if found.type else None
    return Assessment(
        row=row,
        table=table,
        label=round(max(label(subject, one).value for one in (bare, found)), 4),
        type=kinds,
        kilometres=_far(subject, found),
        sources=_sources(row, subject, records),
        conflicts=tuple(_conflicts(subject, found)) if _is_exact(row) else (),
        seen=any(one.id == row.object and not one.carried for one in records),
        matched=not any(not one.carried for one in records),
    )


def _far(subject: Subject, found: Candidate) -> float | None:
    """How far the points are apart; None for what is wide, and for a point of that very record."""
    own = subject.point_from in (found.id, *found.also)
    if subject.point is None or found.point is None or own or subject.type in WIDE:
        return None
    return round(kilometres(subject.point, found.point), 1)


def _sources(row: Row, subject: Subject, records: Sequence[Candidate]) -> tuple[str, ...]:
    """Who has the id: those at hand whose record is linked, too, and those that the comment names.

    A source that is at hand is believed for what it has, not for what a comment says it has.
    """
    ours = [one for one in records if not one.carried or set(one.also) & set(subject.linked)]
    at_hand = dict.fromkeys(source for one in ours for source in one.sources)
    named = _named(row.because)
    checked = {source for one in records for source in one.sources}
    return tuple(dict.fromkeys([*at_hand, *(one for one in named if one not in checked)]))


def _named(because: str) -> list[str]:
    if not because.startswith(AGREE):
        return []
    said = [one.strip() for one in because.removeprefix(AGREE).split(";")]
    return [one for one in said if one and not _DEPENDENT.search(one)]


def _conflicts(subject: Subject, found: Candidate) -> Iterator[str]:
    """Other targets' records that the source takes for the same, where another one is linked."""
    for other in found.also:
        space = other.partition(":")[0]
        ours = [one for one in subject.linked if one.partition(":")[0] == space]
        if ours and other not in ours:
            yield other
