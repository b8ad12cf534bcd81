"""What a place or actor is called: by the authority files, and by each article that names it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal

from server.facts import Facts
from server.select import MOST, select
from server.site import release, terms
from server.term import Shown

FEW: Final = 3
"""Articles that a wording is shown with."""
MANY: Final = 60
"""Wordings that a page shows."""

_WORDINGS: Final = f"""
SELECT DISTINCT ?thing ?name ?mention ?article WHERE {{
  ?mention wh:refersTo ?thing ; wh:inArticle ?article ; wh:span ?span .
  ?span oa:hasSelector ?quote . ?quote oa:exact ?name .
}} LIMIT {MOST}
"""
_QUOTED: Final = """
SELECT DISTINCT ?mention ?speaker WHERE {
  ?mention wh:inArticle ?article ; wh:span/oa:hasSelector ?place .
  ?place oa:start ?start ; oa:end ?end .
  ?voice wh:inArticle ?article ; schema:text ?said ; wh:speaker ?speaker ;
    wh:span/oa:hasSelector ?passage .
  ?passage oa:start ?from ; oa:end ?to .
  FILTER(?from <= ?start && ?end <= ?to)
}
"""


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
    found: dict[tuple[str, str | None], dict[str, str]] = defaultdict(dict)
    for row in select(_WORDINGS, thing=iri):
        name = row["name"]
        language = name.language if isinstance(name, Literal) else None
        found[name.value, language][row["mention"].value] = row["article"].value
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0][0], item[0][1] or ""))
    return tuple(_wording(*key, mentions) for key, mentions in ranked[:MANY])


def _wording(text: str, language: str | None, mentions: dict[str, str]) -> Wording:
    shows, few = terms(), sorted(mentions)[:FEW]
    speakers = dict.fromkeys(
        row["speaker"].value for one in few for row in select(_QUOTED, mention=one)
    )
    return Wording(
        text,
        language,
        len(mentions),
        tuple(shows.thing(mentions[one]) for one in few),
        tuple(shows.thing(one) for one in few),
        tuple(shows.thing(one) for one in speakers),
    )


_LINKS: Final = """
SELECT DISTINCT ?thing ?judgement ?link ?target ?because ?by ?on ?confidence ?modifier WHERE {
  ?judgement rdf:subject ?thing ; rdf:predicate ?link ; rdf:object ?target ;
    sssom:confidence ?confidence .
  OPTIONAL { ?judgement wh:because ?because }
  OPTIONAL { ?judgement wh:coder ?by }
  OPTIONAL { ?judgement dcterms:date ?on }
  OPTIONAL { ?judgement sssom:predicate_modifier ?modifier }
} ORDER BY ?modifier ?target LIMIT 100
"""


def links(iri: str) -> Iterator[Link]:
    """The links that were judged, accepted ones first."""
    shows = terms()
    for row in select(_LINKS, thing=iri):
        said = {name: value.value for name, value in row.items()}
        yield Link(
            shows.thing(said["link"]),
            shows.thing(said["target"]),
            said.get("because", ""),
            said.get("by", ""),
            said.get("on", ""),
            said["confidence"],
            "modifier" in said,
        )
