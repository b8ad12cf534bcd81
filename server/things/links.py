"""Links to other sources: how many of whom, why each, and what is deliberately unlinked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from flask import Blueprint, render_template, request
from pyoxigraph import NamedNode, Triple
from werkzeug.exceptions import NotFound

from kg.names import VOCABULARIES
from kg.release.read import Release
from kg.store import UNION
from server.forms import graphed, publish, tabled
from server.linked.listing import about_list, about_page, here, stated, with_labels
from server.paging import ALL, Paged, paged, shown_as
from server.rows import Sheet
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
_COLUMNS: Final = (
    "source",
    "thing",
    "name",
    "judged",
    "record",
    "because",
    "by",
    "on",
    "confidence",
)
_STATED: Final = (
    "rdf:type",
    "rdf:subject",
    "rdf:predicate",
    "rdf:object",
    "sssom:predicate_modifier",
    "sssom:object_source",
    "sssom:confidence",
    "wh:because",
    "wh:coder",
    "dcterms:date",
)
"""What the page as RDF has of each judgement."""
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
    source, what = _asked()
    found = once("links", _sources)
    if source is None:
        return render_template(
            "links.html", sources=found, source=None, verdicts=VERDICTS, page=None, what=None
        )
    asked: Paged[Judged] = paged(_of(source.key, what), SIZE)
    page = shown_as(asked, _rows(asked.found))
    return render_template(
        "links.html", sources=found, source=source, verdicts=VERDICTS, page=page, what=what
    )


def table() -> Sheet:
    """The judgements of all sources, or of the one that the page shows: 1,000 a page."""
    part = _judgements()
    rows = [
        {
            "source": judged.source,
            "thing": row.thing.iri or "",
            "name": row.thing.text,
            "judged": VERDICTS[row.verdict],
            "record": row.target.iri or row.target.text,
            "because": row.because,
            "by": row.by,
            "on": row.on,
            "confidence": row.confidence,
        }
        for judged, row in zip(part.found, _rows(part.found), strict=True)
    ]
    return Sheet(_COLUMNS, rows, part.counted)


def statements() -> list[Triple]:
    """The same as the release states them, with the names of what is linked.

    judgement:link--place--aven--almanac--2 rdf:subject place:aven ; rdf:object <…/almanac/2> ;
        rdf:predicate skos:exactMatch ; wh:because "…" ; wh:coder "editor-1" .
    """
    part, page = _judgements(), here("links")
    found = [NamedNode(one.iri) for one in part.found]
    about = [
        *about_page(page, "schema:CollectionPage", "Links to other sources"),
        *about_list(page, shown_as(part, found)),
    ]
    return with_labels([*about, *stated(found, *_STATED)])


publish(blueprint, "/links", show, tabled(table) | graphed(statements))


def _asked() -> tuple[Source | None, str | None]:
    """The source and the kind of judgement that the address names. Raises NotFound."""
    key, what = request.args.get("source"), request.args.get("what")
    found = once("links", _sources)
    source = next((one for one in found if one.key == key), None)
    if key is not None and source is None:
        known = ", ".join(one.key for one in found) or "none"
        raise NotFound(f"Nothing was judged of such a source. Sources: {known}.")
    if what is not None and what not in VERDICTS:
        raise NotFound(f"Nothing is judged so. Judgements: {', '.join(VERDICTS)}.")
    return source, what


def _judgements() -> Paged[Judged]:
    """A page of the judgements that the address asks for."""
    source, what = _asked()
    return paged(_of(source.key if source else None, what), ALL)


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


def _of(key: str | None, what: str | None) -> list[Judged]:
    judged = once("links judged", _judged)
    return [one for one in judged if key in (None, one.source) and what in (None, one.verdict)]


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
