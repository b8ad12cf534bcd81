"""Which queries columns answer: patterns in groups of all kinds, sub-SELECT, and what counts.

EXISTS and NOT EXISTS stand alone in their FILTER or beside other conditions, and ask for patterns,
OPTIONAL, UNION, GRAPH and filters. The first solutions of many the engine finds sooner; so it does
whether there is any (ASK), or what they make (CONSTRUCT), unless they are counted first.

https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.sparql.columns.conjuncts import conjuncts
from kg.sparql.columns.exists import named_in
from kg.sparql.columns.patterns import read_exists
from kg.sparql.columns.reader import Reader
from kg.sparql.columns.select import read_select, read_where
from kg.sparql.columns.tree import (
    Element,
    Filter,
    Group,
    Optional,
    Query,
    Select,
    Triple,
    Union,
    Unrecognised,
)
from kg.sparql.tokens import Token, spoken

HEAVIEST: Final = 20
"""Patterns, groups and what filters demand of a query that is plain, at most."""
SHORT: Final = 200
"""Characters of a plain filter with a regular expression, at most."""
REPEATED: Final = 4
"""As so many patterns counts one that is repeated."""
COUNTED: Final = 8
"""The same of one that counts, on whose way there may be more solutions."""
KEYS: Final = 8
"""Variables that a plain query groups and is sorted by, and what it counts, at most."""
_HEAVY: Final = frozenset(
    ("AVG", "BIND", "EXISTS", "GRAPH", "GROUP_CONCAT", "HAVING", "MINUS", "VALUES")
)
"""What no plain query says."""
_SIMPLE: Final = frozenset(("COUNT", "SUM", "MIN", "MAX", "SAMPLE"))


def recognise(text: str, tokens: Sequence[Token] = ()) -> Query | None:
    """The query taken apart, or None where the engine is to answer it alone."""
    try:
        return _read(Reader(text, list(tokens or spoken(text)), read_select, read_exists))
    except Unrecognised:
        return None


def may_be_plain(tokens: Sequence[Token]) -> bool:
    """Whether a query of such tokens may be plain, before it is taken apart."""
    return not any(token.word in _HEAVY for token in tokens)


def is_plain(query: Query) -> bool:
    """Whether it computes nothing but counts, and is small: its work grows with its solutions.

    Where the engine is asked whether it is SPARQL, it finds no solution of any part of it.
    """
    counted = query.counts_alone and _SIMPLE.issuperset(_functions(query))
    return (
        (query.bare or counted)
        and not query.shape
        and len(query.after.keys) + len(query.keys) + len(query.aggregates) <= KEYS
        and _weight(query.where) <= (COUNTED if counted else HEAVIEST)
        and _is_plain(query.where)
    )


def _functions(query: Query) -> Iterator[str]:
    return (aggregate.function for aggregate in query.aggregates.values())


def _is_plain(group: Group) -> bool:
    return all(
        isinstance(element, Triple)
        or (isinstance(element, Optional) and _is_plain(element.group))
        or (isinstance(element, Union) and all(map(_is_plain_branch, element.branches)))
        or (isinstance(element, Filter) and _is_plain_test(element.expression.text))
        for element in group.elements
    )


def _is_plain_branch(group: Group) -> bool:
    """Whether a branch is plain, and has a solution in no store without statements."""
    stated = any(isinstance(one, Triple) and not one.repeated for one in group.elements)
    return stated and _is_plain(group)


def _is_plain_test(test: str) -> bool:
    """Whether a filter is known, and no long regular expression is tried at each place of texts."""
    return (len(test) <= SHORT or "REGEX" not in test.upper()) and None not in conjuncts(test)


def _weight(group: Group) -> int:
    """About how much work a group is, and the groups in it."""
    return sum(map(_weight_of, group.elements))


def _weight_of(element: Element) -> int:
    if isinstance(element, Optional):
        return 1 + _weight(element.group)
    if isinstance(element, Union):
        return 1 + sum(map(_weight, element.branches))
    if isinstance(element, Filter):
        return len(conjuncts(element.expression.text))
    return REPEATED if isinstance(element, Triple) and element.repeated else 1


def _read(reader: Reader) -> Query:
    while reader.next.word in ("BASE", "PREFIX"):
        if reader.take().word == "PREFIX":
            reader.take()
        reader.take()
    prologue = reader.text[: max(reader.next.start, 0)]
    shape, query = _query(reader)
    reader.expect("")
    if (query.after.breaks_off and not query.counts) or (shape and not query.counts_within):
        raise Unrecognised
    sure = reader.sure and (query.bare or _is_sure(query)) and not (shape or prologue.strip())
    return replace(query, prologue=prologue, sure=sure, shape=shape)


def _is_sure(query: Query) -> bool:
    """Whether one that counts says nothing that the grammar's notes forbid."""
    named = {*query.keys, *named_in(query.where)}
    return query.counts_alone and named.isdisjoint(bind.name for bind in query.select.computed)


def _query(reader: Reader) -> tuple[str, Query]:
    """A query, behind what is made of its solutions."""
    if reader.accept("ASK"):
        return "ASK", read_where(reader, Select(()))
    if not reader.accept("CONSTRUCT"):
        return "", read_select(reader)
    begin, names = reader.next.start, dict[str, None]()
    reader.expect("{")
    while not reader.accept("}"):
        if reader.next.text in ("{", ""):
            raise Unrecognised
        if (token := reader.take()).kind == "variable":
            names[token.text[1:]] = None
    shape = f"CONSTRUCT {reader.text[begin : reader.tokens[reader.at - 1].end]}"
    return shape, read_where(reader, Select(tuple(names)))
