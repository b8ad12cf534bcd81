"""The table of groups: the keys of each, and what is counted of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from kg.sparql.columns.counting import Counted, NotExact, count, extreme, sample, total
from kg.sparql.columns.meaning import MOST, Term, values
from kg.sparql.columns.relation import Relation
from kg.sparql.columns.session import Session, quoted
from kg.sparql.columns.tree import PRIVATE, Aggregate, Query, Unrecognised

Key: TypeAlias = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Groups as rows of terms, and what the engine is to compute of each row."""

    names: tuple[str, ...]
    rows: list[tuple[Term, ...]]
    then: str


def table_of_groups(query: Query, found: Relation, session: Session) -> Table:
    """The groups of some solutions. Raises Unrecognised."""
    counted = {n: _counted(n, a, found, session) for n, a in query.aggregates.items()}
    keys = [f"w.{quoted(key)}" for key in query.keys]
    selected = [*keys, *(part for one in counted.values() for part in one.selected)]
    sql = (
        f"SELECT {', '.join(selected)} FROM ({found.sql}) w "
        f"{' '.join(one.joined for one in counted.values())}"
    )
    rows = session.rows(f"{sql} GROUP BY {', '.join(keys)}" if keys else sql)
    if len(rows) > MOST:
        raise Unrecognised
    width = len(keys)
    groups = [tuple(row[:width]) for row in rows]
    session.spell(number for group in groups for number in group)
    columns: list[list[tuple[Term, ...]]] = [[session.terms(group) for group in groups]]
    names, then, begin = [*query.keys], list[str](), width
    for name, one in counted.items():
        end = begin + len(one.selected)
        try:
            columns.append([one.read(row[begin:end]) for row in rows])
            names += one.names
            then.append(one.then)
        except NotExact:
            columns.append(_asked(query, query.aggregates[name], found, groups, session))
            names.append(name)
        begin = end
    whole = [tuple(term for part in parts for term in part) for parts in zip(*columns, strict=True)]
    return Table(tuple(names), whole, " ".join(then))


def _counted(name: str, aggregate: Aggregate, found: Relation, session: Session) -> Counted:
    if aggregate.function == "COUNT":
        return count(name, aggregate)
    if aggregate.function == "SAMPLE":
        return sample(name, aggregate, session)
    if aggregate.function in ("MIN", "MAX"):
        return extreme(name, aggregate, found, session)
    if aggregate.function in ("SUM", "AVG"):
        return total(name, aggregate)
    return Counted((name,), ("count(*)",), _never)


def _never(_: object) -> tuple[Term, ...]:
    """Columns do not join texts: the engine does."""
    raise NotExact


def _asked(
    query: Query, aggregate: Aggregate, found: Relation, groups: list[Key], session: Session
) -> list[tuple[Term, ...]]:
    """What the engine makes of an aggregate over all values of each group."""
    width, of = len(query.keys), aggregate.name or ""
    shown = ", ".join(quoted(name) for name in (*query.keys, of))
    rows: list[Any] = session.rows(f"SELECT {shown} FROM ({found.sql}) ORDER BY ALL LIMIT {MOST}")
    if len(rows) == MOST:
        raise Unrecognised
    session.spell(row[width] for row in rows)
    place = {group: number for number, group in enumerate(groups)}
    told = ((str(place[row[:width]]), *session.terms(row[width:])) for row in rows)
    call = f"{aggregate.function}({'DISTINCT ' * aggregate.distinct}?{PRIVATE}x"
    call += f"; SEPARATOR={aggregate.separator})" if aggregate.function == "GROUP_CONCAT" else ")"
    group = f"?{PRIVATE}g" if query.keys else f"(0 AS ?{PRIVATE}g)"
    text = f"SELECT {group} ({call} AS ?{PRIVATE}r) {{ {values(_ASKED, told)} }}"
    answers = session.engine.ask(f"{text} GROUP BY ?{PRIVATE}g" if query.keys else text)
    given = {int(row[0].value): row[1] for row in answers}
    return [(None if given.get(i) is None else str(given[i]),) for i in range(len(groups))]


_ASKED = (f"{PRIVATE}g", f"{PRIVATE}x")
