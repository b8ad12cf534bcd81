"""Links to other sources: how many of whom, why each, and what is deliberately unlinked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from flask import Blueprint, Response, render_template, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound

from kg.names import VOCABULARIES
from kg.release.read import Release
from kg.store import UNION
from server.forms import publish
from server.paging import Paged, paged, shown_as
from server.show.called import NO_TERM
from server.show.facts import Facts, gather, property_of
from server.show.term import Shown
from server.site import once, release, terms

blueprint = Blueprint("links", __name__)

SIZE: Final = 50
"""Judgements on a page."""
VERDICTS: Final = {
    "exact": "the same",
    "close": "nearly the same",
    "related": "related",
    "unsure": "unsure",
    "none": "no record to be trusted",
    "not": "ruled out",
}
"""What can be judged, in the order of the page, and what it is called there."""
_SETTLED: Final = ("exact", "close", "none")
_KINDS: Final = {"actor": "actors", "place": "places"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement as it is counted: of which source and kind of thing, what, and why."""

    iri: str
    source: str
    kind: str
    thing: str
    verdict: str
    because: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of one kind were judged with regard to one source, by verdict."""

    kind: str
    total: int
    settled: int
    """Of these, whom a judgement gives the same record, or none."""
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Source:
    """A source with what was judged of its records."""

    key: str
    space: str
    covered: tuple[Coverage, ...]
    reasons: tuple[tuple[str, int], ...]
    """Why there is no record to be trusted, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A judgement as the page lists it."""

    thing: Shown
    verdict: str
    target: Shown
    because: str
    by: str
    on: str
    confidence: str


def show() -> str:
    """Coverage of all sources, or the judgements of one in pages."""
    found = once("links", _sources)
    key, what = request.args.get("source"), request.args.get("what")
    if key is None:
        return render_template(
            "links.html", sources=found, source=None, verdicts=VERDICTS, page=None, what=None
        )
    source = next((one for one in found if one.key == key), None)
    if source is None:
        known = ", ".join(one.key for one in found) or "none"
        raise NotFound(f"Nothing was judged of such a source. Sources: {known}.")
    if what is not None and what not in VERDICTS:
        raise NotFound(f"Nothing is judged so. Judgements: {', '.join(VERDICTS)}.")
    asked: Paged[Judged] = paged(_of(key, what), SIZE)
    page = shown_as(asked, _rows(asked.found))
    return render_template(
        "links.html", sources=found, source=source, verdicts=VERDICTS, page=page, what=what
    )


def data(suffix: str) -> Response:
    """303 to the same as data: the answer to the question."""
    address = f"{request.script_root}/ask/wikidata.{suffix}"
    return Response(status=303, headers={"Location": address})


publish(
    blueprint,
    "/links",
    show,
    {suffix: partial(data, suffix) for suffix in ("csv", "json", "ttl")},
)


def _sources(release: Release) -> list[Source]:
    judged = once("links judged", _judged)
    keys = sorted({one.source for one in judged})
    return [_source(release, key, [one for one in judged if one.source == key]) for key in keys]


def _source(release: Release, key: str, judged: Sequence[Judged]) -> Source:
    facts = Facts(gather(release.store, [judged[0].iri]))
    reasons = Counter(one.because for one in judged if one.verdict == "none")
    kinds = [kind for kind in _KINDS if any(one.kind == kind for one in judged)]
    return Source(
        key,
        facts.one(judged[0].iri, "sssom:object_source") or "",
        tuple(_coverage(k, [one for one in judged if one.kind == k]) for k in kinds),
        tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _coverage(kind: str, judged: Sequence[Judged]) -> Coverage:
    settled = {one.thing for one in judged if one.verdict in _SETTLED}
    everyone = once(f"links {kind}", partial(_everyone, kind=kind))
    counts = Counter(one.verdict for one in judged)
    return Coverage(_KINDS[kind], everyone, len(settled), {v: counts[v] for v in VERDICTS})


def _everyone(release: Release, kind: str) -> int:
    """How many actors or places the authorities have: those with a type."""
    link = property_of("wh:actorType" if kind == "actor" else "wh:placeType")
    quads = release.store.quads_for_pattern(None, link, None, UNION)
    start = f"{release.names.base}{kind}/"
    return len({str(q.subject) for q in quads if str(q.subject).startswith(f"<{start}")})


def _judged(release: Release) -> list[Judged]:
    """All judgements on links, in the order of the page."""
    quads = release.store.quads_for_pattern(None, property_of("sssom:object_source"), None, UNION)
    iris = sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)})
    facts = Facts(gather(release.store, iris))
    found = [_one(iri, facts) for iri in iris]
    order = list(VERDICTS)
    return sorted(found, key=lambda one: (one.source, order.index(one.verdict), one.iri))


def _one(iri: str, facts: Facts) -> Judged:
    """A judgement by its name: judgement/link--place--aven--almanac--2"""
    kind, _, source, *_ = [*iri.partition("/link--")[2].split("--"), "", "", ""]
    thing, because = facts.one(iri, "rdf:subject") or "", facts.one(iri, "wh:because") or ""
    return Judged(iri, source, kind, thing, _verdict(iri, facts), because)


def _verdict(iri: str, facts: Facts) -> str:
    if facts.one(iri, "rdf:object") == NO_TERM:
        return "none"
    if facts.one(iri, "sssom:predicate_modifier"):
        return "not"
    said = (facts.one(iri, "rdf:predicate") or "").removeprefix(VOCABULARIES["skos"])
    return {"exactMatch": "exact", "closeMatch": "close"}.get(
        said, "related" if said.endswith("Match") else "unsure"
    )


def _of(key: str, what: str | None) -> list[Judged]:
    judged = once("links judged", _judged)
    return [one for one in judged if one.source == key and what in (None, one.verdict)]


def _rows(judged: Iterable[Judged]) -> list[Row]:
    shows, some = terms(), list(judged)
    facts = Facts(gather(release().store, [one.iri for one in some]))
    return [
        Row(
            shows.thing(one.thing),
            one.verdict,
            shows.show(next(iter(facts.all(one.iri, "rdf:object")), None)),
            one.because,
            facts.one(one.iri, "wh:coder") or "",
            facts.one(one.iri, "dcterms:date") or "",
            facts.one(one.iri, "sssom:confidence") or "",
        )
        for one in some
    ]
