"""The page of a voice: its words, who speaks, in which role, through whom, what it claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flask import render_template
from pyoxigraph import Literal

from server.show.claim import Speaker, anchors_of, speaker
from server.show.facts import SELECTORS, VOICES, Facts, gather
from server.show.reach import objects, subjects
from server.show.term import Shown
from server.show.words import Passage, Segment, passages
from server.site import attached, release, terms
from server.things.thing import behind, head, paged_views

MOST: Final = 50
"""Voices that report one utterance and are listed."""
_SAME: Final = "wh:sameUtteranceAs"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same utterance in another article."""

    speaker: Speaker
    article: Shown
    words: tuple[Passage, ...]


def page(iri: str, path: str) -> str:
    """The page as HTML."""
    facts = Facts(gather(release().store, [iri], (*SELECTORS, *VOICES)))
    shows = terms()
    chain = list(_chain(iri, facts))
    said_to = facts.one(iri, "wh:saidTo")
    affiliations = facts.texts(iri, "wh:speakerAffiliation")
    return render_template(
        "quotation.html",
        head=head(iri, path, facts, f"{chain[0].shown.text}, {chain[0].form.text.lower()}"),
        chain=chain,
        words=words(iri, facts),
        article=shows.thing(facts.one(iri, "wh:inArticle") or ""),
        said_to=shows.thing(said_to) if said_to else None,
        affiliations=[shows.thing(one) for one in affiliations],
        elsewhere=list(_elsewhere(iri)),
        behind=paged_views(behind(iri)),
    )


def words(voice: str, facts: Facts) -> tuple[Passage, ...]:
    """What is quoted; of an indirect quotation the passage, or the words that find it."""
    policy = release().summary.get("excerpt", "none")
    quoted = [one for one in facts.all(voice, "schema:text") if isinstance(one, Literal)]
    if quoted and policy != "none":
        return tuple(
            Passage((Segment(one.value, marked=False),), one.language, whole=False)
            for one in quoted
        )
    article = facts.one(voice, "wh:inArticle") or ""
    slug = (release().names.split(article) or ("", ""))[1]
    spans = [s for s in facts.texts(voice, "wh:span") if not facts.all(s, "oa:hasPurpose")]
    said = tuple(anchors_of(spans, facts))
    digest = facts.one(article, "wh:digest") or next(iter(_digest(article)), None)
    return tuple(passages(said, attached(slug, digest), policy))


def _digest(article: str) -> list[str]:
    return Facts(gather(release().store, [article])).texts(article, "wh:digest")


def _chain(voice: str, facts: Facts) -> Iterator[Speaker]:
    """The voice and those that relay it, to the outlet."""
    seen: set[str] = set()
    at: str | None = voice
    while at and at not in seen:
        seen.add(at)
        yield speaker(at, facts, terms())
        at = facts.one(at, "wh:relayedBy")


def _elsewhere(voice: str) -> Iterator[Elsewhere]:
    shows = terms()
    for one in sorted(same_utterance(voice) - {voice}):
        facts = Facts(gather(release().store, [one], SELECTORS))
        article = facts.one(one, "wh:inArticle") or ""
        yield Elsewhere(speaker(one, facts, shows), shows.thing(article), words(one, facts))


def same_utterance(voice: str) -> set[str]:
    """All voices that report one utterance, however they are linked; MOST at most."""
    found, waiting = {voice}, [voice]
    while waiting and len(found) < MOST:
        at = waiting.pop()
        new = {*objects(at, _SAME), *subjects(_SAME, at)} - found
        found |= new
        waiting += sorted(new)
    return found
