"""Asking: a question, its parameters and a store make an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple, Variable

from kg.names import Names
from kg.question.known import check_known
from kg.question.read import Question, bind

Cell = NamedNode | BlankNode | Literal | Triple | None
_ROW_BY_ROW: Final = re.compile(
    r"^( *)(OPTIONAL )?\{ # row by row\n(.*?)^\1\}", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A table: the columns' names and the rows' terms."""

    question: Question
    given: dict[str, NamedNode | Literal]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def ask(store: Store, question: Question, given: dict[str, str], names: Names) -> Answer:
    """The answer to a question. Raises QuestionError for wrong parameters, and unknown things."""
    bound = bind(question, given, names)
    for parameter in question.parameters:
        if isinstance(thing := bound.get(parameter.name), NamedNode):
            typed = given.get(parameter.name) or parameter.default or ""
            check_known(thing, parameter.kind, typed, store, names)
    found = store.query(
        row_by_row(question.query),
        base_iri=names.base,
        prefixes=names.prefixes(),
        substitutions={Variable(name): term for name, term in bound.items()},
    )
    if not isinstance(found, QuerySolutions):
        raise TypeError(f"{question.name} is no SELECT")
    columns = tuple(variable.value for variable in found.variables)
    rows = tuple(tuple(row[i] for i in range(len(columns))) for row in found)
    return Answer(question, bound, columns, rows)


@cache
def row_by_row(query: str) -> str:
    r"""A query whose groups marked "# row by row" the store looks up for each row before them.

    Left to itself it works such a group out for the whole release, and joins. Other engines read
    the mark as a comment. The answers are the same where a group shares a variable of its patterns
    with the rows before it. https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0006/sep-0006.md

    >>> row_by_row("OPTIONAL { # row by row\n  ?span oa:exact ?words\n}")
    'LATERAL { OPTIONAL {\n  ?span oa:exact ?words\n} }'
    """
    found = _ROW_BY_ROW.sub(r"\1LATERAL { \2{\n\3\1} }", query)
    return found if found == query else row_by_row(found)
