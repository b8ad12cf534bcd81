"""What EXISTS asks for: whether to ask is to join.

FILTER EXISTS puts the terms of each solution for its variables into a group, and asks whether that
has any. Patterns have those that agree, anyway; whatever computes, or asks what is bound, may not.

https://www.w3.org/TR/sparql11-query/#defn_substitute
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.sparql.columns.tree import (
    Bind,
    Element,
    Exists,
    Filter,
    Graph,
    Group,
    Node,
    Optional,
    Subquery,
    Triple,
    Union,
    Values,
    Variable,
    groups_of,
)


def is_joined(group: Group) -> bool:
    """Whether to ask for each solution is to join: if what both may bind, both surely do.

    So it is for patterns, and for filters that name what their own group binds for sure. Those of
    the group itself may also name what it does not name at all: that is the solution's. A path of
    no length within GRAPH begins at what may be a node elsewhere alone.
    """
    bound, named = bound_by(group), set(named_in(group, conditions=False))
    return all(
        element.expression.variables & named <= bound and not element.expression.asked
        if isinstance(element, Filter)
        else _is_joined(element, bound)
        for element in group.elements
    )


def _is_joined(element: Element, bound: set[str]) -> bool:
    if isinstance(element, Filter):
        return element.expression.variables <= bound and not element.expression.asked
    if isinstance(element, Graph) and any(starts(element.group)):
        return False
    if isinstance(element, Optional | Union | Graph):
        return all(
            _is_joined(one, bound_by(inner))
            for inner in groups_of(element)
            for one in inner.elements
        )
    return isinstance(element, Triple)


def open_in(group: Group) -> set[str]:
    """The names for which a term makes an OPTIONAL another one: nothing before it binds them.

    `{ ?s :p ?o OPTIONAL { ?o :q ?x } ?x :r ?y }` has more solutions where ?x is told.
    """
    bound, found = set[str](), set[str]()
    for element in group.elements:
        if isinstance(element, Optional):
            found |= set(named_in(element.group)) - bound
        for inner in groups_of(element):
            found |= open_in(inner)
        bound |= _bound_by(element)
    return found


def from_outside(group: Group) -> list[Filter]:
    """Its own filters that name what it does not."""
    named = set(named_in(group, conditions=False))
    filters = [element for element in group.elements if isinstance(element, Filter)]
    return [one for one in filters if not one.expression.variables <= named]


def starts(group: Group) -> Iterator[str]:
    """The variables at the ends of paths that may have no length."""
    for element in group.within():
        if isinstance(element, Triple) and element.repeated in ("*", "?"):
            yield from _names(element.subject, element.object)


def bound_by(group: Group) -> set[str]:
    """The variables that each solution of a group binds."""
    return {name for element in group.elements for name in _bound_by(element)}


def _bound_by(element: Element) -> set[str]:
    if isinstance(element, Triple):
        return set(_names(*element.nodes))
    if isinstance(element, Values):
        return set(element.names if all(None not in row for row in element.rows) else ())
    if isinstance(element, Union):
        return set.intersection(*map(bound_by, element.branches))
    if isinstance(element, Graph):
        return bound_by(element.group).union(_names(element.graph))
    return set()


def named_in(group: Group, *, conditions: bool = True) -> Iterator[str]:
    """The variables of a group; those that its filters name, too, if these are asked for."""
    for element in group.elements:
        if isinstance(element, Triple):
            yield from _names(*element.nodes)
        elif isinstance(element, Values):
            yield from element.names
        elif isinstance(element, Bind):
            yield from (element.name, *element.expression.variables)
        elif isinstance(element, Filter):
            yield from element.expression.variables if conditions else ()
        elif isinstance(element, Graph):
            yield from _names(element.graph)
        elif isinstance(element, Subquery):
            yield from element.query.beside
        if conditions or not isinstance(element, Filter | Exists):
            for inner in groups_of(element):
                yield from named_in(inner, conditions=conditions)


def _names(*nodes: Node) -> Iterator[str]:
    return (node.name for node in nodes if isinstance(node, Variable))
