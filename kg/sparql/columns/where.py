"""Groups of patterns as relations.

https://www.w3.org/TR/sparql11-query/#sparqlAlgebra
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.sparql.columns.evaluated import extended, filtered
from kg.sparql.columns.relation import UNIT, Relation, join, left_join, union
from kg.sparql.columns.session import Session, quoted
from kg.sparql.columns.tree import (
    Bind,
    Constant,
    Element,
    Filter,
    Group,
    Optional,
    Triple,
    Union,
    Unrecognised,
    Values,
)


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
            found = filtered(found, element.expression, session)
    return found


def _with(element: Element, found: Relation, session: Session) -> Relation:
    if isinstance(element, Bind):
        return extended(found, element, session)
    if isinstance(element, Values):
        return join(found, _table(element, session))
    if isinstance(element, Optional):
        return _optional(found, element.group, session)
    if isinstance(element, Union):
        return join(found, union([relation(b, session) for b in element.branches]))
    raise Unrecognised


def _joined(found: Relation, triples: list[Triple], session: Session) -> Relation:
    return join(found, _basic(triples, session)) if triples else found


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


def _optional(left: Relation, group: Group, session: Session) -> Relation:
    """OPTIONAL. Raises Unrecognised if a filter in it reads what stands outside."""
    right = relation(group, session)
    for element in group.elements:
        if isinstance(element, Filter) and any(
            name in left.bound and name not in right.bound for name in element.expression.variables
        ):
            raise Unrecognised
    return left_join(left, right)


def _table(table: Values, session: Session) -> Relation:
    texts = [[None if t is None else session.constants[t.text] for t in row] for row in table.rows]
    rows = [tuple(session.numbers(row)) for row in texts]
    name = session.table([quoted(n) for n in table.names], rows)
    bound = {n: all(row[i] is not None for row in rows) for i, n in enumerate(table.names)}
    return Relation(f"SELECT * FROM {name}", bound)
