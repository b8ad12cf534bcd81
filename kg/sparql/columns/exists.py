"""What MINUS and EXISTS ask for: whether to ask is to join, and whether the engine asks alike.

FILTER EXISTS puts the terms of each solution for its variables into a group, and asks whether that
has any. Patterns have those that agree, anyway; whatever computes, or asks what is bound, may not.

https://www.w3.org/TR/sparql11-query/#defn_substitute
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.sparql.columns.tree import (
    Bind,
    Element,
    Exists,
    Filter,
    Group,
    Minus,
    Node,
    Optional,
    Triple,
    Union,
    Values,
    Variable,
)


def is_joined(group: Group) -> bool:
    """Whether to ask for each solution is to join: if what both may bind, both surely do.

    So it is for patterns, and for filters that name what their own group binds for sure.
    """
    bound = {name for element in group.elements for name in _bound_by(element)}
    return all(_is_joined(element, bound) for element in group.elements)


def _is_joined(element: Element, bound: set[str]) -> bool:
    if isinstance(element, Filter):
        return element.expression.variables <= bound
    if isinstance(element, Optional | Union):
        return all(map(is_joined, _groups(element)))
    return isinstance(element, Triple)


def starts(group: Group) -> Iterator[str]:
    """The variables at the ends of paths that may have no length."""
    for element in group.elements:
        if isinstance(element, Triple) and element.repeated == "*":
            yield from _names(element.subject, element.object)
        for inner in _groups(element):
            yield from starts(inner)


def is_apart(where: Group) -> bool:
    """Whether what groups within ask for names nothing that they do not bind, but others may.

    By the standard that is another variable. The engine, which puts into some groups what it has
    found outside, would join by it.
    """
    named = Counter(_named(where))
    return all(_is_apart(group, named) for group in _within(where))


def _is_apart(group: Group, named: Counter[str]) -> bool:
    bound = set[str]()
    for element in group.elements:
        if isinstance(element, Minus) and bound.isdisjoint(_named(element.group)):
            return False
        if isinstance(element, Minus) and not _is_known(element.group, bound, named):
            return False
        bound |= _bound_by(element)
    asked = [element.group for element in group.elements if isinstance(element, Exists)]
    return all(_is_known(inner, bound, named) for inner in asked)


def _is_known(group: Group, bound: set[str], named: Counter[str]) -> bool:
    """Whether each variable of a group is bound beside it, or nowhere else."""
    own = Counter(_named(group))
    return all(name in bound or own[name] == named[name] for name in own)


def _within(group: Group) -> Iterator[Group]:
    """The groups in a group."""
    for element in group.elements:
        for inner in _groups(element):
            yield inner
            yield from _within(inner)


def _groups(element: Element) -> tuple[Group, ...]:
    if isinstance(element, Union):
        return element.branches
    return (element.group,) if isinstance(element, Optional | Minus | Exists) else ()


def _bound_by(element: Element) -> set[str]:
    """The variables that each solution of an element binds."""
    if isinstance(element, Triple):
        return set(_names(*element.nodes))
    if isinstance(element, Values):
        return set(element.names if all(None not in row for row in element.rows) else ())
    if isinstance(element, Union):
        branches = [set().union(*map(_bound_by, one.elements)) for one in element.branches]
        return set.intersection(*branches)
    return set()


def _named(group: Group) -> Iterator[str]:
    """The variables of a group, as often as it names them."""
    for element in group.elements:
        if isinstance(element, Triple):
            yield from _names(*element.nodes)
        elif isinstance(element, Values):
            yield from element.names
        elif isinstance(element, Filter | Bind):
            yield from element.expression.variables
        if isinstance(element, Bind):
            yield element.name
        for inner in _groups(element):
            yield from _named(inner)


def _names(*nodes: Node) -> Iterator[str]:
    return (node.name for node in nodes if isinstance(node, Variable))
