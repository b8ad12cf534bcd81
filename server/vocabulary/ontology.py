"""The page of the vocabulary: every class and property, each at the fragment that its IRI has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flask import render_template

from kg.names import SCHEME_NAMES, SCHEMES, WH
from server.linked.description import subjects
from server.show.facts import Facts, gather, subjects_of
from server.show.term import Shown
from server.site import once, release, terms
from server.vocabulary.codebook import Entry, entry

_PARTS: Final = {
    "classes": ("Classes", "Class"),
    "links": ("Properties that link", "ObjectProperty"),
    "values": ("Properties with values", "DatatypeProperty"),
}
_OWL: Final = "http://www.w3.org/2002/07/owl#"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its anchor, its heading, its terms."""

    anchor: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme with its concepts, as the page of the vocabulary lists it."""

    shown: Shown
    about: str
    values: tuple[Shown, ...]


def page(iri: str, path: str) -> str:
    """The page as HTML."""
    facts = once("vocabulary", lambda one: Facts(gather(one.store, subjects(one.store, iri))))
    return render_template(
        "ontology.html",
        shown=Shown(facts.one(iri, "dcterms:title") or "Vocabulary"),
        iri=iri,
        path=path,
        about=facts.one(iri, "dcterms:description"),
        version=facts.one(iri, "owl:versionInfo"),
        parts=[_part(anchor, facts) for anchor in _PARTS],
        schemes=list(_schemes()),
    )


def _part(anchor: str, facts: Facts) -> Part:
    title, kind = _PARTS[anchor]
    typed = [one for one in facts.things("rdf:type") if one.startswith(WH)]
    entries = (entry(one, facts) for one in typed if _OWL + kind in facts.texts(one, "rdf:type"))
    return Part(anchor, title, tuple(entries))


def _schemes() -> Iterator[Scheme]:
    store = release().store
    for name in SCHEME_NAMES:
        iri = SCHEMES + name
        facts = Facts(gather(store, [iri]))
        concepts = subjects_of(store, "skos:inScheme", iri)
        values = tuple(terms().thing(one) for one in concepts)
        yield Scheme(terms().thing(iri), facts.one(iri, "skos:definition") or "", values)
