"""The page of an article: its data, its claims with their words and standing, its voices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from flask import render_template
from pyoxigraph import NamedNode, Store

from kg.cite.citation import cite_statement
from kg.store import UNION
from server.show import dates
from server.show.claim import Speaker, speaker
from server.show.facts import SELECTORS, VOICES, Facts, gather, property_of
from server.show.term import Shown, Terms
from server.site import attached, once, release, terms
from server.things.origin import alone
from server.things.thing import Behind, Row, views

MENTIONED: Final = 60
"""Mentions that a page lists."""
_ABOUT: Final = {
    "schema:publisher": "Publisher",
    "schema:author": "Author",
    "schema:inLanguage": "Language",
    "schema:url": "At",
    "schema:archivedAt": "Archived at",
    "wh:probablyDerivedFrom": "Probably derived from",
    "wh:coder": "Coded by",
    "wh:reviewer": "Reviewed by",
    "dcterms:date": "Coded on",
    "wh:codebook": "Codebook",
}


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One voice of the article."""

    speaker: Speaker
    said_to: Shown | None
    relayed_by: Shown | None


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """An article in the list of all, by day of publication."""

    published: str
    iri: str
    publisher: str
    claims: int


@dataclass(frozen=True, slots=True)
class ListedView:
    """The same, to be shown."""

    shown: Shown
    publisher: Shown | None
    published: str
    claims: int


def page(iri: str, path: str) -> str:
    """The page as HTML."""
    store, shows = release().store, terms()
    members = _members(store, iri)
    facts = Facts(gather(store, [iri, *members], (*SELECTORS, *VOICES)))
    claims = [one for one in members if facts.one(one, "wh:voice")]
    voices = [
        one for one in members if property_of("wh:Voice").value in facts.texts(one, "rdf:type")
    ]
    mentions = [one for one in members if facts.one(one, "wh:refersTo")]
    slug = path.partition("/")[2]
    return render_template(
        "article.html",
        shown=shows.thing(iri),
        iri=iri,
        path=path,
        citation=cite_statement(shows.thing(iri).text, iri, release().summary),
        published=dates.days(
            facts.one(iri, "wh:publishedEarliest"), facts.one(iri, "wh:publishedLatest")
        ),
        because=facts.one(iri, "wh:because"),
        digest=facts.one(iri, "wh:digest"),
        rows=list(_rows(iri, facts, shows)),
        claims=sorted(views(claims), key=_position),
        mentions=[shows.thing(one) for one in mentions[:MENTIONED]],
        counted=len(mentions),
        voices=list(_voices(voices, facts, shows)),
        alone=alone(iri),
        state=_state(slug, facts.one(iri, "wh:digest")),
    )


def _members(store: Store, iri: str) -> list[str]:
    quads = store.quads_for_pattern(None, property_of("wh:inArticle"), NamedNode(iri), UNION)
    return sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode))


def _position(behind: Behind) -> tuple[tuple[tuple[int, int], ...], str]:
    return behind.claim.positions, behind.claim.local


def _rows(iri: str, facts: Facts, shows: Terms) -> Iterator[Row]:
    for curie, label in _ABOUT.items():
        values = tuple(shows.show(value) for value in facts.all(iri, curie))
        if values:
            yield Row(Shown(label), values)


def _voices(voices: list[str], facts: Facts, shows: Terms) -> Iterator[VoiceRow]:
    for voice in voices:
        said_to, relayed_by = facts.one(voice, "wh:saidTo"), facts.one(voice, "wh:relayedBy")
        yield VoiceRow(
            speaker(voice, facts, shows),
            shows.thing(said_to) if said_to else None,
            speaker(relayed_by, facts, shows).shown if relayed_by else None,
        )


def _state(slug: str, digest: str | None) -> str:
    """What of the words is shown, and why no more."""
    policy = release().summary.get("excerpt", "none")
    if policy == "none":
        return "No words of this article are shown here: that is the publication's policy."
    if policy == "anchor":
        return "Only the words that a claim stands on are shown: that is the publication's policy."
    if attached(slug, digest) is None:
        return "The text is not attached here: only the words that a claim is found by are shown."
    return "The text is attached: the words of each claim are marked in their sentence."


def listed() -> list[Listed]:
    """All articles of the release, by day of publication."""
    return once("articles", lambda one: sorted(_listed(one.store)))


def shown(articles: Iterable[Listed]) -> list[ListedView]:
    """Some articles of the list, by their titles."""
    shows = terms()
    return [
        ListedView(
            shows.thing(one.iri),
            shows.thing(one.publisher) if one.publisher else None,
            one.published,
            one.claims,
        )
        for one in articles
    ]


def _listed(store: Store) -> Iterator[Listed]:
    kind, in_article = property_of("rdf:type"), property_of("wh:inArticle")
    claims = {
        q.subject for q in store.quads_for_pattern(None, kind, property_of("wh:Claim"), UNION)
    }
    for quad in store.quads_for_pattern(None, kind, property_of("wh:Article"), UNION):
        article = quad.subject
        facts = Facts(store.quads_for_pattern(article, None, None, UNION))
        inside = store.quads_for_pattern(None, in_article, article, UNION)
        count = sum(q.subject in claims for q in inside)
        iri = article.value if isinstance(article, NamedNode) else str(article)
        days = facts.one(iri, "wh:publishedEarliest"), facts.one(iri, "wh:publishedLatest")
        yield Listed(dates.days(*days), iri, facts.one(iri, "schema:publisher") or "", count)
