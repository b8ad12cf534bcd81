"""The good graph: two invented articles lifted, their authorities, links, and what is derived."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg.authority import Authorities, read_authorities
from kg.lift.article import Context, lift_article
from kg.lift.audit import lift_audit
from kg.lift.authorities import lift_authorities
from kg.lift.links import lift_links
from kg.links.assess import assess, cover
from kg.links.candidate import Candidate, subjects
from kg.links.reading import read_table
from kg.links.table import Table
from kg.mapping.anchor import fill, locate
from kg.mapping.read import read
from kg.names import Names
from kg.text import digest
from kg.vocabulary import load_vocabulary

ORRIN = Path(__file__).parent / "orrin"
NAMES = Names()
ARTICLES = ("courant", "letter")


def _text(name: str) -> str:
    return (ORRIN / name).read_bytes().decode("utf-8")


@cache
def authorities() -> Authorities:
    """The actors and places of Orrin."""
    files = ("actors.toml", "places.toml")
    return read_authorities({name: _text(name) for name in files}, load_vocabulary())


@cache
def source(slug: str) -> str:
    """An article's mapping with its positions and digest recorded."""
    toml, text = _text(f"{slug}.toml"), _text(f"{slug}.txt")
    located = locate(read(toml, slug), text)
    assert not located.problems, located.problems
    return fill(toml, located.spans, digest(text.encode("utf-8")))


def lift(slug: str, toml: str | None = None) -> list[Quad]:
    """The graph of an article, or of another mapping of its text."""
    mapping = read(toml or source(slug), slug)
    context = Context(NAMES, load_vocabulary(), authorities().places)
    return lift_article(slug, mapping, locate(mapping, _text(f"{slug}.txt")), context)


@cache
def almanac() -> Table:
    """What was judged of the almanac's records."""
    return read_table(_text("almanac.sssom.tsv"), "almanac.sssom.tsv")


def shared() -> list[Quad]:
    """The graphs of authorities and links."""
    return [
        *lift_authorities(authorities(), NAMES, load_vocabulary()),
        *lift_links(almanac(), NAMES),
    ]


def audited() -> list[Quad]:
    """What would be measured of the links, the almanac at hand."""
    everyone = list(subjects(authorities(), [almanac()]))
    records = {
        "almanac:7": (Candidate("almanac:7", "Holt", ("Holt",), "town", sources=("Almanac",)),)
    }
    assessments = assess([almanac()], everyone, records)
    return lift_audit(assessments, cover([almanac()], everyone), NAMES)


def derived() -> list[Triple]:
    """What the rules would derive."""
    return [q.triple for q in parse(path=str(ORRIN / "derived.ttl"), format=RdfFormat.TURTLE)]


@cache
def good_graph() -> tuple[Triple, ...]:
    """Everything together."""
    quads = [*(q for slug in ARTICLES for q in lift(slug)), *shared(), *audited()]
    return tuple(dict.fromkeys([*(q.triple for q in quads), *derived()]))
