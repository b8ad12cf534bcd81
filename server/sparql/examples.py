"""The questions as queries to begin with: what they ask of is written in, where it can be changed.

A question's parameters are substituted when it is asked (kg/question/ask.py). Here they stand as
VALUES, in each group that is worked out by itself, so that the query is plain SPARQL 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.names import VOCABULARIES, Names
from kg.question.read import bind
from kg.release.read import Release
from server.questions import examples as questions

GROUPS: Final = {
    "Who held what": (
        "who-held",
        "place-timeline",
        "changed-hands",
        "degree-of-control",
        "panel",
        "no-evidence",
    ),
    "What happened": ("withdrawals", "not-completed", "fighting", "harm", "quantities"),
    "Who says so": (
        "evidence",
        "quotations",
        "attribution-chain",
        "corroboration",
        "disagreements",
        "denied",
        "unconfirmed",
        "reporting-delay",
    ),
    "What things are called": ("labels", "names", "who-is", "wikidata"),
}
"""The questions in the order in which they are offered."""
_HEAD: Final = re.compile(r"^#.*\n", re.MULTILINE)
_WHERE: Final = re.compile(r"WHERE \{\n")
_ALONE: Final = re.compile(r"^( *)\{\n(.*?)^\1\}", re.MULTILINE | re.DOTALL)
_MARK: Final = " # row by row"
"""What kg.question.ask.row_by_row reads, and nobody else."""
_LOCAL: Final = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
Given = Mapping[str, NamedNode | Literal]


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with."""

    name: str
    title: str
    query: str


def grouped(release: Release) -> dict[str, tuple[Example, ...]]:
    """The examples that this release has answers for, by group."""
    known = questions.examples(release)
    found = {
        group: tuple(_example(known[name], release.names) for name in names if name in known)
        for group, names in GROUPS.items()
    }
    return {group: examples for group, examples in found.items() if examples}


def _example(one: questions.Example, names: Names) -> Example:
    given = bind(one.question, one.given, names)
    plain = _HEAD.sub("", one.question.query).replace(_MARK, "")
    query = written(plain, given, names)
    return Example(one.question.name, one.question.title, f"# {one.question.title}\n{query}")


def written(query: str, given: Given, names: Names) -> str:
    """A query with parameters written in: at its begin, and in groups that do not see it."""
    if not given:
        return query
    inner = _ALONE.sub(lambda group: _group(group, given, names), query)
    return _WHERE.sub(lambda where: f"{where[0]}{_values('  ', given, names)}", inner, count=1)


def _group(group: re.Match[str], given: Given, names: Names) -> str:
    """A group with the parameters that it speaks of; those within it likewise."""
    indent, body = group[1], group[2]
    used = {name: term for name, term in given.items() if re.search(rf"\?{name}\b", body)}
    inner = _ALONE.sub(lambda one: _group(one, given, names), body)
    values = _values(f"{indent}  ", used, names) if used else ""
    return f"{indent}{{\n{values}{inner}{indent}}}"


def _values(indent: str, given: Given, names: Names) -> str:
    variables = " ".join(f"?{name}" for name in given)
    terms = " ".join(_term(term, names) for term in given.values())
    return f"{indent}VALUES ({variables}) {{ ({terms}) }}\n"


def _term(term: NamedNode | Literal, names: Names) -> str:
    """A term as people write it: place:palmyra, "2015-05-22"^^xsd:date, 30"""
    if isinstance(term, NamedNode):
        return curie(term.value, names) or f"{term}"
    if term.datatype.value == f"{VOCABULARIES['xsd']}integer":
        return term.value
    datatype = curie(term.datatype.value, names)
    plain = term.language or not datatype or datatype == "xsd:string"
    return f"{term}" if plain else f"{Literal(term.value)}^^{datatype}"


def curie(iri: str, names: Names) -> str | None:
    """An IRI by its prefix, if one is known and what follows needs no escapes: place:palmyra"""
    for prefix, start in names.prefixes().items():
        if iri.startswith(start) and _LOCAL.fullmatch(iri.removeprefix(start)):
            return f"{prefix}:{iri.removeprefix(start)}"
    return None
