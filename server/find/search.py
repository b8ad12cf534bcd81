"""Search: names in all languages and variants, quotations, and the titles of articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from pyoxigraph import Literal, NamedNode
from werkzeug.exceptions import BadRequest, NotFound

from kg.release.read import Release
from kg.store import UNION
from server.find.finding import Entry, Hit, Match, Texts, nearly
from server.find.folding import cut, fold
from server.negotiate import HTML
from server.paging import Paged, paged
from server.rows import FORMS, write
from server.show.facts import property_of
from server.show.term import Shown
from server.site import once, release, terms

blueprint = Blueprint("search", __name__)

LONGEST: Final = 200
"""Characters of what is searched for."""
FEW, MANY, ALL = 6, 50, 1_000
"""Hits of a kind beside other kinds; on a page of their own; in a file."""
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


@blueprint.get("/search")
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
        query=urlencode({"q": asked.text} | ({"kind": asked.kind} if asked.kind else {})),
    )


@blueprint.get("/search.<suffix>")
def table(suffix: str) -> Response:
    """What was found as CSV or JSON: 1,000 hits a page, of all kinds or of one."""
    if suffix == HTML.suffix:
        return Response(show(), content_type=HTML.content_type)
    if suffix not in FORMS:
        raise NotFound("A search is served as .html, .csv and .json.")
    asked = _asked()
    found, _ = _found(asked)
    hits = [(kind, hit) for kind in KINDS for hit in found.get(kind, ())]
    part = paged(hits, ALL)
    rows = [_row(kind, hit) for kind, hit in part.found]
    about = {"q": asked.text, "page": part.number, "pages": part.pages, "total": part.total}
    body = write(suffix, _COLUMNS, rows, **about)
    return Response(body, content_type=FORMS[suffix])


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
    for thing, words in solutions:
        pair = thing.value, fold(words.value)
        if pair not in seen:
            seen.add(pair)
            yield thing.value, words


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
