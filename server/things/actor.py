"""The page of an actor: its names, what it is said to hold, gain and lose, what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from flask import render_template

from server.show.called import links, names, wordings
from server.show.claim import Speaker, speaker
from server.show.facts import SELECTORS, Facts, gather
from server.show.reach import has, subjects, value
from server.show.term import Shown
from server.show.words import Passage
from server.site import release, terms
from server.things.origin import alone
from server.things.periods import PeriodView, period_view
from server.things.place import within
from server.things.quotation import words
from server.things.thing import Behind, head, views

FEW: Final = 12
"""Quotations, gains and losses that a page shows."""
MANY: Final = 60
"""Places held, and parts, that a page lists."""


@dataclass(frozen=True, slots=True)
class Held:
    """A place that an actor is said to hold or to have held: its latest period."""

    place: Shown
    period: PeriodView


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation: its words, by whom and in which article."""

    speaker: Speaker
    article: Shown
    words: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Claims of gains, or of losses: the latest, and how many in all."""

    title: str
    found: tuple[Behind, ...]
    total: int


def page(iri: str, path: str) -> str:
    """The page as HTML."""
    facts, shows = Facts(gather(release().store, [iri])), terms()
    held, said = latest_held(iri), subjects("wh:speaker", iri)
    parts = subjects("wh:partOf", iri)
    return render_template(
        "actor.html",
        head=head(iri, path, facts),
        types=[shows.thing(one) for one in facts.texts(iri, "wh:actorType")],
        alignments=[shows.thing(one) for one in facts.texts(iri, "wh:sourceAlignment")],
        names=names(iri, facts),
        wordings=wordings(iri),
        within=list(within(iri)),
        parts=[shows.thing(one) for one in parts[:MANY]],
        links=list(links(iri)),
        held=list(_held(held[:MANY])),
        places=len(held),
        changes=list(_changes(iri)),
        said=list(_said(said)),
        voices=len(said),
        alone=alone(iri),
    )


def latest_held(actor: str) -> list[tuple[str, str]]:
    """Each place with the latest period of it, all sources together, the latest place first."""
    best: dict[str, tuple[str, str]] = {}
    for period in subjects("wh:controller", actor, "period"):
        if not has(period, "wh:accordingTo"):
            place = value(period, "wh:place")
            found = value(period, "wh:lastAttested", "wh:beginLatest"), period
            best[place] = max(best.get(place, ("", "")), found)
    ranked = sorted(sorted(best), key=lambda place: best[place][0], reverse=True)
    return [(place, best[place][1]) for place in ranked]


def _held(found: Iterable[tuple[str, str]]) -> Iterator[Held]:
    shows, store = terms(), release().store
    for place, period in found:
        facts = Facts(gather(store, [period]))
        yield Held(shows.thing(place), period_view(period, facts, shows))


def _changes(actor: str) -> Iterator[Change]:
    for role, title in (("wh:gainedBy", "Said to have gained"), ("wh:lostBy", "Said to have lost")):
        claims = [one for one in subjects(role, actor, "claim") if has(one, "wh:firing")]
        days = {one: value(one, "wh:endLatest") for one in claims}
        if claims:
            latest = sorted(claims, key=days.__getitem__, reverse=True)[:FEW]
            yield Change(title, tuple(views(latest)), len(claims))


def _said(voices: Iterable[str]) -> Iterator[Said]:
    """Its quotations, those in its own words first."""
    shows, store = terms(), release().store
    facts = Facts(gather(store, list(voices)[:500]))
    quoted = [one for one in voices if facts.properties(one)]
    quoted.sort(key=lambda one: (not facts.all(one, "schema:text"), one))
    for one in quoted[:FEW]:
        own = Facts(gather(store, [one], SELECTORS))
        article = own.one(one, "wh:inArticle") or ""
        yield Said(speaker(one, own, shows), shows.thing(article), words(one, own))
