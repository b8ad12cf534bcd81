"""The page of the vocabulary: every class and property, each at the fragment that its IRI has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template
from pyoxigraph import NamedNode

from kg.names import SCHEME_NAMES, SCHEMES, WH
from server.facts import Facts, describe
from server.site import release, terms
from server.term import Shown


@dataclass(frozen=True, slots=True)
class TermView:
    """A class or property as the ontology defines it."""

    name: str
    label: str
    definition: str
    example: str
    notes: tuple[str, ...]
    values: tuple[Shown, ...]


def page(iri: str, path: str) -> str:
    """The page as HTML."""
    facts = Facts(describe(release().store, iri))
    terms_of = {
        kind: list(_terms(kind, facts)) for kind in ("Class", "ObjectProperty", "DatatypeProperty")
    }
    schemes = [terms().thing(SCHEMES + name) for name in SCHEME_NAMES]
    return render_template(
        "ontology.html",
        shown=Shown(facts.one(iri, "dcterms:title") or "Vocabulary"),
        iri=iri,
        path=path,
        about=facts.one(iri, "dcterms:description"),
        classes=terms_of["Class"],
        links=terms_of["ObjectProperty"],
        values=terms_of["DatatypeProperty"],
        schemes=schemes,
    )


def _terms(kind: str, facts: Facts) -> Iterator[TermView]:
    typed = NamedNode(f"http://www.w3.org/2002/07/owl#{kind}")
    quads = release().store.quads_for_pattern(None, None, typed, None)
    found = {q.subject.value for q in quads if isinstance(q.subject, NamedNode)}
    for iri in sorted(one for one in found if one.startswith(WH)):
        yield TermView(
            name=iri.removeprefix(WH),
            label=facts.one(iri, "rdfs:label") or iri.removeprefix(WH),
            definition=facts.one(iri, "skos:definition") or "",
            example=facts.one(iri, "skos:example") or "",
            notes=(*facts.texts(iri, "skos:editorialNote"), *facts.texts(iri, "skos:note")),
            values=tuple(terms().thing(s) for s in facts.texts(iri, "rdfs:seeAlso")),
        )
