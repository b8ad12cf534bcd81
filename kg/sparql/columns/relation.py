"""Solutions as SQL: a relation of term numbers, a column for each variable, and how two are joined.

As https://www.w3.org/TR/sparql11-query/#sparqlAlgebra has it: solutions are a multiset, and what
is unbound is NULL. A join over what may be unbound is left to the engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.sparql.columns.session import quoted
from kg.sparql.columns.tree import Unrecognised


@dataclass(frozen=True, slots=True)
class Relation:
    """Solutions as SQL, and for each of their variables whether it is surely bound."""

    sql: str
    bound: dict[str, bool]
    sources: dict[str, str] = field(default_factory=dict)
    """For a variable where its terms come from: SQL of all it can be, cheaper than `sql`."""


UNIT = Relation("SELECT 1 AS _unit", {})


def join(left: Relation, right: Relation) -> Relation:
    """The solutions of both that agree. Raises Unrecognised if what they share may be unbound."""
    if not left.bound:
        return right if left is UNIT else _crossed(left, right)
    shared = _shared(left, right)
    if not shared:
        return _crossed(left, right)
    added = [name for name in right.bound if name not in left.bound]
    shown = ", ".join(["l.*", *(f"r.{quoted(n)}" for n in added)])
    sql = f"SELECT {shown} FROM ({left.sql}) l JOIN ({right.sql}) r ON {_same(shared)}"
    return Relation(sql, right.bound | left.bound, right.sources | left.sources)


def left_join(left: Relation, right: Relation) -> Relation:
    """All solutions of the left, with what agrees of the right. Raises Unrecognised as `join`."""
    shared = _shared(left, right)
    added = [name for name in right.bound if name not in left.bound]
    shown = [*(f"l.{quoted(n)}" for n in left.bound), *(f"r.{quoted(n)}" for n in added)]
    sql = (
        f"SELECT {', '.join(shown) or '1 AS _unit'} FROM ({left.sql}) l "
        f"LEFT JOIN ({right.sql}) r ON {_same(shared)}"
    )
    return Relation(sql, left.bound | dict.fromkeys(added, False), left.sources)


def union(branches: list[Relation]) -> Relation:
    """The solutions of all branches, one after the other."""
    if len(branches) == 1:
        return branches[0]
    names = list(dict.fromkeys(name for branch in branches for name in branch.bound))
    if not names:
        sql = " UNION ALL ".join(f"SELECT 1 AS _unit FROM ({b.sql})" for b in branches)
        return Relation(sql, {})
    parts = list[str]()
    for branch in branches:
        shown = (quoted(n) if n in branch.bound else f"NULL::INTEGER AS {quoted(n)}" for n in names)
        parts.append(f"SELECT {', '.join(shown)} FROM ({branch.sql})")
    bound = {name: all(branch.bound.get(name, False) for branch in branches) for name in names}
    return Relation(" UNION ALL ".join(parts), bound)


def _crossed(left: Relation, right: Relation) -> Relation:
    shown = _list([*left.bound, *right.bound]) or "1 AS _unit"
    sql = f"SELECT {shown} FROM ({left.sql}) CROSS JOIN ({right.sql})"
    return Relation(sql, left.bound | right.bound, left.sources | right.sources)


def _shared(left: Relation, right: Relation) -> list[str]:
    shared = [name for name in left.bound if name in right.bound]
    if not all(left.bound[name] and right.bound[name] for name in shared):
        raise Unrecognised
    return shared


def _same(names: Iterable[str]) -> str:
    return " AND ".join(f"l.{quoted(n)} = r.{quoted(n)}" for n in names) or "true"


def _list(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in names)
