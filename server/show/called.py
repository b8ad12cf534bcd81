"""What a place or actor is called: by the authority files, and by each article that names it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal

from kg.text import Span
from server.show.claim import anchors_of
from server.show.facts import SELECTORS, Facts, gather, property_of
from server.show.reach import has, subjects
from server.show.term import Shown
from server.site import release, terms

NO_TERM: Final = property_of("sssom:NoTermFound").value
"""What a judgement leads to where a source has no record to be trusted."""
FEW: Final = 3
"""Articles that a wording is shown with."""
MANY: Final = 60
"""Wordings that a page shows."""

LOOKED_AT: Final = 1_000
"""Mentions that are looked at."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another authority, or one that was judged to be wrong, with its ground."""

    kind: Shown
    target: Shown
    because: str
    by: str
    on: str
    confidence: str
    rejected: bool
    source: str
    """What the ids of the source begin with that the judgement is about."""
    none: bool
    """Whether the source has no record to be trusted."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a thing is named."""

    iri: str
    article: str
    at: Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands in quotation marks: by whom, and where."""

    speaker: str
    at: Span


@dataclass(frozen=True, slots=True)
class Wording:
    """A name as written, how often, and where first."""

    text: str
    language: str | None
    times: int
    articles: tuple[Shown, ...]
    mentions: tuple[Shown, ...]
    speakers: tuple[Shown, ...] = ()

    @property
    def further(self) -> int:
        """How many mentions are not among those shown."""
        return self.times - len(self.articles)


def names(iri: str, facts: Facts) -> tuple[Shown, ...]:
    """The labels, preferred ones first."""
    found = [*facts.all(iri, "skos:prefLabel"), *facts.all(iri, "skos:altLabel")]
    literals = dict.fromkeys(one for one in found if isinstance(one, Literal))
    return tuple(Shown(one.value, language=one.language) for one in literals)


def wordings(iri: str) -> tuple[Wording, ...]:
    """How articles name it, the most frequent first; nothing where no words may be shown."""
    if release().summary.get("excerpt", "none") == "none":
        return ()
    mentions = subjects("wh:refersTo", iri, "mention")[:LOOKED_AT]
    facts = Facts(gather(release().store, mentions, SELECTORS))
    found: dict[tuple[str, str | None], list[Mention]] = defaultdict(list)
    for one in mentions:
        article = facts.one(one, "wh:inArticle") or ""
        for anchor in anchors_of(facts.texts(one, "wh:span"), facts):
            found[anchor.exact, anchor.language].append(Mention(one, article, anchor.at))
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0][0], item[0][1] or ""))
    quoted: dict[str, list[Quoted]] = {}
    return tuple(_wording(*words, found, quoted) for words, found in ranked[:MANY])


def _wording(
    text: str, language: str | None, mentions: list[Mention], quoted: dict[str, list[Quoted]]
) -> Wording:
    shows, few = terms(), mentions[:FEW]
    for one in few:
        if one.article not in quoted:
            quoted[one.article] = list(_quoted(one.article))
    speakers = dict.fromkeys(
        said.speaker
        for one in few
        for said in quoted[one.article]
        if said.at[0] <= one.at[0] and one.at[1] <= said.at[1]
    )
    return Wording(
        text,
        language,
        len(mentions),
        tuple(shows.thing(one.article) for one in few if one.article),
        tuple(shows.thing(one.iri) for one in few),
        tuple(shows.thing(one) for one in speakers),
    )


def _quoted(article: str) -> Iterator[Quoted]:
    """The stretches of an article that stand in quotation marks, each with its speaker."""
    voices = subjects("wh:inArticle", article, "voice") if article else []
    facts = Facts(gather(release().store, voices, SELECTORS))
    for one in voices:
        speaker = facts.one(one, "wh:speaker")
        spans = [s for s in facts.texts(one, "wh:span") if not facts.all(s, "oa:hasPurpose")]
        if speaker and facts.all(one, "schema:text"):
            yield from (Quoted(speaker, anchor.at) for anchor in anchors_of(spans, facts))


def links(iri: str) -> Iterator[Link]:
    """The links that were judged, accepted ones first."""
    shows = terms()
    judged = [one for one in subjects("rdf:subject", iri) if has(one, "sssom:confidence")]
    facts = Facts(gather(release().store, judged[:MANY]))
    for one in sorted(judged[:MANY], key=lambda j: (_rejected(j, facts), j)):
        yield Link(
            shows.thing(facts.one(one, "rdf:predicate") or ""),
            shows.show(next(iter(facts.all(one, "rdf:object")), None)),
            facts.one(one, "wh:because") or "",
            facts.one(one, "wh:coder") or "",
            facts.one(one, "dcterms:date") or "",
            facts.one(one, "sssom:confidence") or "",
            _rejected(one, facts),
            facts.one(one, "sssom:object_source") or "",
            facts.one(one, "rdf:object") == NO_TERM,
        )


def _rejected(judgement: str, facts: Facts) -> bool:
    return facts.one(judgement, "sssom:predicate_modifier") is not None
