"""The page of any thing: what is stated of it, the words behind it, what names it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from flask import render_template
from pyoxigraph import NamedNode, Store

from kg.cite.citation import StatementCitation, cite_statement
from kg.question.evidence import claims_behind
from kg.store import UNION
from server.link import path_of
from server.paging import Paged, paged, shown_as
from server.show.claim import ClaimView, view
from server.show.facts import SELECTORS, VOICES, Facts, gather
from server.show.term import Shown, Terms
from server.show.words import Text
from server.site import attached, release, terms

RESTING: Final = ("claim", "voice", "event", "period", "question", "disagreement", "evidence")
"""The kinds of things that rest on claims, and so on words."""
FEW: Final = 25
"""How many things that name this one are listed for each property."""
LOOKED_AT: Final = 5_000
"""How many statements that name it are looked at."""
_FIRST: Final = ("22-rdf-syntax-ns#type", "core#prefLabel", "rdf-schema#label", "core#definition")
_LAST: Final = ("prov#wasDerivedFrom", "prov#wasGeneratedBy")


@dataclass(frozen=True, slots=True)
class Row:
    """A property with its values."""

    label: Shown
    values: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """What names a thing by one property; `query` finds all where there are `more`."""

    kind: str
    label: Shown
    things: tuple[Shown, ...]
    more: bool
    query: str


@dataclass(frozen=True, slots=True)
class Behind:
    """A claim with the article it stands in."""

    article: Shown
    claim: ClaimView


@dataclass(frozen=True, slots=True)
class Head:
    """What the page of every thing shows: its name, its address, how to cite it, its statements."""

    shown: Shown
    kind: str
    iri: str
    path: str
    citation: StatementCitation
    rows: tuple[Row, ...]


def head(iri: str, path: str, facts: Facts, called: str | None = None) -> Head:
    """The head of a page; the facts must hold the thing. `called` is what to say for a name."""
    shows = terms()
    shown = replace(shows.thing(iri), text=called, language=None) if called else shows.thing(iri)
    kind = path.partition("/")[0].replace("-", " ")
    cited = cite_statement(shown.text, iri, release().summary)
    return Head(shown, kind, iri, path, cited, tuple(_rows(iri, facts, shows)))


def page(iri: str, path: str) -> str:
    """The page as HTML."""
    store, shows = release().store, terms()
    facts = Facts(gather(store, [iri]))
    resting = path.partition("/")[0] in RESTING
    return render_template(
        "thing.html",
        head=head(iri, path, facts),
        behind=paged_views(behind(iri)) if resting else None,
        naming=list(naming(store, iri, shows)),
        graph=store.contains_named_graph(NamedNode(iri)),
    )


def _rows(iri: str, facts: Facts, shows: Terms) -> Iterator[Row]:
    stated = facts.properties(iri)
    for one in sorted(stated, key=_place):
        yield Row(shows.thing(one), tuple(shows.show(value) for value in stated[one]))


def _place(iri: str) -> tuple[int, str]:
    """Types and labels first, where from last, the rest by name."""
    for rank, names in ((0, _FIRST), (2, _LAST)):
        for i, name in enumerate(names):
            if iri.endswith(name):
                return rank, str(i)
    return 1, iri.rpartition("#")[2].rpartition("/")[2].lower()


def behind(iri: str) -> list[str]:
    """The claims that a thing rests on."""
    return claims_behind(release().store, iri)


def paged_views(claims: Sequence[str]) -> Paged[Behind]:
    """The page of some claims that the address asks for, each with its words and its article."""
    asked = paged(claims)
    return shown_as(asked, list(views(asked.found)))


def views(claims: Iterable[str]) -> Iterator[Behind]:
    """Some claims, in the order given, from any articles."""
    names, shows, policy = release().names, terms(), release().summary.get("excerpt", "none")
    claims = list(claims)
    facts = Facts(gather(release().store, claims, (*SELECTORS, *VOICES, "wh:inArticle")))
    texts: dict[str, Text | None] = {}
    for claim in claims:
        article = facts.one(claim, "wh:inArticle") or ""
        if article not in texts:
            slug = (names.split(article) or ("", ""))[1]
            texts[article] = attached(slug, facts.one(article, "wh:digest"))
        named = shows.thing(article) if article else Shown("an article unnamed")
        yield Behind(named, view(claim, facts, shows, texts[article], policy))


def naming(store: Store, iri: str, shows: Terms) -> Iterator[Naming]:
    """By kind and property: what names the thing."""
    statements = store.quads_for_pattern(None, None, NamedNode(iri), UNION)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    looked = list(islice(statements, LOOKED_AT))
    for quad in looked:
        if isinstance(quad.subject, NamedNode):
            found[_kind(quad.subject.value, shows), quad.predicate.value].add(quad.subject.value)
    for kind, link in sorted(found):
        things = sorted(found[kind, link])
        more = len(things) > FEW or len(looked) == LOOKED_AT
        query = f"SELECT DISTINCT ?thing WHERE {{ ?thing <{link}> <{iri}> }} ORDER BY ?thing"
        few = tuple(shows.thing(one) for one in things[:FEW])
        yield Naming(kind, shows.thing(link), few, more, query)


def _kind(iri: str, shows: Terms) -> str:
    """The kind of a thing as its path names it."""
    return (path_of(iri, shows.names) or "thing").partition("/")[0].replace("-", " ")
