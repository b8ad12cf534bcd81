"""Cells: the values that a column names, as the words that stand in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.export.codes import geonames, iso_3166, wikidata
from kg.export.column import SEPARATOR, Column, Table
from kg.export.facts import Facts, Term, written
from kg.export.words import parts, positions, quoted, words

_POINT: Final = re.compile(r"POINT\s*\(\s*(\S+)\s+(\S+)\s*\)")
_GENERAL: Final = ("Claim", "Voice", "Quotation")
"""Classes that say less than the others of the same thing."""

Write = Callable[[Facts, list[Term]], Iterable[str]]
"""Writes the values of one cell."""


def row(table: Table, thing: NamedNode, facts: Facts) -> list[str]:
    """A thing's row of a table; an empty cell is what is not stated."""
    return [cell(column, thing, facts) for column in table.columns]


def cell(column: Column, thing: NamedNode, facts: Facts) -> str:
    """One cell: several values are joined by "; ", which is ";" within a value."""
    values = facts.of(thing, column.path)
    if column.only:
        values = [v for v in values if _kind(facts, v) == column.only]
    if column.is_id:
        found: Iterable[str] = (local(facts, value, column.form) for value in values)
    else:
        found = _FORMS[column.form](facts, values)
    if column.many:
        return SEPARATOR.join(one.replace(SEPARATOR, ";") for one in found if one)
    return SEPARATOR.join(filter(None, found))


def local(facts: Facts, value: Term, expected: str) -> str:
    """A thing's id, as people type it; with its kind before it where another was expected."""
    kind, name = facts.names.split(written(value)) or ("", written(value))
    return name if kind in ("", expected) or expected == "id" else f"{kind}/{name}"


def label(facts: Facts, thing: Term) -> str:
    """A thing's name, in English if it has an English one; a title; else its id."""
    for path in ("skos:prefLabel", "schema:headline"):
        names = [name for name in facts.of(thing, path) if isinstance(name, Literal)]
        if names:
            return min(names, key=lambda n: (n.language != "en", n.language or "", n.value)).value
    return local(facts, thing, "id")


def point(facts: Facts, place: Term) -> tuple[str, str] | None:
    """A place's longitude and latitude as stated, or None."""
    for wkt in facts.of(place, "geo:hasGeometry/geo:asWKT"):
        if match := _POINT.search(written(wkt)):
            return match[1], match[2]
    return None


def _coordinate(axis: int, facts: Facts, places: list[Term]) -> list[str]:
    """Of one place only: a list of numbers is of no use to whoever draws a map."""
    found = point(facts, places[0]) if len(places) == 1 else None
    return [found[axis]] if found else []


def _kind(facts: Facts, value: Term) -> str:
    return (facts.names.split(written(value)) or ("",))[0]


def _name(value: Term) -> str:
    return re.split("[/#]", written(value))[-1]


def _class(facts: Facts, types: list[Term]) -> list[str]:
    ours = [t for t in types if written(t).startswith(facts.iri("wh:"))]
    return [n for n in map(_name, ours) if n not in _GENERAL] or [_name(t) for t in ours[:1]]


def _flag(_: Facts, values: list[Term]) -> list[str]:
    return ["true" if any(written(v) == "true" for v in values) else "false"]


def _utterance(facts: Facts, quotations: list[Term]) -> list[str]:
    """Of all quotations that report the same utterance, the first."""
    found, waiting = set(quotations), list(quotations)
    while waiting:
        one = waiting.pop()
        same = {o for p in ("", "^") for o in facts.of(one, f"{p}wh:sameUtteranceAs")} - found
        found |= same
        waiting += same
    return [local(facts, min(found, key=written), "voice")]


def _each(write: Callable[[Facts, Term], str]) -> Write:
    return lambda facts, values: [write(facts, value) for value in values]


_FORMS: Final[dict[str, Write]] = {
    "iri": _each(lambda _, value: written(value)),
    "text": _each(lambda _, value: written(value)),
    "date": _each(lambda _, value: written(value)),
    "integer": _each(lambda _, value: written(value)),
    "decimal": _each(lambda _, value: written(value)),
    "concept": _each(lambda _, value: _name(value)),
    "label": _each(label),
    "kind": _each(_kind),
    "class": _class,
    "flag": _flag,
    "count": lambda _, values: [str(len(values))],
    "longitude": partial(_coordinate, 0),
    "latitude": partial(_coordinate, 1),
    "geonames": geonames,
    "wikidata": wikidata,
    "iso_3166": iso_3166,
    "words": words,
    "positions": positions,
    "part": parts,
    "quoted": lambda facts, spans: words(facts, quoted(facts, spans)),
    "quoted_positions": lambda facts, spans: positions(facts, quoted(facts, spans)),
    "utterance": _utterance,
}
"""How each form of a column that is no id is written."""
