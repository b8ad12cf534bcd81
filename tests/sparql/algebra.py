"""The standard's algebra, from the innermost group outwards, over few statements; and its text.

Nothing is quick, and nothing is known of what stands around a group:
https://www.w3.org/TR/sparql11-query/#sparqlAlgebra. A group is a tuple of elements, an element a
tuple whose first is its kind. Names begin with a question mark; other terms are as written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Row = dict[str, str]
Element = tuple[Any, ...]
Group = tuple[Element, ...]
Test = tuple[Any, ...]
Triples = list[tuple[str, str, str]]
MOST = 99
"""The LIMIT of what has none."""


class Unclear(Exception):
    """The standard does not say what this is."""


def solutions(group: Group, triples: Triples) -> list[Row]:
    """A group's solutions; https://www.w3.org/TR/sparql11-query/#sparqlTranslateGraphPatterns."""
    rows, tests = _pattern(group, triples)
    return [row for row in rows if all(_holds(test, row, triples) for test in tests)]


def _pattern(group: Group, triples: Triples) -> tuple[list[Row], list[Test]]:
    rows = [Row()]
    for kind, *what in group:
        if kind == "optional":
            rows = _left_joined(rows, what[0], triples)
        elif kind == "minus":
            rows = _minus(rows, solutions(what[0], triples))
        elif kind == "bind":
            rows = [_extended(row, what[0], what[1], triples) for row in rows]
        elif kind != "filter":
            rows = _joined(rows, _ELEMENTS[kind](*what, triples))
    return rows, [element[1] for element in group if element[0] == "filter"]


def _joined(rows: list[Row], others: list[Row]) -> list[Row]:
    return [row | other for row in rows for other in others if _agree(row, other)]


def _agree(row: Row, other: Row) -> bool:
    return all(other.get(name, term) == term for name, term in row.items())


def _left_joined(rows: list[Row], group: Group, triples: Triples) -> list[Row]:
    inner, tests = _pattern(group, triples)
    found = []
    for row in rows:
        both = _joined([row], inner)
        both = [one for one in both if all(_holds(test, one, triples) for test in tests)]
        found += both or [row]
    return found


def _minus(rows: list[Row], others: list[Row]) -> list[Row]:
    def removes(other: Row, row: Row) -> bool:
        return not row.keys().isdisjoint(other) and _agree(row, other)

    return [row for row in rows if not any(removes(other, row) for other in others)]


def _extended(row: Row, test: Test, name: str, triples: Triples) -> Row:
    if name in row:
        raise Unclear
    value = _value(test, row, triples)
    return row if value is None else row | {name: value}


def _matched(subject: str, verb: str, thing: str, triples: Triples) -> list[Row]:
    found = []
    for triple in triples:
        row = Row()
        for place, term in zip((subject, verb, thing), triple, strict=True):
            if (row.setdefault(place, term) if place[0] == "?" else place) != term:
                break
        else:
            found.append(row)
    return found


def _values(names: tuple[str, ...], rows: tuple[tuple[str, ...], ...], _: Triples) -> list[Row]:
    if any(name[0] != "?" for name in names):
        raise Unclear
    return [{n: t for n, t in zip(names, row, strict=True) if t != "UNDEF"} for row in rows]


def _selected(names: tuple[str, ...], group: Group, most: int, triples: Triples) -> list[Row]:
    if any(name[0] != "?" for name in names):
        raise Unclear
    found = [{n: t for n, t in row.items() if n in names} for row in solutions(group, triples)]
    if most < len(found) and any(row != found[0] for row in found):
        raise Unclear
    return found[:most]


_ELEMENTS: Mapping[str, Callable[..., list[Row]]] = {
    "triple": _matched,
    "group": solutions,
    "graph": solutions,
    "union": lambda a, b, triples: solutions(a, triples) + solutions(b, triples),
    "values": _values,
    "select": _selected,
}


def _holds(test: Test, row: Row, triples: Triples) -> bool:
    """Whether a filter lets a row through: an error does not."""
    return _value(test, row, triples) == "true"


def _value(test: Test, row: Row, triples: Triples) -> str | None:
    """A term; None for an error."""
    kind, *what = test
    if kind == "exists":
        return _said(solutions(substituted(what[0], row), triples))
    if kind == "bound":
        return _said(what[0] in row or what[0][0] != "?")
    if kind == "not":
        inner = _value(what[0], row, triples)
        return None if inner is None else _said(inner != "true")
    if kind == "or":
        both = [_value(one, row, triples) for one in what]
        return "true" if "true" in both else None if None in both else "false"
    terms = [row.get(term, None if term[0] == "?" else term) for term in what]
    if None in terms:
        return None
    return terms[0] if kind == "term" else _said(terms[0] == terms[1])


def _said(truth: object) -> str:
    return "true" if truth else "false"


def substituted(what: Any, row: Row) -> Any:
    """Terms for names, all the way in: https://www.w3.org/TR/sparql11-query/#defn_substitute."""
    if isinstance(what, str):
        return row.get(what, what)
    if isinstance(what, tuple):
        if what and what[0] == "bind" and what[2] in row:
            raise Unclear
        if what and what[0] == "select":  # its own names are others
            row = {name: term for name, term in row.items() if name in what[1]}
        return tuple(substituted(one, row) for one in what)
    return what


def written(group: Group) -> str:
    """A group in SPARQL."""
    return f"{{ {' '.join(map(_element, group))} }}"


def _element(element: Element) -> str:
    kind, *what = element
    if kind in ("triple", "filter", "bind"):
        return {
            "triple": lambda: f"{' '.join(what)} .",
            "filter": lambda: f"FILTER({_test(what[0])})",
            "bind": lambda: f"BIND({_test(what[0])} AS {what[1]})",
        }[kind]()
    if kind == "values":
        rows = " ".join(f"({' '.join(row)})" for row in what[1])
        return f"VALUES ({' '.join(what[0])}) {{ {rows} }}"
    if kind == "select":
        limit = f" LIMIT {what[2]}" if what[2] < MOST else ""
        return f"{{ SELECT {' '.join(what[0])} {written(what[1])}{limit} }}"
    return f"{_WORDS[kind]} {written(what[0])}" + "".join(f" UNION {written(g)}" for g in what[1:])


_WORDS = {"optional": "OPTIONAL", "minus": "MINUS", "graph": "GRAPH x:g", "group": "", "union": ""}


def _test(test: Test) -> str:
    kind, *what = test
    if kind == "exists":
        return f"EXISTS {written(what[0])}"
    if kind == "bound":
        return f"BOUND({what[0]})"
    if kind == "not":
        return f"!({_test(what[0])})"
    if kind == "or":
        return f"({_test(what[0])} || {_test(what[1])})"
    return what[0] if kind == "term" else f"{what[0]} = {what[1]}"
