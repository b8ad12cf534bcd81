"""Groups of patterns as SQL: a relation of term numbers, a column for each variable.

As https://www.w3.org/TR/sparql11-query/#sparqlAlgebra has it: solutions are a multiset, and what
is unbound is NULL. A join over what may be unbound is left to the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.sparql.columns.file import MANY
from kg.sparql.columns.meaning import MOST, listed
from kg.sparql.columns.session import Session, quoted
from kg.sparql.columns.tree import (
    Bind,
    Constant,
    Element,
    Expression,
    Filter,
    Group,
    Optional,
    Triple,
    Union,
    Unrecognised,
    Values,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """Solutions as SQL, and for each of their variables whether it is surely bound."""

    sql: str
    bound: dict[str, bool]
    sources: dict[str, str] = field(default_factory=dict)
    """For a variable where its terms come from: SQL of all it can be, cheaper than `sql`."""


UNIT = Relation("SELECT 1 AS _unit", {})


def constants(group: Group) -> Iterator[str]:
    """All constants of a group's patterns and tables."""
    for element in group.elements:
        if isinstance(element, Triple):
            yield from (n.text for _, n in element.nodes if isinstance(n, Constant))
        elif isinstance(element, Values):
            yield from (term.text for row in element.rows for term in row if term)
        elif isinstance(element, Optional):
            yield from constants(element.group)
        elif isinstance(element, Union):
            for branch in element.branches:
                yield from constants(branch)


def relation(group: Group, session: Session) -> Relation:
    """The solutions of a group. Raises Unrecognised."""
    found, triples = UNIT, list[Triple]()
    for element in group.elements:
        if isinstance(element, Triple):
            triples.append(element)
        elif not isinstance(element, Filter):
            found = _with(element, _joined(found, triples, session), session)
            triples = []
    found = _joined(found, triples, session)
    for element in group.elements:
        if isinstance(element, Filter):
            found = _filtered(found, element.expression, session)
    return found


def _with(element: Element, found: Relation, session: Session) -> Relation:
    if isinstance(element, Bind):
        return _extended(found, element, session)
    if isinstance(element, Values):
        return join(found, _table(element, session))
    if isinstance(element, Optional):
        return _optional(found, element.group, session)
    if isinstance(element, Union):
        return join(found, _union([relation(b, session) for b in element.branches]))
    raise Unrecognised


def _joined(found: Relation, triples: list[Triple], session: Session) -> Relation:
    return join(found, _basic(triples, session)) if triples else found


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


def _basic(triples: list[Triple], session: Session) -> Relation:
    """Patterns of three, joined."""
    columns, conditions = dict[str, str](), list[str]()
    sources = dict[str, str]()
    for number, triple in enumerate(triples):
        for letter, node in triple.nodes:
            column = f"t{number}.{letter}"
            if isinstance(node, Constant):
                conditions.append(f"{column} = {session.number(node.text)}")
            elif node.name in columns:
                conditions.append(f"{column} = {columns[node.name]}")
            else:
                columns[node.name] = column
                sources |= _source(triple, letter, node.name, session)
    shown = ", ".join(f"{c} AS {quoted(n)}" for n, c in columns.items()) or "1 AS _unit"
    tables = ", ".join(f"triples t{number}" for number in range(len(triples)))
    sql = f"SELECT {shown} FROM {tables} WHERE {' AND '.join(conditions) or 'true'}"
    return Relation(sql, dict.fromkeys(columns, True), sources)


def _source(triple: Triple, letter: str, name: str, session: Session) -> dict[str, str]:
    """Where a variable's terms come from, if its pattern names the predicate."""
    if not isinstance(triple.predicate, Constant):
        return {}
    conditions = [
        f"{other} = {session.number(node.text)}"
        for other, node in triple.nodes
        if isinstance(node, Constant)
    ]
    where = " AND ".join(conditions)
    return {name: f"SELECT DISTINCT {letter} FROM triples WHERE {where}"}


def _union(branches: list[Relation]) -> Relation:
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


def _optional(left: Relation, group: Group, session: Session) -> Relation:
    """OPTIONAL. Raises Unrecognised if a filter in it reads what stands outside."""
    right = relation(group, session)
    for element in group.elements:
        if isinstance(element, Filter) and any(
            name in left.bound and name not in right.bound for name in element.expression.variables
        ):
            raise Unrecognised
    shared = _shared(left, right)
    added = [name for name in right.bound if name not in left.bound]
    shown = [*(f"l.{quoted(n)}" for n in left.bound), *(f"r.{quoted(n)}" for n in added)]
    sql = (
        f"SELECT {', '.join(shown) or '1 AS _unit'} FROM ({left.sql}) l "
        f"LEFT JOIN ({right.sql}) r ON {_same(shared)}"
    )
    return Relation(sql, left.bound | dict.fromkeys(added, False), left.sources)


def _table(table: Values, session: Session) -> Relation:
    texts = [[None if t is None else session.constants[t.text] for t in row] for row in table.rows]
    rows = [tuple(session.numbers(row)) for row in texts]
    name = session.table([quoted(n) for n in table.names], rows)
    bound = {n: all(row[i] is not None for row in rows) for i, n in enumerate(table.names)}
    return Relation(f"SELECT * FROM {name}", bound)


def tuples(found: Relation, names: list[str], session: Session) -> list[tuple[int | None, ...]]:
    """The distinct tuples of some variables, spelling known."""
    if not names:
        return [()]
    source = found.sources.get(names[0], "") if len(names) == 1 else ""
    if source in session.columns.lists:
        rows = session.columns.lists[source]
    else:
        each = source or f"SELECT DISTINCT {_list(names)} FROM ({found.sql})"
        rows = session.rows(f"{each} LIMIT {MOST + 1}")
        _keep(source, rows, session)
    if len(rows) > MOST:
        raise Unrecognised
    session.spell(number for row in rows for number in row)
    return rows


def _keep(source: str, rows: list[tuple[int | None, ...]], session: Session) -> None:
    """Keeps the list of what a variable can be, if it comes from the statements alone."""
    lists = session.columns.lists
    if "FROM triples" in source and sum(map(len, lists.values())) + len(rows) < MANY:
        lists[source] = rows


def _filtered(found: Relation, test: Expression, session: Session) -> Relation:
    """The solutions that pass a test, which the engine makes of each distinct tuple."""
    names = [name for name in found.bound if name in test.variables]
    rows = tuples(found, names, session)
    kept = _kept(found, test, names, rows, session)
    if len(kept) == len(rows):
        return found
    if not kept or not names:
        return Relation(f"SELECT * FROM ({found.sql}) WHERE false", found.bound, found.sources)
    table = session.table([quoted(n) for n in names], [rows[i] for i in kept])
    sql = f"SELECT l.* FROM ({found.sql}) l SEMI JOIN {table} r ON {_alike(found, names)}"
    return Relation(sql, found.bound, found.sources)


def _kept(
    found: Relation,
    test: Expression,
    names: list[str],
    rows: list[tuple[int | None, ...]],
    session: Session,
) -> list[int]:
    """The numbers of the rows that pass a test."""
    source = found.sources.get(names[0], "") if len(names) == 1 else ""
    if source not in session.columns.lists:
        return session.engine.keep(test, names, [session.terms(row) for row in rows])
    stores = session.columns.stores
    if source not in stores:
        stores[source] = listed(str(session.terms(row)[0]) for row in rows)
    return session.engine.keep_of(test, names[0], stores[source])


def _alike(found: Relation, names: list[str]) -> str:
    """The condition that rows have the same terms, or lack the same."""
    return " AND ".join(
        f"l.{quoted(n)} {'=' if found.bound[n] else 'IS NOT DISTINCT FROM'} r.{quoted(n)}"
        for n in names
    )


def _extended(found: Relation, bind: Bind, session: Session) -> Relation:
    """The solutions with one more variable, which the engine computes from each distinct tuple."""
    names = [name for name in found.bound if name in bind.expression.variables]
    rows = tuples(found, names, session)
    terms = session.engine.compute(bind.expression, names, [session.terms(row) for row in rows])
    numbers = session.numbers(terms)
    surely = all(number is not None for number in numbers)
    if any(term is not None and term.startswith("_:") for term in terms):
        raise Unrecognised
    pairs = [(*row, number) for row, number in zip(rows, numbers, strict=True)]
    table = session.table([quoted(n) for n in (*names, bind.name)], pairs)
    shown = ", ".join([*(f"l.{quoted(n)}" for n in found.bound), f"r.{quoted(bind.name)}"])
    condition = _alike(found, names) or "true"
    sql = f"SELECT {shown} FROM ({found.sql}) l JOIN {table} r ON {condition}"
    source = {bind.name: f"SELECT DISTINCT {quoted(bind.name)} FROM {table}"}
    return Relation(sql, found.bound | {bind.name: surely}, found.sources | source)
