"""Groups of patterns as solutions.

https://www.w3.org/TR/sparql11-query/#sparqlAlgebra
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import numpy as np

from kg.sparql.columns.choices import demands
from kg.sparql.columns.evaluated import extended, filtered
from kg.sparql.columns.exists import bound_by, from_outside, named_in, open_in, starts
from kg.sparql.columns.groups import grouped
from kg.sparql.columns.matching import are_nodes, matched, optionally
from kg.sparql.columns.ordered import ordered
from kg.sparql.columns.relation import (
    Relation,
    agreeing,
    completed,
    join,
    minus,
    numbered,
    union,
    unit,
)
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import (
    PRIVATE,
    Bind,
    Constant,
    Element,
    Exists,
    Expression,
    Filter,
    Graph,
    Group,
    Minus,
    Optional,
    Query,
    Subquery,
    Triple,
    Union,
    Unrecognised,
    Values,
    Variable,
)

_TRUTHS: Final = tuple(
    f'"{said}"^^<http://www.w3.org/2001/XMLSchema#boolean>' for said in ("false", "true")
)


def selected(query: Query, session: Session) -> Relation:
    """The solutions that a query shows, with all that it sorts by; not yet sorted.

    Raises Unrecognised.
    """
    found = relation(query.where, session)
    if query.counts:
        found = grouped(query, found, session)
    if query.values:
        found = join(found, _table(query.values, session))
    for bind in query.select.computed:
        found = extended(found, bind, session)
    if query.select.distinct:
        found = found.only(shown(query, found))
    for bind in query.after.computed:
        found = extended(found, bind, session)
    return found


def shown(query: Query, found: Relation) -> list[str]:
    """The variables that a query shows, of those that have terms."""
    names = query.select.names
    if names is None:
        return sorted(name for name in found.columns if not name.startswith(PRIVATE))
    return [name for name in names if name in found.columns]


def relation(group: Group, session: Session, beside: Relation | None = None) -> Relation:
    """The solutions of a group; of those only that may agree with others `beside` it.

    Raises Unrecognised.
    """
    found = solved(group, session, beside)
    for element in group.elements:
        found = _fulfilling(found, element, session)
    return found


def _fulfilling(found: Relation, element: Element, session: Session) -> Relation:
    """The solutions that fulfil a condition; anything else is none."""
    if isinstance(element, Filter):
        told = _told(found, element.expression, session)
        return filtered(told, element.expression, session).shown(found.columns)
    if isinstance(element, Exists):
        return found.take(_existing(found, element, session))
    return found


def _told(found: Relation, expression: Expression, session: Session) -> Relation:
    """The solutions with what each EXISTS of an expression says of them."""
    for test in expression.asked:
        holds = _existing(found, test, session).astype(np.intp)
        found = found.put(test.name, session.numbers(_TRUTHS)[holds])
    return found


def solved(group: Group, session: Session, beside: Relation | None = None) -> Relation:
    """The solutions of a group, but that its filters leave more than they shall."""
    found, triples = _seed(group, beside, session), list[Triple]()
    demanded = demands(group)
    for element in group.elements:
        if isinstance(element, Triple):
            triples.append(element)
        elif not isinstance(element, Filter | Exists):
            found = _with(element, matched(triples, found, demanded, session), session)
            triples = []
    return matched(triples, found, demanded, session)


def _seed(group: Group, beside: Relation | None, session: Session) -> Relation:
    """What others have for the variables that the first patterns of a group bind, too.

    These bind them anyhow, to nothing else: so the group's solutions are the same, but for some
    that agree with none of the others.
    """
    if beside is None or not beside.columns:
        return unit(session.most)
    names = set[str]()
    for element in group.elements:
        if isinstance(element, Triple):
            names |= {node.name for node in element.nodes if isinstance(node, Variable)}
            names.add(session.graph)
        elif not isinstance(element, Filter | Exists):
            break
    common = [name for name in names if beside.bound.get(name)]
    return beside.only(sorted(common)) if common else unit(session.most)


def _with(element: Element, found: Relation, session: Session) -> Relation:
    if isinstance(element, Bind):
        told = _told(found, element.expression, session)
        return extended(told, element, session).shown((*found.columns, element.name))
    if isinstance(element, Optional):
        return _optional(found, element.group, session)
    if isinstance(element, Minus):
        return _minus(found, element.group, session)
    return join(found, _joined(element, found, session))


def _joined(element: Element, found: Relation, session: Session) -> Relation:
    """The solutions of what is joined with others."""
    if isinstance(element, Values):
        return _table(element, session)
    if isinstance(element, Union):
        return union([relation(branch, session, found) for branch in element.branches])
    if isinstance(element, Graph):
        return _graph(element, found, session)
    if isinstance(element, Subquery):
        return _subquery(element.query, session)
    raise Unrecognised


def _graph(element: Graph, beside: Relation, session: Session) -> Relation:
    """GRAPH. Raises Unrecognised where its variable is used in it, or not bound by it."""
    if isinstance(element.graph, Constant):
        return relation(element.group, session.within(element.graph.text), beside)
    name = element.graph.name
    if name in named_in(element.group):
        raise Unrecognised
    found = relation(element.group, session.each(name), beside)
    if not found.bound.get(name):
        raise Unrecognised
    return found


def _minus(left: Relation, group: Group, session: Session) -> Relation:
    right = relation(group, session, left)
    _allow_beside(left, right, session)
    return minus(left, right, session.graph)


def _allow_beside(left: Relation, right: Relation, session: Session) -> None:
    """Raises Unrecognised where graphs would have to be asked one by one.

    So it is where the right stands in graphs that the left does not name.
    """
    if session.graph in right.columns and not left.bound.get(session.graph):
        raise Unrecognised


def _subquery(query: Query, session: Session) -> Relation:
    """What a sub-SELECT shows; sorted only where some of it is left out."""
    if session.graph:
        query = _in_each(query, session.graph)
    found = selected(query, session).with_all(*(query.select.names or ()))
    names = shown(query, found)
    if query.after.slices:
        found = ordered(found, query.after, session)
    return found.shown(names)


def _in_each(query: Query, graph: str) -> Query:
    """A sub-SELECT that keeps its graph. Raises Unrecognised for one of all solutions together."""
    if query.after.slices or (query.counts and not query.grouped):
        raise Unrecognised
    names = query.select.names
    select = replace(query.select, names=None if names is None else (*names, graph))
    return replace(query, select=select, keys=(*query.keys, graph) if query.counts else ())


def _optional(left: Relation, group: Group, session: Session) -> Relation:
    """OPTIONAL, whose conditions may name what stands before it."""
    if found := optionally(group.elements, left, session):
        return found
    before = left.columns.keys() - bound_by(group)
    outside = [one for one in group.elements if not before.isdisjoint(_asked(one))]
    inside = Group(tuple(one for one in group.elements if one not in outside))
    right = relation(inside, session, left)
    _allow_beside(left, right, session)
    both = join(numbered(left), right)
    for one in outside:
        both = _fulfilling(both, one, session)
    return completed(left, both)


def _asked(element: Element) -> Iterable[str]:
    """The variables that a condition names."""
    if isinstance(element, Filter):
        return named_in(Group((element,)))
    return named_in(element.group) if isinstance(element, Exists) else ()


def _existing(found: Relation, test: Exists, session: Session) -> Any:
    """Where a group has any solutions for some, or none.

    A path of no length stands at any term that is put for its end, but for a variable's at those of
    statements alone. Raises Unrecognised where that is not the same, or an OPTIONAL would be told.
    """
    if not open_in(test.group).isdisjoint(found.columns):
        raise Unrecognised
    for name in set(starts(test.group)).intersection(found.columns):
        if not are_nodes(found.columns[name], session.stated).all():
            raise Unrecognised
    asked = _agreeable(found, test.group, session)
    _allow_beside(found, asked, session)
    return agreeing(found, asked) != test.negated


def _agreeable(found: Relation, group: Group, session: Session) -> Relation:
    """What solutions are to agree with, if a group is to have any for them."""
    outside = from_outside(group)
    inside = Group(tuple(element for element in group.elements if element not in outside))
    right = relation(inside, session, found)
    if not outside:
        return right
    named = {name for test in outside for name in test.expression.variables}
    asked = sorted(named.union(right.columns).intersection(found.columns))
    if not all(found.bound[name] for name in asked):
        raise Unrecognised
    both = join(found.only(asked), right)
    for test in outside:
        both = filtered(both, test.expression, session)
    return both.shown(asked)


def _table(table: Values, session: Session) -> Relation:
    texts = [[None if t is None else session.constants[t.text] for t in row] for row in table.rows]
    columns = {
        name: session.numbers([row[place] for row in texts])
        for place, name in enumerate(table.names)
    }
    bound = {name: bool((column >= 0).all()) for name, column in columns.items()}
    return Relation(len(texts), columns, bound, most=session.most)
