"""Asking: a question, its parameters and a store make an answer."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple, Variable

from kg.names import Names
from kg.question.known import check_known
from kg.question.read import Question, bind

Cell = NamedNode | BlankNode | Literal | Triple | None


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
        question.query,
        base_iri=names.base,
        prefixes=names.prefixes(),
        use_default_graph_as_union=True,
        substitutions={Variable(name): term for name, term in bound.items()},
    )
    if not isinstance(found, QuerySolutions):
        raise TypeError(f"{question.name} is no SELECT")
    columns = tuple(variable.value for variable in found.variables)
    rows = tuple(tuple(row[i] for i in range(len(columns))) for row in found)
    return Answer(question, bound, columns, rows)
