"""A SELECT from its first word to its last: what it shows, of which solutions, in what groups.

https://www.w3.org/TR/sparql11-query/#rSubSelect
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.sparql.columns.after import read_after
from kg.sparql.columns.patterns import read_group, read_values
from kg.sparql.columns.reader import Reader
from kg.sparql.columns.tree import Bind, Expression, Group, Query, Select, Union, Unrecognised

_AFTER: Final = ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "", "}")
"""What ends a list of keys or conditions."""


def read_select(reader: Reader) -> Query:
    """A query or a sub-SELECT. Raises Unrecognised for what columns do not answer."""
    reader.expect("SELECT")
    return read_where(reader, _select(reader))


def read_where(reader: Reader, select: Select) -> Query:
    """What follows that which is shown. Raises Unrecognised."""
    reader.skip_sources()
    reader.accept("WHERE")
    where = read_group(reader)
    named = list[Bind]()
    grouped = reader.accept("GROUP")
    keys = tuple(dict.fromkeys(_keys(reader, named))) if grouped else ()
    if grouped and not keys:
        raise Unrecognised
    having = tuple(_having(reader))
    after = read_after(reader)
    counts = grouped or reader.aggregates
    if having and not counts:
        raise Unrecognised
    if counts:
        where = Group((Union((where,)), *named, *reader.computed))
    shown = select.names if select.distinct else None
    if shown is not None and not after.variables.issubset(shown):
        raise Unrecognised
    values = read_values(reader) if reader.accept("VALUES") else None
    return Query(where, keys, grouped, reader.aggregates, select, having, after, values)


def _select(reader: Reader) -> Select:
    distinct = reader.accept("DISTINCT")
    if reader.accept("*"):
        return Select(None, distinct)
    names, computed = list[str](), list[Bind]()
    while reader.next.word not in ("FROM", "WHERE") and reader.next.text != "{":
        if reader.accept("("):
            expression = reader.expression("AS", counts=True)
            reader.expect("AS")
            computed.append(Bind(expression, name := reader.variable()))
            reader.expect(")")
        else:
            name = reader.variable()
        names.append(name)
    if not names or len(set(names)) < len(names):
        raise Unrecognised
    return Select(tuple(names), distinct, tuple(computed))


def _keys(reader: Reader, named: list[Bind]) -> Iterator[str]:
    """The variables of a GROUP BY; what it names itself is bound by one of `named`."""
    reader.expect("BY")
    while (reader.next.word or reader.next.text) not in _AFTER:
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


def _having(reader: Reader) -> Iterator[Expression]:
    """What each group must fulfil, aggregates replaced."""
    if reader.accept("HAVING"):
        yield reader.constraint(counts=True)
        while (reader.next.word or reader.next.text) not in _AFTER:
            yield reader.constraint(counts=True)
