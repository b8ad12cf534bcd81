"""What a service answered, as VALUES: https://www.w3.org/TR/sparql11-query/#inline-data"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)

from kg.errors import QueryRefused, ServiceError

CELLS: Final = 100_000
"""Cells of a table at most; a row without any counts as one."""
_IRI: Final = re.compile(r'[A-Za-z][A-Za-z0-9+.\-]*:[^<>"{}|^`\\\x00-\x20]*')
_LANGUAGE: Final = re.compile(r"[A-Za-z]+(-[A-Za-z0-9]+)*")
_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"})
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
Term = NamedNode | BlankNode | Literal | Triple


def no_solution(names: Sequence[str]) -> str:
    """The one solution that binds nothing, which SILENT has for a failure."""
    return _table(names, ["UNDEF " * len(names)])


def values(bodies: Iterable[bytes], names: Sequence[str], address: str) -> str:
    """The solutions of some answers, one after the other, over the variables that were asked for.

    Raises ServiceError for what is no such answer, QueryRefused for one that VALUES cannot hold.
    """
    most = CELLS // max(1, len(names))
    rows = list[str]()
    for body in bodies:
        try:
            rows += islice(_rows(body, names, address), most + 1 - len(rows))
        except (SyntaxError, ValueError) as error:
            raise ServiceError(f"<{address}> answers what is no table: {error}.") from None
        if len(rows) > most:
            raise ServiceError(f"<{address}> answers more than {most:,} rows. Ask for less.")
    return _table(names, rows)


def _rows(body: bytes, names: Sequence[str], address: str) -> Iterator[str]:
    found = parse_query_results(body, format=QueryResultsFormat.JSON)
    if not isinstance(found, QuerySolutions):
        raise ServiceError(f"<{address}> answers yes or no, not a table.")
    has = {variable.value for variable in found.variables}
    if not has <= set(names):
        raise ServiceError(f"<{address}> binds variables that it was not asked for.")
    for row in found:
        cells = [row[name] if name in has else None for name in names]
        yield " ".join("UNDEF" if cell is None else _written(cell, address) for cell in cells)


def _table(names: Sequence[str], rows: Iterable[str]) -> str:
    """VALUES (?x ?y) { (<…> "…") }"""
    head = " ".join(f"?{name}" for name in names)
    return f"VALUES ({head}) {{ {' '.join(f'({row})' for row in rows)} }}"


def _written(term: Term, address: str) -> str:
    """A term as a query spells it, and nothing that could be read as more than a term."""
    if isinstance(term, NamedNode) and _IRI.fullmatch(term.value):
        return f"<{term.value}>"
    if isinstance(term, BlankNode):
        raise QueryRefused(
            f"<{address}> answers with a blank node, which cannot be carried over. Let it choose "
            "by FILTER(!isBlank(?x)), or leave the variable out by a sub-SELECT."
        )
    if isinstance(term, Literal) and not getattr(term, "direction", None):
        text = f'"{term.value.translate(_ESCAPES)}"'
        if term.language is None:
            return text + _datatype(term.datatype.value, address)
        if _LANGUAGE.fullmatch(term.language):
            return f"{text}@{term.language}"
    raise ServiceError(f"<{address}> answers with a term that is none of RDF 1.1: {term}")


def _datatype(iri: str, address: str) -> str:
    if not _IRI.fullmatch(iri):
        raise ServiceError(f"<{address}> answers with a datatype that is no whole IRI: {iri}")
    return "" if iri == _STRING else f"^^<{iri}>"
