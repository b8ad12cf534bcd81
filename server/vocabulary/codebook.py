"""Terms as a codebook has them: definition, rule, example, borderline case, counter-example.

Also the pages of the schemes and of their concepts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import render_template
from pyoxigraph import NamedNode, QuerySolutions, Store

from kg.names import SCHEMES, VOCABULARIES, WH
from server.show.facts import Facts, gather, subjects_of
from server.show.term import Shown
from server.site import once, release, terms
from server.things import thing

_RELATED: Final = {
    "rdfs:subClassOf": "a kind of",
    "rdfs:subPropertyOf": "a kind of",
    "rdfs:domain": "of",
    "schema:domainIncludes": "of",
    "rdfs:range": "gives",
    "schema:rangeIncludes": "gives",
    "rdfs:seeAlso": "see",
    "skos:broader": "within",
    "skos:member": "members",
    "skos:exactMatch": "the same as",
    "skos:closeMatch": "close to",
    "skos:broadMatch": "narrower than",
    "skos:narrowMatch": "wider than",
    "skos:relatedMatch": "related to",
}
"""What a term is to others, in words; those of one name are told together."""
_USES: Final = """SELECT ?link (COUNT(DISTINCT ?thing) AS ?count) WHERE {{
  ?thing ?link {node}
  FILTER(?link NOT IN (skos:hasTopConcept, skos:member, skos:inScheme, skos:broader))
}} GROUP BY ?link ORDER BY ?link"""


@dataclass(frozen=True, slots=True)
class Related:
    """What a term is to some others."""

    label: str
    values: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as the codebook has it; what it does not say is empty."""

    iri: str
    name: str
    shown: Shown
    definition: str
    rule: str
    roles: str
    example: str
    borderline: str
    counter: str
    other: tuple[str, ...]
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """By how many things a concept is named with one property."""

    link: Shown
    count: int
    query: str


def entry(iri: str, facts: Facts) -> Entry:
    """A term of the vocabulary or of a scheme."""
    rule, _, roles = _after("Rule: ", facts.one(iri, "skos:scopeNote")).partition(" Roles: ")
    return Entry(
        iri,
        iri.removeprefix(WH).rpartition("/")[2],
        terms().thing(iri),
        facts.one(iri, "skos:definition") or "",
        rule,
        roles,
        facts.one(iri, "skos:example") or "",
        _after("Borderline: ", facts.one(iri, "skos:editorialNote")),
        _after("Not: ", facts.one(iri, "skos:note")),
        tuple(facts.texts(iri, "skos:altLabel")),
        tuple(_related(iri, facts)),
    )


def _after(start: str, text: str | None) -> str:
    return (text or "").removeprefix(start)


def _related(iri: str, facts: Facts) -> list[Related]:
    """The closure says that everything is a kind of itself: that is left out."""
    found: dict[str, dict[str, Shown]] = {}
    for curie, label in _RELATED.items():
        others = (one for one in facts.texts(iri, curie) if one != iri)
        found.setdefault(label, {}).update((one, terms().thing(one)) for one in others)
    return [Related(label, tuple(values.values())) for label, values in found.items() if values]


def page(iri: str, path: str) -> str:
    """The page of a scheme, with all its concepts, or of one concept."""
    scheme, slash, name = path.partition("/")
    facts: Facts = once(f"codebook {scheme}", lambda one: _read(one.store, SCHEMES + scheme))
    if not facts.properties(iri):
        return thing.page(iri, path)
    if not slash:
        return _scheme(iri, path, facts)
    return render_template(
        "concept.html",
        one=entry(iri, facts),
        code=f"{scheme}:{name}",
        scheme=terms().thing(SCHEMES + scheme),
        uses=_uses(iri),
        path=path,
    )


def _scheme(iri: str, path: str, facts: Facts) -> str:
    concepts = facts.texts(iri, "skos:hasTopConcept")
    return render_template(
        "scheme.html",
        iri=iri,
        shown=terms().thing(iri),
        about=facts.one(iri, "skos:definition"),
        found=[entry(one, facts) for one in _ordered(concepts, facts)],
        collections=[entry(one, facts) for one in facts.things("skos:member")],
        path=path,
    )


def _ordered(tops: list[str], facts: Facts) -> list[str]:
    """All concepts of a scheme: the first ones, then those within others."""
    return [*tops, *(one for one in facts.things("skos:inScheme") if one not in tops)]


def _read(store: Store, scheme: str) -> Facts:
    """Everything stated of a scheme, of its concepts, of its collections."""
    concepts = subjects_of(store, "skos:inScheme", scheme)
    collections = {c for one in concepts for c in subjects_of(store, "skos:member", one)}
    return Facts(gather(store, [scheme, *concepts, *sorted(collections)]))


def _uses(iri: str) -> list[Use]:
    """What names a concept, by property, with a query that finds them all."""
    found = release().store.query(_USES.format(node=NamedNode(iri)), prefixes=VOCABULARIES)
    assert isinstance(found, QuerySolutions)  # noqa: S101 the query is SELECT
    return [_use(row["link"].value, int(row["count"].value), iri) for row in found]


def _use(link: str, count: int, iri: str) -> Use:
    query = f"SELECT DISTINCT ?thing WHERE {{ ?thing <{link}> <{iri}> }} ORDER BY ?thing"
    return Use(terms().thing(link), count, query)
