"""What a release calls its things: labels, words and claims, looked up in its store one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse

from kg.diff.plain import plain
from kg.lift.retired import GRAPH
from kg.lift.terms import term
from kg.names import Names, concept_key
from kg.question.show import short
from kg.release.read import Release
from kg.release.retired import retired_as
from kg.store import UNION

Term = NamedNode | BlankNode | Literal | Triple
Facts = dict[str, frozenset[Term]]
"""What is said of one thing: the values of each property."""

DEPRECATED: Final = term("owl:deprecated").value
LABELS: Final = ("skos:prefLabel", "rdfs:label", "schema:headline")
NAMED: Final = {
    term("rdf:type").value: "class",
    term("skos:prefLabel").value: "name",
    term("skos:altLabel").value: "other name",
    term("skos:note").value: "note",
    term("schema:headline").value: "title",
    term("schema:text").value: "words said",
    term("prov:wasDerivedFrom").value: "rests on",
    term("prov:wasGeneratedBy").value: "derived by rule",
    term("geo:asWKT").value: "point",
    term("geo:hasGeometry").value: "point",
    term("dcterms:source").value: "source",
    term("dcterms:date").value: "date",
}
"""What properties of other vocabularies are called here."""


def stated(lines: Iterable[bytes], names: Names) -> tuple[bytes, ...]:
    """The lines that say something of a thing itself: not why its id is no longer used."""
    retired = f" <{names.graph(GRAPH)}> .\n".encode()
    return tuple(line for line in lines if not line.endswith(retired))


def read_facts(lines: Iterable[bytes]) -> Facts:
    """What lines of N-Quads about one subject say, whichever graphs say it."""
    found: dict[str, set[Term]] = {}
    for quad in parse(b"".join(lines), format=RdfFormat.N_QUADS):
        found.setdefault(quad.predicate.value, set()).add(quad.object)
    return {name: frozenset(values) for name, values in found.items()}


@dataclass(frozen=True, eq=False, slots=True)
class Reader:
    """One release, asked what its things are called."""

    release: Release
    _labels: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        """Mints the release's IRIs."""
        return self.release.names

    @property
    def store(self) -> Store:
        """The release's store."""
        return self.release.store

    @property
    def quotes(self) -> bool:
        """Whether the excerpt policy lets words of the articles be shown."""
        return bool(self.release.summary["excerpt"] != "none")

    def values(self, thing: str, curie: str) -> list[Term]:
        """The values of one property of a thing."""
        found = self.store.quads_for_pattern(NamedNode(thing), term(curie), None, UNION)
        return sorted({quad.object for quad in found}, key=str)

    def facts(self, thing: str) -> Facts:
        """Everything said of a thing; nothing of one whose id is retired."""
        found: dict[str, set[Term]] = {}
        for quad in self.store.quads_for_pattern(NamedNode(thing), None, None, UNION):
            found.setdefault(quad.predicate.value, set()).add(quad.object)
        if found.keys() & {DEPRECATED} and self.end(thing):
            return {}
        return {name: frozenset(values) for name, values in found.items()}

    def end(self, thing: str) -> str:
        """What became of a thing whose id is retired: "was withdrawn on 2026-11-21: …"."""
        entry = retired_as(self.store, self.names, thing)
        return plain(entry.said) if entry else ""

    def kind(self, thing: str) -> tuple[str, str]:
        """The kind and local name of a thing; of what is none of ours, nothing and its IRI."""
        return self.names.split(thing) or ("", thing)

    def curie(self, thing: str) -> str:
        """claim:aven.bridge-taken"""
        kind, local = self.kind(thing)
        return plain(f"{kind}:{local}" if kind else short(NamedNode(thing), self.names))

    def label(self, value: Term) -> str:
        """What people call a value; of a literal, its text."""
        if isinstance(value, Literal):
            language = f" ({value.language})" if value.language not in (None, "en") else ""
            return plain(value.value) + language
        if not isinstance(value, NamedNode):
            return plain(str(value))
        if value.value not in self._labels:
            self._labels[value.value] = self._called(value.value)
        return self._labels[value.value]

    def title(self, article: str) -> str:
        """The title of an article."""
        return self._named(article) or self.curie(article)

    def property(self, iri: str) -> str:
        """What a property is called: "event type"."""
        if iri in NAMED:
            return NAMED[iri]
        found = self._named(iri)
        return found or concept_key(re.split(r"[/#]", iri)[-1]).replace("-", " ")

    def words(self, span: str) -> str:
        """The words of a span and where they stand: “took the Aven bridge” [41–61]"""
        at, said = "", ""
        for node in self.values(span, "oa:hasSelector"):
            if isinstance(node, NamedNode):
                start, end = self._text(node, "oa:start"), self._text(node, "oa:end")
                at = f"[{start}–{end}]" if start else at
                said = self._quoted(node) or said
        shown = f"“{said}” {at}" if said and self.quotes else at
        return shown.strip() or self.curie(span)

    def claims_of(self, thing: str) -> list[str]:
        """The claims that a derived thing rests on or compares; of a claim, itself."""
        if self.kind(thing)[0] == "claim":
            return [thing]
        found = [*self.values(thing, "prov:wasDerivedFrom"), *self.values(thing, "wh:compares")]
        nodes = (node.value for node in found if isinstance(node, NamedNode))
        return sorted({node for node in nodes if self.kind(node)[0] == "claim"})

    def subjects(self, curie: str, value: str) -> Iterator[str]:
        """The things that have this value of a property."""
        for quad in self.store.quads_for_pattern(None, term(curie), NamedNode(value), UNION):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value

    def _quoted(self, selector: NamedNode) -> str:
        exact = self._text(selector, "oa:exact")
        first, last = (
            next((self._text(n, "oa:exact") for n in self.values(selector.value, curie)), "")  # type: ignore[arg-type]
            for curie in ("oa:hasStartSelector", "oa:hasEndSelector")
        )
        return exact or (f"{first} … {last}" if first else "")

    def _text(self, node: NamedNode, curie: str) -> str:
        found = self.values(node.value, curie)
        return plain(getattr(found[0], "value", "")) if found else ""

    def _called(self, thing: str) -> str:
        kind, local = self.kind(thing)
        if kind == "span":
            return self.words(thing)
        if kind == "rule":
            return " ".join(local.rsplit(".", 1))
        if kind == "article":
            return f"“{self.title(thing)}”"
        return self._named(thing) or self.curie(thing)

    def _named(self, thing: str) -> str:
        for curie in LABELS:
            found = [v for v in self.values(thing, curie) if isinstance(v, Literal)]
            if found:
                best = min(found, key=lambda v: (v.language != "en", v.language or "", v.value))
                return plain(best.value)
        return ""
