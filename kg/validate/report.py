"""A validation report: what the shapes found, as values, in words, as JSON and as RDF."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Final

import pyoxigraph as ox

from kg.names import DEFAULT_BASE, Names
from kg.validate.shapes import SHACL, SHAPES

_NAMES: Final = Names()
_LOCAL: Final = re.compile(r"[a-z-]+:[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape found: at which node, along which path, which value.

    `path` is an IRI, or a path of several steps as SPARQL writes it; `value` is a term in
    N-Triples; `shape` is the named shape; `component` and `severity` are SHACL's IRIs.
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
            <…/report.1> a sh:ValidationResult ;
                sh:focusNode claim:aven.taken ; sh:resultPath wh:voice .

        A path of several steps needs blank nodes: there `sh:sourceShape` must do.
        """
        prefixes = _NAMES.prefixes() | {"sh": SHACL, "whs": SHAPES}
        nodes = [f"{iri}.{number}" for number, _ in enumerate(self.results, 1)]
        blocks = [_turtle(iri, _report_terms(self, nodes), prefixes)]
        for node, result in zip(nodes, self.results, strict=True):
            blocks.append(_turtle(node, _result_terms(result), prefixes))
        used = {name: start for name, start in prefixes.items() if f" {name}:" in "".join(blocks)}
        head = "".join(f"@prefix {name}: <{start}> .\n" for name, start in sorted(used.items()))
        return "\n".join([head, *blocks])


def _order(result: Result) -> tuple[str, ...]:
    return tuple(part or "" for part in asdict(result).values())


def _line(result: Result, prefixes: dict[str, str]) -> str:
    where = shorten(result.focus, prefixes)
    if is_predicate(result.path):
        where += f" {shorten(result.path, prefixes)}"
    return f"{where}: {sentence(result, prefixes)} [{shorten(result.shape, prefixes)}]"


def sentence(result: Result, prefixes: dict[str, str]) -> str:
    """The message, and the value if it is anything but the node itself."""
    value = result.value
    if value is None or value == f"<{result.focus}>":
        return result.message
    found = read_term(value) if value.startswith('"') else None
    shown = f'"{found.value}"' if isinstance(found, ox.Literal) else shorten(value, prefixes)
    return f"{result.message} Found {shown}."


def is_predicate(path: str | None) -> bool:
    """Whether a path is one property, not several steps."""
    return path is not None and not path.startswith(("(", "^"))


def shorten(term: str | None, prefixes: dict[str, str]) -> str:
    """A term by its prefix where it has one: <https://w3id.org/whoholds/ns#voice> is wh:voice."""
    plain = (term or "").removeprefix("<").removesuffix(">")
    fits = [name for name, start in prefixes.items() if plain.startswith(start) and plain != start]
    if not fits:
        return term or ""
    name = max(fits, key=lambda fit: len(prefixes[fit]))
    return f"{name}:{plain.removeprefix(prefixes[name])}"


Terms = list[tuple[str, str | None]]
"""Names in SHACL's namespace, or `a`, each with a term in N-Triples."""


def _report_terms(report: Report, nodes: list[str]) -> Terms:
    conforms = f"{str(report.conforms).lower()}"
    results: Terms = [("sh:result", f"<{node}>") for node in nodes]
    return [("a", f"<{SHACL}ValidationReport>"), ("sh:conforms", conforms), *results]


def _result_terms(result: Result) -> Terms:
    return [
        ("a", f"<{SHACL}ValidationResult>"),
        ("sh:focusNode", _iri(result.focus)),
        ("sh:resultPath", _iri(result.path) if is_predicate(result.path) else None),
        ("sh:value", result.value),
        ("sh:sourceShape", _iri(result.shape)),
        ("sh:sourceConstraintComponent", _iri(result.component)),
        ("sh:resultMessage", str(ox.Literal(result.message, language="en"))),
        ("sh:resultSeverity", _iri(result.severity)),
    ]


def _iri(iri: str | None) -> str:
    return f"<{iri}>"


def _turtle(node: str, terms: Terms, prefixes: dict[str, str]) -> str:
    """One node's statements; IRIs by prefix where the rest is a plain local name."""
    lines = [
        f"    {name} {_turtle_term(term, prefixes)}" for name, term in terms if term is not None
    ]
    return f"<{node}>\n" + " ;\n".join(lines) + " .\n"


def _turtle_term(term: str, prefixes: dict[str, str]) -> str:
    short = shorten(term, prefixes)
    return short if term.startswith("<") and _LOCAL.fullmatch(short) else term


def read_term(value: str) -> Term:
    """The term that N-Triples writes so."""
    quad = next(ox.parse(f"<urn:s> <urn:p> {value} .", format=ox.RdfFormat.N_TRIPLES))
    term: Term = quad.object
    return term
