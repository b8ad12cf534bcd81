"""Which queries columns answer: joins, OPTIONAL, UNION, MINUS, VALUES, BIND, FILTER, what counts.

EXISTS and NOT EXISTS stand alone in their FILTER, and ask for patterns, OPTIONAL, UNION, and
filters of what their own group binds. The first solutions of many the engine finds sooner.

https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.sparql.columns.after import read_after
from kg.sparql.columns.conjuncts import conjuncts
from kg.sparql.columns.exists import is_apart
from kg.sparql.columns.patterns import read_group
from kg.sparql.columns.reader import Reader
from kg.sparql.columns.tree import (
    After,
    Bind,
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
KEYS: Final = 8
"""Variables that a plain query is sorted by, at most."""
_AFTER: Final = ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


def recognise(text: str, tokens: Sequence[Token] = ()) -> Query | None:
    """The query taken apart, or None where the engine is to answer it alone."""
    try:
        return _read(Reader(text, list(tokens or spoken(text))))
    except Unrecognised:
        return None


def is_plain(query: Query) -> bool:
    """Whether it computes nothing, and is small: its work grows with its solutions alone.

    Where the engine is asked whether it is SPARQL, it finds no solution of any part of it.
    """
    return (
        query.bare
        and len(query.after.keys or ()) <= KEYS
        and _weight(query.where) <= HEAVIEST
        and _is_plain(query.where)
    )


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
    reader.expect("SELECT")
    select = _select(reader)
    reader.accept("WHERE")
    where = read_group(reader)
    if not is_apart(where):
        raise Unrecognised
    named = list[Bind]()
    grouped = reader.accept("GROUP")
    keys = tuple(dict.fromkeys(_keys(reader, named))) if grouped else ()
    having = tuple(_having(reader))
    after = read_after(reader)
    reader.expect("")
    counts = grouped or reader.aggregates
    if counts:
        where = Group((Union((where,)), *named, *reader.computed))
    elif having or _breaks_off(after):
        raise Unrecognised
    return Query(
        prologue,
        where,
        keys,
        grouped,
        reader.aggregates,
        select,
        having,
        after,
        reader.sure and not (prologue.strip() or counts or select.computes),
    )


def _breaks_off(after: After) -> bool:
    """Whether some solutions are enough, of which the engine gives the first it finds."""
    words = {token.word for token in spoken(after.text)}
    return "ORDER" not in words and not words.isdisjoint(("LIMIT", "OFFSET"))


def _select(reader: Reader) -> Select:
    if reader.accept("*"):
        return Select("*")
    distinct, computes = reader.accept("DISTINCT"), False
    parts, names = ["DISTINCT"] * distinct, list[str]()
    while reader.next.word != "WHERE" and reader.next.text != "{":
        if reader.accept("("):
            computes = True
            shown = reader.expression("AS", counts=True)
            reader.expect("AS")
            parts.append(f"({shown.text} AS ?{reader.variable()})")
            reader.expect(")")
            names += shown.variables
        else:
            names.append(name := reader.variable())
            parts.append(f"?{name}")
    if len(parts) == distinct or (len(set(names)) < len(names) and not computes):
        raise Unrecognised
    return Select(" ".join(parts), tuple(names), distinct, computes)


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
        found.append(reader.constraint(counts=True).text)
        while reader.next.kind != "end" and reader.next.word not in _AFTER:
            found.append(reader.constraint(counts=True).text)
    return found
