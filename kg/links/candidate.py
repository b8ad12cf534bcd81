"""Who or what is to be linked, and the records that it may be. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.authority import Authorities, Entry
from kg.gazetteer.kinds import WIDE
from kg.links.beside import Beside
from kg.links.table import EXACT, Table

Point = tuple[float, float]
"""Latitude and longitude, in degrees."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An actor or place, with what is known of it that tells it from others."""

    kind: str
    slug: str
    type: str
    label: str
    names: tuple[str, ...]
    """Its label and other names, in all languages."""
    point: Point | None = None
    point_from: str = ""
    """The record that its point was taken from, which it therefore proves nothing of."""
    linked: tuple[str, ...] = ()
    """The records judged to be the same: wof:1, almanac:2."""
    within: tuple[str, ...] = ()
    """The records judged to be the same as what it is part of, nearest first."""
    near: tuple[tuple[str, Point], ...] = ()
    """Places that it stands beside, for one that has no point of its own."""

    @property
    def id(self) -> str:
        """Its id in a link table: place:aven"""
        return f"{self.kind}:{self.slug}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that an actor or place may be, as far as its source tells."""

    id: str
    """almanac:2"""
    label: str
    names: tuple[str, ...]
    type: str = ""
    """One of our types; empty where the source does not say, or says what none of ours is."""
    says: str = ""
    """What the source calls it: its classes, or a description."""
    point: Point | None = None
    within: tuple[str, ...] = ()
    """The records that it lies in."""
    also: tuple[str, ...] = ()
    """The ids by which other sources know it, as its source says."""
    sources: tuple[str, ...] = ()
    """Who has it, under which names people know these."""
    carried: bool = False
    """Whether all that is known is that another source carries the id."""
    gone: bool = False
    """Whether its source says that it is no more."""


def subjects(
    authorities: Authorities, tables: Iterable[Table], beside: Beside | None = None
) -> Iterator[Subject]:
    """All actors and places, sorted by id, each with what was judged to be the same.

    `beside` are the places that articles name together.
    """
    linked = _linked(tables)
    for group in (authorities.actors, authorities.places):
        for _, entry in sorted(group.items()):
            yield _subject(entry, group, linked, beside or {})


def subjects_of(table: Table, everyone: Iterable[Subject]) -> list[Subject]:
    """Those that a table is about, by its curie_map."""
    return [one for one in everyone if one.kind in table.kinds]


def _linked(tables: Iterable[Table]) -> dict[str, tuple[str, ...]]:
    found = dict[str, tuple[str, ...]]()
    for table in sorted(tables, key=lambda table: table.target):
        for row in table.rows:
            if row.verdict == "positive" and row.predicate == EXACT:
                found[row.subject] = (*found.get(row.subject, ()), row.object)
    return found


def _subject(
    entry: Entry,
    group: Mapping[str, Entry],
    linked: Mapping[str, tuple[str, ...]],
    beside: Beside,
) -> Subject:
    parents = (linked.get(f"{entry.kind}:{one}", ()) for one in _chain(entry, group))
    return Subject(
        kind=entry.kind,
        slug=entry.slug,
        type=entry.type,
        label=entry.label.get("en") or next(iter(entry.label.values())),
        names=tuple(dict.fromkeys(entry.names)),
        point=entry.point,
        point_from=entry.point_from or "",
        linked=linked.get(f"{entry.kind}:{entry.slug}", ()),
        within=tuple(record for records in parents for record in records),
        near=() if entry.point else _near(entry, group, beside),
    )


def _chain(entry: Entry, group: Mapping[str, Entry]) -> Iterator[str]:
    """What an entry is part of, nearest first; authorities have no circles."""
    parent = entry.part_of
    while parent is not None:
        yield parent
        parent = group[parent].part_of


def _near(
    entry: Entry, group: Mapping[str, Entry], beside: Beside
) -> tuple[tuple[str, Point], ...]:
    """Where the others of its claims are; if no point is known, of its parent, of its articles."""
    claims, articles = beside.get(entry.slug, ((), ()))
    parent = {slug for slug, one in group.items() if one.part_of == entry.part_of} - {entry.slug}
    known = (_points(some, group) for some in (claims, parent if entry.part_of else (), articles))
    return next((points for points in known if points), ())


def _points(slugs: Iterable[str], group: Mapping[str, Entry]) -> tuple[tuple[str, Point], ...]:
    """Where some places are, as far as their points say it."""
    found = ((slug, group[slug]) for slug in sorted(slugs) if slug in group)
    return tuple((slug, one.point) for slug, one in found if one.point and one.type not in WIDE)
