"""Which queries columns answer: those that count over joins, OPTIONAL, UNION, VALUES and FILTER.

https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.sparql.columns.patterns import read_group
from kg.sparql.columns.reader import AGGREGATES, Reader
from kg.sparql.columns.tree import Bind, Group, Query, Union, Unrecognised

_AFTER = ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
_COUNTS: Final = re.compile(rf"\b(?:GROUP|{'|'.join(sorted(AGGREGATES))})\b", re.IGNORECASE)
"""Without one of these words a query counts nothing, and need not be read for it."""


def recognise(text: str) -> Query | None:
    """The query taken apart, or None where the engine is to answer it alone."""
    if not _COUNTS.search(text):
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
    select = _select(reader)
    reader.accept("WHERE")
    where = read_group(reader)
    named = list[Bind]()
    grouped = reader.accept("GROUP")
    keys = tuple(dict.fromkeys(_keys(reader, named))) if grouped else ()
    having = tuple(_having(reader))
    after = reader.expression("VALUES", "", counts=True).text
    reader.expect("")
    if not (reader.aggregates or grouped):
        raise Unrecognised
    whole = Group((Union((where,)), *named, *reader.computed))
    return Query(prologue, whole, keys, grouped, reader.aggregates, select, having, after)


def _select(reader: Reader) -> str:
    """What stands between SELECT and WHERE, aggregates replaced."""
    parts = ["DISTINCT"] if reader.accept("DISTINCT") else []
    while reader.next.word != "WHERE" and reader.next.text != "{":
        if reader.accept("("):
            shown = reader.expression("AS", counts=True).text
            reader.expect("AS")
            parts.append(f"({shown} AS ?{reader.variable()})")
            reader.expect(")")
        else:
            parts.append(f"?{reader.variable()}")
    return " ".join(parts)


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
