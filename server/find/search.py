"""Search: names in all languages and variants, quotations, and the titles of articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from pyoxigraph import Literal, NamedNode, Triple
from werkzeug.exceptions import BadRequest

from kg.folding import cut, fold
from kg.lift.terms import words
from kg.release.read import Release
from kg.store import UNION
from server.find.finding import Entry, Hit, Match, Texts, nearly
from server.forms import graphed, publish, tabled
from server.linked.listing import about_page, here, state, stated, with_labels
from server.paging import ALL, Paged, paged
from server.rows import Sheet
from server.show.facts import property_of
from server.show.term import Shown
from server.site import once, release, terms

blueprint = Blueprint("search", __name__)

LONGEST: Final = 200
"""Characters of what is searched for."""
FEW, MANY = 6, 50
"""Hits of a kind beside other kinds; on a page of their own."""
SAID: Final = 320
"""Characters that are shown of a text around what was found in it."""

KINDS: Final = {
    "place": "Places",
    "actor": "Actors",
    "quotation": "Quotations",
    "article": "Articles",
    "term": "Terms of the codebook",
}
"""The kinds of what is found, in the order in which they are shown."""
NAMED: Final = ("place", "actor", "article", "term")
"""The kinds whose words a misspelt one may be taken for."""
_LABELS: Final = {
    "skos:prefLabel": "name",
    "skos:altLabel": "other name",
    "schema:headline": "title",
}
_COLUMNS: Final = ("kind", "thing", "name", "matched", "language", "as", "how", "page")
_WORDED: Final = """SELECT DISTINCT ?thing ?words {
  ?mention wh:refersTo ?thing ; wh:span ?span .
  ?span oa:hasSelector ?selector . ?selector oa:exact ?words
}"""

Index = Mapping[str, Texts]


@dataclass(frozen=True, slots=True)
class Found:
    """A hit for a page: the thing, and the text that has the words, cut around them."""

    shown: Shown
    before: str
    marked: str
    after: str
    language: str | None
    what: str
    same: bool
    context: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind that are shown, and how many there are."""

    kind: str
    title: str
    hits: tuple[Found, ...]
    part: Paged[Hit]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for."""

    text: str
    kind: str | None

    @property
    def words(self) -> str:
        """The text as it is compared."""
        return fold(self.text)

    @property
    def query(self) -> str:
        """It as the query of an address."""
        return urlencode({"q": self.text} | ({"kind": self.kind} if self.kind else {}))


def show() -> str:
    """The form, and what was found."""
    asked = _asked()
    found, instead = _found(asked)
    return render_template(
        "search.html",
        asked=asked,
        groups=list(_groups(asked, found)),
        instead=instead,
        total=sum(map(len, found.values())),
        query=asked.query,
    )


def table() -> Sheet:
    """What was found: 1,000 hits a page, of all kinds or of one."""
    asked = _asked()
    part = _hits_of(asked)
    rows = [_row(kind, hit) for kind, hit in part.found]
    return Sheet(_COLUMNS, rows, {"q": asked.text, **part.counted})


def statements() -> Iterator[Triple]:
    """The same as RDF: each thing with its names, and the text that it was found by.

    <…/search?q=aven> a schema:SearchResultsPage ; schema:itemListElement <…/search?q=aven#1> .
    <…/search?q=aven#1> schema:item <…/place/aven> ; schema:position 1 ;
        schema:name "Aven"@en ; schema:description "name, exact"@en .
    """
    asked = _asked()
    part = _hits_of(asked)
    page = here(f"search?{asked.query}")
    yield from about_page(page, "schema:SearchResultsPage", f"Search: {asked.text}")
    yield from state(page, schema_numberOfItems=Literal(part.total))
    for place, (_, hit) in enumerate(part.found, part.first):
        element = NamedNode(f"{page.value}#{place}")
        yield from state(page, schema_itemListElement=element)
        yield from _why(element, place, hit)
    things = [NamedNode(hit.entry.iri) for _, hit in part.found]
    yield from with_labels(stated(things, "rdf:type"))


def _why(element: NamedNode, place: int, hit: Hit) -> Iterator[Triple]:
    entry = hit.entry
    return state(
        element,
        schema_item=NamedNode(entry.iri),
        schema_position=Literal(place),
        schema_name=words(entry.text, entry.language),
        schema_description=words(f"{entry.what}, {hit.match.name.lower()}", "en"),
    )


publish(blueprint, "/search", show, tabled(table) | graphed(statements))


def _hits_of(asked: Asked) -> Paged[tuple[str, Hit]]:
    """A page of the hits of all kinds, each with its kind."""
    found, _ = _found(asked)
    return paged([(kind, hit) for kind in KINDS for hit in found.get(kind, ())], ALL)


def _asked() -> Asked:
    text = " ".join(request.args.get("q", "").split())
    kind = request.args.get("kind") or None
    if len(text) > LONGEST:
        raise BadRequest(f"q has {len(text):,} characters; at most {LONGEST}. Search for less.")
    if kind is not None and kind not in KINDS:
        raise BadRequest(f"kind is '{kind}'; one of {', '.join(KINDS)}, or none for all.")
    return Asked(text, kind)


def _found(asked: Asked) -> tuple[dict[str, list[Hit]], list[str]]:
    """The hits by kind; where there are none, those of words spelt nearly so, and these words."""
    index = once("search", index_of)
    kinds = [asked.kind] if asked.kind else list(KINDS)
    found = _hits(index, kinds, asked.words)
    if any(found.values()) or not asked.words:
        return found, []
    known = once("search words", lambda _: {w for k in NAMED for w in index[k].vocabulary()})
    for instead in nearly(asked.words, known):
        near = _hits(index, kinds, instead)
        if any(near.values()):
            as_near = {
                k: [replace(h, match=Match.NEARLY) for h in hits] for k, hits in near.items()
            }
            return as_near, [instead]
    return found, []


def _hits(index: Index, kinds: list[str], words: str) -> dict[str, list[Hit]]:
    return {kind: index[kind].find(words) for kind in kinds}


def index_of(release: Release) -> dict[str, Texts]:
    """The texts of all kinds; quoted words only as far as the publication shows any."""
    entries: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    for curie, what in _LABELS.items():
        for iri, text in _literals(release, curie):
            entries[_kind(iri, release)].append(Entry(iri, text.value, text.language, what))
    if release.summary.get("excerpt", "none") != "none":
        for iri, text in _literals(release, "schema:text"):
            entries["quotation"].append(Entry(iri, text.value, text.language, "quotation"))
        for iri, text in _worded(release, entries):
            entry = Entry(iri, text.value, text.language, "as an article words it")
            entries[_kind(iri, release)].append(entry)
    return {kind: Texts(found) for kind, found in entries.items()}


def _kind(iri: str, release: Release) -> str:
    kind, _ = release.names.split(iri) or ("term", "")
    return kind if kind in KINDS else "term"


def _literals(release: Release, curie: str) -> Iterator[tuple[str, Literal]]:
    for quad in release.store.quads_for_pattern(None, property_of(curie), None, UNION):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.subject.value, quad.object


def _worded(release: Release, known: Mapping[str, list[Entry]]) -> Iterator[tuple[str, Literal]]:
    """What articles call actors and places, where it is none of the names they have already."""
    seen = {(entry.iri, fold(entry.text)) for kind in known for entry in known[kind]}
    names = release.names
    solutions: Any = release.store.query(
        _WORDED,
        base_iri=names.base,
        prefixes=names.prefixes(),
    )
    for thing, wording in solutions:
        pair = thing.value, fold(wording.value)
        if pair not in seen:
            seen.add(pair)
            yield thing.value, wording


def _groups(asked: Asked, found: Mapping[str, list[Hit]]) -> Iterator[Group]:
    """The kinds that have hits: the first few of each, or a page of the only one."""
    for kind, hits in found.items():
        if hits:
            part = paged(hits, MANY) if asked.kind else Paged(hits[:FEW], 1, 1, len(hits), 1)
            yield Group(kind, KINDS[kind], tuple(_shown(kind, hit) for hit in part.found), part)


def _shown(kind: str, hit: Hit) -> Found:
    entry, thing = hit.entry, terms().thing(hit.entry.iri)
    before, marked, after = cut(entry.text, hit.words)
    if not marked:
        before, after = before[:SAID] + "…" * (len(before) > SAID), ""
    return Found(
        thing,
        before if len(before) <= SAID else f"…{before[-SAID // 2 :]}",
        marked[:SAID],
        after if len(after) <= SAID else f"{after[: SAID // 2]}…",
        entry.language,
        entry.what,
        thing.text == entry.text,
        tuple(_context(entry.iri)) if kind == "quotation" else (),
    )


def _context(voice: str) -> Iterator[Shown]:
    """Who speaks, and in which article."""
    for curie in ("wh:speaker", "wh:inArticle"):
        quads = release().store.quads_for_pattern(NamedNode(voice), property_of(curie), None, UNION)
        yield from (terms().thing(q.object.value) for q in quads if isinstance(q.object, NamedNode))


def _row(kind: str, hit: Hit) -> dict[str, str]:
    entry, thing = hit.entry, terms().thing(hit.entry.iri)
    values = (
        kind,
        entry.iri,
        thing.text,
        entry.text,
        entry.language or "",
        entry.what,
        hit.match.name.lower(),
        thing.href or "",
    )
    return dict(zip(_COLUMNS, values, strict=True))
