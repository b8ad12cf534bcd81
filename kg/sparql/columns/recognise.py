"""Which queries columns answer: those that join, count, or filter much.

They may hold OPTIONAL, UNION, VALUES, BIND and FILTER. One pattern alone the engine reads as soon,
and the first solutions of many sooner.

https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.sparql.columns.patterns import read_group
from kg.sparql.columns.reader import AGGREGATES, Reader
from kg.sparql.columns.tree import (
    Bind,
    Filter,
    Group,
    Optional,
    Query,
    Triple,
    Union,
    Unrecognised,
)
from kg.sparql.tokens import spoken

LEAST: Final = 2
"""Patterns and filters of a query that only joins, at least."""
_AFTER = ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
_WORTH: Final = re.compile(
    rf"\b(?:GROUP|FILTER|{'|'.join(sorted(AGGREGATES))})\b|[;]|\.\s", re.IGNORECASE
)
"""Without one of these a query counts, filters and joins nothing, and need not be read for it."""


def recognise(text: str) -> Query | None:
    """The query taken apart, or None where the engine is to answer it alone."""
    if not _WORTH.search(text):
        return None
    try:
        return _read(Reader(text))
    except Unrecognised:
        return None


def _read(reader: Reader) -> Query:
    while reader.next.word in ("BASE", "PREFIX"):
        if reader.take().word == "PREFIX":
            reader.take()
        reader.take()
    prologue = reader.text[: max(reader.next.start, 0)]
    reader.expect("SELECT")
    select, names = _select(reader)
    reader.accept("WHERE")
    where = read_group(reader)
    named = list[Bind]()
    grouped = reader.accept("GROUP")
    keys = tuple(dict.fromkeys(_keys(reader, named))) if grouped else ()
    having = tuple(_having(reader))
    after = reader.expression("VALUES", "", counts=True)
    reader.expect("")
    shown = None if select == "*" else names | after.variables
    counts = grouped or reader.aggregates
    if counts:
        where = Group((Union((where,)), *named, *reader.computed))
    elif having or weight(where) < LEAST or _breaks_off(after.text):
        raise Unrecognised
    return Query(
        prologue, where, keys, grouped, reader.aggregates, select, having, after.text, shown
    )


def weight(group: Group) -> int:
    """How many patterns and filters a group has."""
    found = 0
    for element in group.elements:
        if isinstance(element, Optional):
            found += weight(element.group)
        elif isinstance(element, Union):
            found += sum(map(weight, element.branches))
        else:
            found += isinstance(element, Triple | Filter)
    return found


def _breaks_off(after: str) -> bool:
    """Whether some solutions are enough, of which the engine gives the first it finds."""
    words = {token.word for token in spoken(after)}
    return "ORDER" not in words and not words.isdisjoint(("LIMIT", "OFFSET"))


def _select(reader: Reader) -> tuple[str, frozenset[str]]:
    """What stands between SELECT and WHERE, aggregates replaced; the variables that it names."""
    if reader.accept("*"):
        return "*", frozenset()
    parts, names = ["DISTINCT"] if reader.accept("DISTINCT") else [], set[str]()
    while reader.next.word != "WHERE" and reader.next.text != "{":
        if reader.accept("("):
            shown = reader.expression("AS", counts=True)
            reader.expect("AS")
            parts.append(f"({shown.text} AS ?{reader.variable()})")
            reader.expect(")")
            names |= shown.variables
        else:
            names.add(name := reader.variable())
            parts.append(f"?{name}")
    return " ".join(parts), frozenset(names)


def _keys(reader: Reader, named: list[Bind]) -> Iterator[str]:
    """The variables of a GROUP BY; what it names itself is bound by one of `named`."""
    reader.expect("BY")
    while reader.next.kind != "end" and reader.next.word not in _AFTER:
        if reader.next.kind == "variable":
            yield reader.variable()
        elif reader.accept("("):
            yield _key(reader, named)
        else:
            yield reader.compute(reader.constraint(counts=False))


def _key(reader: Reader, named: list[Bind]) -> str:
    expression = reader.expression("AS", ")", counts=False)
    if reader.accept("AS"):
        named.append(Bind(expression, name := reader.variable()))
    else:
        name = reader.compute(expression)
    reader.expect(")")
    return name


def _having(reader: Reader) -> list[str]:
    """What each group must fulfil, aggregates replaced."""
    found = list[str]()
    if reader.accept("HAVING"):
        while reader.next.kind != "end" and reader.next.word not in _AFTER:
            found.append(reader.constraint(counts=True).text)
    return found
