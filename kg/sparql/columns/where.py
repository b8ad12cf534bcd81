"""Groups of patterns as solutions.

https://www.w3.org/TR/sparql11-query/#sparqlAlgebra
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.sparql.columns.choices import demands
from kg.sparql.columns.conjuncts import Compared, conjuncts
from kg.sparql.columns.evaluated import extended, filtered
from kg.sparql.columns.exists import starts
from kg.sparql.columns.matching import are_nodes, matched, optionally
from kg.sparql.columns.relation import Relation, agreeing, join, left_join, minus, union, unit
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import (
    Bind,
    Constant,
    Element,
    Exists,
    Filter,
    Group,
    Minus,
    Optional,
    Triple,
    Union,
    Unrecognised,
    Values,
    Variable,
)


def constants(group: Group) -> Iterator[str]:
    """All constants of a group's patterns and tables, and those that filters compare with."""
    for element in group.elements:
        if isinstance(element, Triple):
            yield from (node.text for node in element.nodes if isinstance(node, Constant))
        elif isinstance(element, Values):
            yield from (term.text for row in element.rows for term in row if term)
        elif isinstance(element, Filter):
            known = conjuncts(element.expression.text)
            yield from (one.constant for one in known if isinstance(one, Compared))
        elif isinstance(element, Optional | Minus | Exists):
            yield from constants(element.group)
        elif isinstance(element, Union):
            for branch in element.branches:
                yield from constants(branch)


def relation(group: Group, session: Session, beside: Relation | None = None) -> Relation:
    """The solutions of a group; of those only that may agree with others `beside` it.

    Raises Unrecognised.
    """
    found = solved(group, session, beside)
    for element in group.elements:
        if isinstance(element, Filter):
            found = filtered(found, element.expression, session)
        elif isinstance(element, Exists):
            found = _existing(found, element, session)
    return found


def solved(group: Group, session: Session, beside: Relation | None = None) -> Relation:
    """The solutions of a group, but that its filters leave more than they shall."""
    found, triples = _seed(group, beside or unit(session.most)), list[Triple]()
    demanded = demands(group)
    for element in group.elements:
        if isinstance(element, Triple):
            triples.append(element)
        elif not isinstance(element, Filter | Exists):
            found = _with(element, matched(triples, found, demanded, session), session)
            triples = []
    return matched(triples, found, demanded, session)


def _seed(group: Group, beside: Relation) -> Relation:
    """What others have for the variables that the first patterns of a group bind, too.

    These bind them anyhow, to nothing else: so the group's solutions are the same, but for some
    that agree with none of the others.
    """
    names = set[str]()
    for element in group.elements:
        if isinstance(element, Triple):
            names |= {node.name for node in element.nodes if isinstance(node, Variable)}
        elif not isinstance(element, Filter | Exists):
            break
    common = [name for name in names if beside.bound.get(name)]
    return beside.only(sorted(common)) if common else unit(beside.most)


def _with(element: Element, found: Relation, session: Session) -> Relation:
    if isinstance(element, Bind):
        return extended(found, element, session)
    if isinstance(element, Values):
        return join(found, _table(element, session))
    if isinstance(element, Optional):
        return _optional(found, element.group, session)
    if isinstance(element, Minus):
        return minus(found, relation(element.group, session, found))
    if isinstance(element, Union):
        return join(found, union([relation(b, session, found) for b in element.branches]))
    raise Unrecognised


def _optional(left: Relation, group: Group, session: Session) -> Relation:
    """OPTIONAL. Raises Unrecognised if a filter in it reads what stands outside."""
    if found := optionally(group.elements, left, session):
        return found
    right = relation(group, session, left)
    for element in group.elements:
        if isinstance(element, Filter) and any(
            name in left.bound and name not in right.bound for name in element.expression.variables
        ):
            raise Unrecognised
    return left_join(left, right)


def _existing(found: Relation, test: Exists, session: Session) -> Relation:
    """The solutions for which a group has any, or none.

    A path of no length stands at any term that is put for its end, but for a variable's at those of
    statements alone. Raises Unrecognised where that is not the same.
    """
    for name in set(starts(test.group)).intersection(found.columns):
        if not are_nodes(found.columns[name], session.columns).all():
            raise Unrecognised
    agree = agreeing(found, relation(test.group, session, found))
    return found.take(agree != test.negated)


def _table(table: Values, session: Session) -> Relation:
    texts = [[None if t is None else session.constants[t.text] for t in row] for row in table.rows]
    columns = {
        name: session.numbers([row[place] for row in texts])
        for place, name in enumerate(table.names)
    }
    bound = {name: bool((column >= 0).all()) for name, column in columns.items()}
    return Relation(len(texts), columns, bound, most=session.most)
