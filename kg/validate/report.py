"""A validation report: what the shapes found, as values, in words, as JSON and as RDF."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

import pyoxigraph as ox

from kg.names import DEFAULT_BASE, VOCABULARIES, Names
from kg.validate.shapes import SHACL, SHAPES

_RDF_TYPE: Final = ox.NamedNode(f"{VOCABULARIES['rdf']}type")
_NAMES: Final = Names()
_BOOLEAN: Final = ox.NamedNode(f"{VOCABULARIES['xsd']}boolean")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape found: at which node, along which path, which value.

    `path` is an IRI, or a path of several steps as SPARQL writes it; `value` is a term in N-Triples;
    `shape` is the named shape; `component` and `severity` are SHACL's IRIs.
    """

    focus: str
    path: str | None
    value: str | None
    shape: str
    component: str
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class Report:
    """All results, each once, in an order that depends on nothing but themselves."""

    results: tuple[Result, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "results", tuple(sorted(set(self.results), key=_order)))

    @property
    def conforms(self) -> bool:
        """Whether nothing was found."""
        return not self.results

    def to_text(self, names: Names = _NAMES) -> str:
        """One line a result, and how many there are."""
        prefixes = names.prefixes() | {"whs": SHAPES}
        if self.conforms:
            return "The graph conforms.\n"
        count = "1 result" if len(self.results) == 1 else f"{len(self.results)} results"
        lines = [_line(result, prefixes) for result in self.results]
        return "\n".join([f"The graph does not conform: {count}.", *lines, ""])

    def to_json(self) -> str:
        """The report as JSON: conforms, and the results with the fields of `Result`."""
        found = {"conforms": self.conforms, "results": [asdict(result) for result in self.results]}
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"

    def to_rdf(self, iri: str = f"{DEFAULT_BASE}report") -> str:
        """The report in SHACL's own terms, as Turtle without blank nodes.

            <…/report> a sh:ValidationReport ; sh:conforms false ; sh:result <…/report.1> .
            <…/report.1> a sh:ValidationResult ; sh:focusNode claim:aven.taken ; sh:resultPath wh:voice .

        A path of several steps can only be written with blank nodes: there `sh:sourceShape` must do.
        """
        triples = _report_triples(self, ox.NamedNode(iri))
        prefixes = _NAMES.prefixes() | {"sh": SHACL, "whs": SHAPES}
        turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
        return (turtle or b"").decode("utf-8")


def _order(result: Result) -> tuple[str, ...]:
    return tuple(part or "" for part in asdict(result).values())


def _line(result: Result, prefixes: dict[str, str]) -> str:
    where = shorten(result.focus, prefixes)
    if result.path and not result.path.startswith(("(", "^")):
        where += f" {shorten(result.path, prefixes)}"
    found = f" Found {shorten(result.value, prefixes)}." if says_more(result) else ""
    return f"{where}: {result.message}{found} [{shorten(result.shape, prefixes)}]"


def says_more(result: Result) -> bool:
    """Whether the value is anything but the node itself."""
    return result.value is not None and result.value != f"<{result.focus}>"


def shorten(term: str | None, prefixes: dict[str, str]) -> str:
    """A term by its prefix where it has one: <https://w3id.org/whoholds/ns#voice> is wh:voice."""
    plain = (term or "").removeprefix("<").removesuffix(">")
    fits = [name for name, start in prefixes.items() if plain.startswith(start) and plain != start]
    if not fits:
        return term or ""
    name = max(fits, key=lambda fit: len(prefixes[fit]))
    return f"{name}:{plain.removeprefix(prefixes[name])}"


def _report_triples(report: Report, node: ox.NamedNode) -> list[ox.Triple]:
    nodes = [ox.NamedNode(f"{node.value}.{number}") for number, _ in enumerate(report.results, 1)]
    conforms = ox.Literal(str(report.conforms).lower(), datatype=_BOOLEAN)
    triples = [
        ox.Triple(node, _RDF_TYPE, _sh("ValidationReport")),
        ox.Triple(node, _sh("conforms"), conforms),
    ]
    triples += [ox.Triple(node, _sh("result"), one) for one in nodes]
    for one, result in zip(nodes, report.results, strict=True):
        triples += _result_triples(one, result)
    return triples


def _result_triples(node: ox.NamedNode, result: Result) -> list[ox.Triple]:
    simple = result.path and not result.path.startswith(("(", "^"))
    terms: list[tuple[str, Term | None]] = [
        ("focusNode", ox.NamedNode(result.focus)),
        ("resultPath", ox.NamedNode(result.path) if result.path and simple else None),
        ("value", read_term(result.value) if result.value else None),
        ("sourceShape", ox.NamedNode(result.shape)),
        ("sourceConstraintComponent", ox.NamedNode(result.component)),
        ("resultMessage", ox.Literal(result.message, language="en")),
        ("resultSeverity", ox.NamedNode(result.severity)),
    ]
    found = [ox.Triple(node, _RDF_TYPE, _sh("ValidationResult"))]
    return found + [ox.Triple(node, _sh(name), term) for name, term in terms if term is not None]


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SHACL + name)


def read_term(value: str) -> Term:
    """The term that N-Triples writes so."""
    quad = next(ox.parse(f"<urn:s> <urn:p> {value} .", format=ox.RdfFormat.N_TRIPLES))
    term: Term = quad.object
    return term
