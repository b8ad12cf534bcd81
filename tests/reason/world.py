"""A small invented world: a few claims, written as in a mapping, and what the rules derive of them.

    derived(report(claim("taken", "type = 'capture', gained-by = ['crown'], place = ['holm']", 1)))

An entry's words are its own name, and the article's text is made of these words.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from pyoxigraph import Quad, QuerySolutions, RdfFormat, Store, parse

from kg.authority import Authorities, Entry, Judgement
from kg.lift.article import Context, lift_article
from kg.lift.authorities import lift_authorities
from kg.mapping import document
from kg.mapping.anchor import Located, fill, locate
from kg.mapping.check import Known, check
from kg.mapping.read import read
from kg.mapping.write import write
from kg.names import Names
from kg.reason.derive import derive, premises
from kg.store import UNION
from kg.text import digest
from kg.vocabulary import load_vocabulary, resource
from union import united

NAMES: Final = Names()
PUBLISHED: Final = "2020-03-20"
_BEGIN, _END = "Here it begins.", "Here it ends."

_ACTORS: Final = {
    "crown": ("government", None),
    "crown-army": ("state-forces", "crown"),
    "league": ("armed-group", None),
    "riders": ("armed-group", None),
    "courier": ("news-outlet", None),
    "gazette": ("news-outlet", None),
    "observatory": ("monitoring-group", None),
}
_PLACES: Final = {
    "tarn-province": ("governorate", None),
    "holm": ("town", "tarn-province"),
    "aven": ("town", None),
}


@dataclass(frozen=True, slots=True)
class Report:
    """One article: whose, of which day, and its voices and claims as lines of TOML."""

    slug: str
    publisher: str
    published: str
    entries: str


def report(
    *entries: str, slug: str = "a", publisher: str = "courier", published: str = PUBLISHED
) -> Report:
    """An article that says this, by default the courier's of 20 March 2020."""
    return Report(slug, publisher, published, "\n".join(entries))


def claim(name: str, what: str, day: int | str | None = None, **more: str) -> str:
    """A claim's line: of a day of March 2020, or of the time that a `when` tells.

    claim.taken = { type = 'capture', …, when = { on = 2020-03-01, basis = 'explicit' } }
    """
    on = f"on = 2020-03-{day:02}" if isinstance(day, int) else day
    when = [f"when = {{ {on}, basis = 'explicit' }}"] if on else []
    rest = [f"{key.replace('_', '-')} = '{value}'" for key, value in more.items()]
    return f"claim.{name} = {{ {', '.join([what, *when, *rest])} }}"


class Period(NamedTuple):
    """A derived period in short: days are month-day, "?" is unknown, "open" is no end."""

    holding: str
    """Place and holder: "holm crown"."""
    begin: str
    end: str
    origin: str = ""
    degree: str = ""
    situation: str = ""
    reason: str = ""
    attested: str = ""
    """The last day on which a claim has it."""


def derived(*reports: Report) -> Store:
    """The graph of some articles, the authorities and the schemes, with all that follows."""
    store, given = Store(), premises(NAMES)
    for quads in (_given(), *(_lifted(one) for one in reports)):
        store.extend(united(quads))
    given.extend(quad.triple for quad in store.quads_for_pattern(None, None, None, UNION))
    for _ in derive(given, NAMES, lambda quads: store.extend(united(quads))):
        pass
    return store


@cache
def authorities() -> Authorities:
    """The actors and places of the invented world."""
    judgement = Judgement("editor-1", dt.date(2020, 1, 1), "outside", "invented")

    def entries(kind: str, listed: Mapping[str, tuple[str, str | None]]) -> dict[str, Entry]:
        return {
            slug: Entry(
                kind,
                slug,
                type_,
                {"en": slug},
                part_of=whole,
                judged={"type": judgement} | ({"part-of": judgement} if whole else {}),
            )
            for slug, (type_, whole) in listed.items()
        }

    return Authorities(entries("actor", _ACTORS), entries("place", _PLACES))


@cache
def _given() -> tuple[Quad, ...]:
    schemes = parse(path=str(resource("ontology") / "schemes.ttl"), format=RdfFormat.TURTLE)
    return (*schemes, *lift_authorities(authorities(), NAMES, load_vocabulary()))


def _lifted(one: Report) -> list[Quad]:
    mapping, located = _mapped(one)
    context = Context(NAMES, load_vocabulary(), frozenset(authorities().places))
    return lift_article(one.slug, mapping, located, context)


def _mapped(one: Report) -> tuple[document.Mapping, Located]:
    """The whole mapping around the entries, checked as any other against its text."""
    bare = read(f"{_head(one)}\n{one.entries}", one.slug)
    voices, claims = _worded("voice", bare.voices), _worded("claim", bare.claims)
    mapping = dataclasses.replace(bare, voices=voices, claims=claims)
    spoken = [f"{words}." for entry in (*voices.values(), *claims.values()) for words in _of(entry)]
    content = " ".join([_BEGIN, *spoken, _END]).encode()
    located = locate(mapping, content.decode())
    source = fill(write(mapping), located.spans, digest(content))
    mapping = read(source, one.slug)
    known = Known(authorities().actors, authorities().places, load_vocabulary())
    findings = check(mapping, source, one.slug, known, content)
    assert not findings, "\n".join(map(str, findings))
    return mapping, located


def _head(one: Report) -> str:
    return f"""
format = 1
status = "reviewed"
part = [{{ kind = "body", from = "{_BEGIN}", to = "{_END}" }}]
article.title = "{one.slug}"
article.publisher = "{one.publisher}"
article.language = "en"
article.published = {{ on = {one.published}, basis = "stated" }}
coding = {{ coder = "coder-1", coded = 2020-12-31, reviewer = "reviewer-1", codebook = "1" }}
"""


def _worded(kind: str, entries: dict[str, Any]) -> dict[str, Any]:
    return {
        name: dataclasses.replace(entry, anchor=document.Anchor(words=(f"{kind} <{name}>",)))
        for name, entry in entries.items()
    }


def _of(entry: Any) -> tuple[str, ...]:
    words: tuple[str, ...] = entry.anchor.words
    return words


def rows(store: Store, query: str) -> list[dict[str, str]]:
    """A query's solutions as plain text; what is unbound is left out."""
    found = store.query(query, base_iri=NAMES.base, prefixes=NAMES.prefixes())
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [
        {n: _short(v.value) for n, v in zip(names, row, strict=True) if v is not None}
        for row in found
    ]


def _short(value: str) -> str:
    """actor/crown is crown, degree/Full is Full, 2020-03-01 is 03-01."""
    return value.removeprefix(NAMES.base).rpartition("/")[2].removeprefix("2020-")


_PERIODS: Final = """
SELECT ?period ?place ?holder ?origin ?bE ?bL ?eE ?eL ?seen
  (GROUP_CONCAT(DISTINCT STRAFTER(STR(?d), "degree/"); separator=" ") AS ?degree)
  (GROUP_CONCAT(DISTINCT STRAFTER(STR(?s), "situation/"); separator=" ") AS ?situation)
  (GROUP_CONCAT(DISTINCT STRAFTER(STR(?r), "end-reason/"); separator=" ") AS ?reason)
{
  ?period a wh:ControlPeriod ; wh:place ?place ; wh:controller ?holder .
  OPTIONAL { ?period wh:accordingTo ?origin }
  OPTIONAL { ?period wh:beginEarliest ?bE }
  OPTIONAL { ?period wh:beginLatest ?bL }
  OPTIONAL { ?period wh:endEarliest ?eE }
  OPTIONAL { ?period wh:endLatest ?eL }
  OPTIONAL { ?period wh:lastAttested ?seen }
  OPTIONAL { ?period wh:degree ?d }
  OPTIONAL { ?period wh:situation ?s }
  OPTIONAL { ?period wh:endsBecause ?r }
} GROUP BY ?period ?place ?holder ?origin ?bE ?bL ?eE ?eL ?seen
"""


def periods(store: Store) -> set[Period]:
    """Every derived period, in short."""
    return {
        Period(
            f"{row['place']} {row['holder']}",
            _days(row.get("bE"), row.get("bL"), "?"),
            _days(row.get("eE"), row.get("eL"), "open"),
            row.get("origin", ""),
            *(row.get(key, "") for key in ("degree", "situation", "reason", "seen")),
        )
        for row in rows(store, _PERIODS)
    }


def _days(first: str | None, last: str | None, none: str) -> str:
    """03-01 is one day, 03-01..03-04 some day between, ..03-04 some day till then."""
    if first is None and last is None:
        return none
    return first if first and first == last else f"{first or ''}..{last or ''}"


def spells(store: Store, origin: str = "") -> set[str]:
    """Who held what from when to when, by all sources together or by one origin:
    {"holm crown 03-01 to open"}"""
    return {f"{p.holding} {p.begin} to {p.end}" for p in periods(store) if p.origin == origin}


def spells_by_origin(store: Store) -> set[str]:
    """The accounts of single origins: {"courier: holm crown 03-01 to open"}"""
    return {f"{p.origin}: {p.holding} {p.begin} to {p.end}" for p in periods(store) if p.origin}


def the_period(store: Store, holding: str, origin: str = "") -> Period:
    """The only period of one holder at one place, in one view."""
    (found,) = (p for p in periods(store) if (p.holding, p.origin) == (holding, origin))
    return found


def events(store: Store) -> dict[str, str]:
    """When each event began, by its id: {"holm-takeover": "03-01..03-02"}"""
    found = rows(
        store,
        """SELECT ?event ?first ?last { ?event a wh:Event
        OPTIONAL { ?event wh:beginEarliest ?first } OPTIONAL { ?event wh:beginLatest ?last } }""",
    )
    return {row["event"]: _days(row.get("first"), row.get("last"), "?") for row in found}


def firing(store: Store) -> set[str]:
    """The claims that fire: {"a.taken"}"""
    return {row["claim"] for row in rows(store, "SELECT ?claim { ?claim wh:firing true }")}


def origins(store: Store) -> dict[str, str]:
    """According to whom each claim is: {"a.taken": "courier"}"""
    found = rows(store, "SELECT ?claim ?origin { ?claim a wh:Claim ; wh:accordingTo ?origin }")
    return {row["claim"]: row["origin"] for row in found}


def disagreements(store: Store) -> set[str]:
    """Which claims disagree and in what: {"Actor: a.one, b.other"}"""
    found = rows(
        store,
        """SELECT ?type ?one ?other {
        ?d a wh:Disagreement ; wh:disagreementType ?type ; wh:compares ?one, ?other
        FILTER(STR(?one) < STR(?other)) }""",
    )
    return {f"{row['type']}: {row['one']}, {row['other']}" for row in found}
