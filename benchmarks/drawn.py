"""Draws queries of seven classes from a release: other things, days and words with each seed.

None is drawn twice, so that nothing that keeps results can answer from what it kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import Final

from kg.names import VOCABULARIES
from kg.release.read import Release

PREFIXES: Final = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in VOCABULARIES.items())
FINDS: Final = {
    "place": "?x a wh:Place",
    "town": "?x a wh:Place ; wh:partOf ?y",
    "province": "?x a wh:Place . ?y wh:partOf ?x",
    "actor": "?x a wh:Actor",
    "taker": "?y wh:gainedBy ?x",
    "event": "?x a wh:Event",
    "type": "?y wh:eventType ?x",
    "article": "?x a wh:Article",
    "claim": "?x a wh:Claim",
    "voice": "?x a wh:Voice",
    "period": "?x a wh:ControlPeriod",
    "kind": "?y wh:actorType ?x",
    "speaker": "?y wh:speaker ?x",
    "graph": "GRAPH ?x { ?y a wh:Article }",
    "day": "?y wh:beginLatest ?x",
}
"""What finds the things of a kind."""
KEYS: Final = {
    "wh:Claim": "polarity completion factuality voiceCertainty timeBasis timeAnchor place voice"
    " inArticle aboutEvent",
    "wh:EventClaim": "eventType mode place polarity voice gainedBy lostBy agent",
    "wh:ControlClaim": "degree place controller polarity factuality",
    "wh:QuantityClaim": "measure bound normalisedUnit place value",
    "wh:HoldingEvidence": "accordingTo place controller effect degree",
    "wh:ControlPeriod": "place controller endsBecause accordingTo",
}
"""By what things of a class may be grouped."""
TRIES: Final = 1_000
"""After so many that were drawn before there are no more."""
NUMBERS: Final = ("wh:number", "wh:minValue", "wh:maxValue")


class Drawer:
    """Draws from what a release holds."""

    def __init__(self, release: Release, seed: int) -> None:
        self._store = release.store
        self._random = Random(seed)  # noqa: S311 it can be drawn again
        self._found: dict[str, list[str]] = {}
        self._drawn = set[str]()

    def queries(self, name: str, many: int) -> list[str]:
        """So many queries of a class, of its shapes in turn, none drawn before.

        Of a shape that has no more, others take the place. Raises ValueError where none has more.
        """
        return self.draw(name, SHAPES[name], many)

    def draw(self, name: str, shapes: Iterable[Callable[[Drawer], str]], many: int) -> list[str]:
        """The same of a class whose shapes are given."""
        found, turns, tried = list[str](), cycle(shapes), 0
        while len(found) < many:
            query = next(turns)(self)
            tried += 1
            if query not in self._drawn:
                self._drawn.add(query)
                found.append(PREFIXES + query)
                tried = 0
            elif tried > TRIES:
                raise ValueError(f"{name}: there are no more than {len(found)} new queries to draw")
        return found

    def one(self, kind: str) -> str:
        """Some thing of a kind, as a query writes it."""
        return self._random.choice(self._all(kind, FINDS[kind]))

    def any(self) -> str:
        """Some thing of some kind."""
        kinds = ("place", "actor", "event", "article", "claim", "voice", "period")
        return self.one(self.of(kinds)[0])

    def days(self, longest: int) -> str:
        """A test that ?day lies in a span of so many days at most, some time in the data."""
        first = date.fromisoformat(self.one("day").split('"')[1])
        last = first + timedelta(self._random.randrange(1, longest))
        return f"FILTER(?day >= '{first}'^^xsd:date && ?day < '{last}'^^xsd:date)"

    def piece(self, of: str, least: int) -> str:
        """A piece of a word of some text, in small letters."""
        texts = self._all(of, f"?y {of} ?x")
        words = [w for text in texts for w in text.split('"')[1].split() if w.isalpha()]
        word = self._random.choice([w for w in words if w.isascii() and len(w) >= least])
        begin = self._random.randrange(len(word) - least + 1)
        return word[begin : begin + self._random.randint(least, least + 2)].lower()

    def of(self, choices: Sequence[str], many: int = 1) -> list[str]:
        """So many of some choices."""
        return self._random.sample(choices, many)

    def number(self, least: int, most: int) -> int:
        """A number from one to another."""
        return self._random.randint(least, most)

    def keys(self, many: int) -> tuple[str, list[str]]:
        """A class, and so many properties that its things have."""
        name = self.of(tuple(KEYS))[0]
        return name, [f"wh:{key}" for key in self.of(KEYS[name].split(), many)]

    def _all(self, kind: str, where: str) -> list[str]:
        if kind not in self._found:
            rows = self._store.query(f"{PREFIXES} SELECT DISTINCT ?x {{ {where} }}")
            self._found[kind] = sorted(str(row["x"]) for row in rows)  # type: ignore[union-attr]
        return self._found[kind]


def _counted(d: Drawer) -> str:
    name, (key, value) = d.keys(2)
    many = d.of(("COUNT(?v)", "COUNT(DISTINCT ?v)", "COUNT(*)"))[0]
    return f"""SELECT ?k ({many} AS ?n) {{ ?x a {name} ; {key} ?k ; {value} ?v }} GROUP BY ?k"""


def _by_two(d: Drawer) -> str:
    name, (one, two) = d.keys(2)
    return f"""SELECT ?a ?b (COUNT(*) AS ?n) {{ ?x a {name} ; {one} ?a ; {two} ?b }}
        GROUP BY ?a ?b HAVING (COUNT(*) > {d.number(0, 4)})"""


def _by_time(d: Drawer) -> str:
    name, (key,) = d.keys(1)
    while name == "wh:QuantityClaim":
        name, (key,) = d.keys(1)
    when = d.of(("YEAR(?day)", "MONTH(?day)", "SUBSTR(STR(?day), 1, 7)"))[0]
    return f"""SELECT ?k ?when (COUNT(?x) AS ?n) {{ ?x a {name} ; {key} ?k ; wh:beginLatest ?day
        BIND({when} AS ?when) {d.days(3000)} }} GROUP BY ?k ?when"""


def _sums(d: Drawer) -> str:
    (key,), (number,) = (
        d.of(("measure", "place", "normalisedUnit", "polarity", "bound")),
        d.of(NUMBERS),
    )
    one, two = d.of(("SUM", "AVG", "MIN", "MAX"), 2)
    return f"""SELECT ?k ({one}(?v) AS ?one) ({two}(?v) AS ?two)
        {{ ?x a wh:QuantityClaim ; wh:{key} ?k ; {number} ?v FILTER(?v > {d.number(0, 90)}) }}
        GROUP BY ?k"""


def _first(d: Drawer) -> str:
    name, (key, value) = d.keys(2)
    return f"""SELECT ?k (COUNT(DISTINCT ?v) AS ?n) {{ ?x a {name} ; {key} ?k ; {value} ?v }}
        GROUP BY ?k ORDER BY DESC(?n) ?k LIMIT {d.number(5, 60)}"""


def _of_optional(d: Drawer) -> str:
    name, (key, one, two) = d.keys(3)
    return f"""SELECT ?k (COUNT(?x) AS ?n) (COUNT(?v) AS ?m) {{ ?x a {name} ; {key} ?k ; {one} ?w
        OPTIONAL {{ ?x {two} ?v }} }} GROUP BY ?k"""


def _of_union(d: Drawer) -> str:
    one, two = d.of(("wh:gainedBy", "wh:lostBy", "wh:controller", "wh:agent", "wh:affected"), 2)
    key = d.of(("wh:place", "wh:polarity", "wh:inArticle", "rdf:type"))[0]
    return f"""SELECT ?who (COUNT(*) AS ?n) {{ {{ ?x {one} ?who }} UNION {{ ?x {two} ?who }}
        ?x {key} ?v }} GROUP BY ?who"""


def _along_paths(d: Drawer) -> str:
    name, (key,) = d.keys(1)
    path = d.of(("wh:place/wh:partOf", "wh:place/wh:placeType"))[0]
    return f"""SELECT ?to ?k (COUNT(?x) AS ?n) {{ ?x a {name} ; {key} ?k ; {path} ?to }}
        GROUP BY ?to ?k"""


def _within(d: Drawer) -> str:
    name, (key,) = d.keys(1)
    return f"""SELECT ?k (COUNT(?x) AS ?n) {{ ?x a {name} ; {key} ?k ; wh:place ?place .
        ?place wh:partOf {d.one("province")} }} GROUP BY ?k"""


SHAPES: Final[dict[str, tuple[Callable[[Drawer], str], ...]]] = {
    "point": (
        lambda d: f"SELECT ?p ?o {{ {d.any()} ?p ?o }}",
        lambda d: f"SELECT ?s ?p {{ ?s ?p {d.any()} }}",
        lambda d: f"SELECT ?label {{ {d.one('actor')} skos:prefLabel ?label }}",
        lambda d: f"SELECT ?x {{ ?x wh:aboutEvent {d.one('event')} }}",
    ),
    "star join": (
        lambda d: (
            f"""SELECT * {{ ?claim wh:place {d.one("town")} ; wh:voice ?voice ;
            wh:beginLatest ?day ; wh:polarity ?polarity }}"""
        ),
        lambda d: (
            f"""SELECT * {{ ?claim wh:gainedBy {d.one("taker")} ; wh:place ?place ;
            wh:eventType ?type ; wh:voice ?voice . ?place skos:prefLabel ?label }}"""
        ),
        lambda d: (
            f"""SELECT * {{ ?mention a wh:Mention ; wh:inArticle {d.one("article")} ;
            wh:refersTo ?thing ; wh:span ?span . ?span wh:inPart ?part }}"""
        ),
        lambda d: (
            f"""SELECT * {{ ?period a wh:ControlPeriod ; wh:place ?place ;
            wh:controller ?who ; wh:beginLatest ?day . ?place wh:partOf {d.one("province")} }}"""
        ),
    ),
    "date range": (
        lambda d: (
            f"""SELECT * {{ ?claim wh:place {d.one("town")} ; wh:beginLatest ?day ;
            wh:voice ?voice {d.days(900)} }}"""
        ),
        lambda d: (
            f"""SELECT * {{ ?article a wh:Article ; wh:publishedLatest ?day ;
            schema:headline ?headline {d.days(400)} }}"""
        ),
        lambda d: (
            f"""SELECT ?claim ?day ?place {{ ?claim a wh:EventClaim ; wh:place ?place ;
            wh:eventType {d.one("type")} ; wh:beginLatest ?day {d.days(200)} }}"""
        ),
        lambda d: (
            f"""SELECT ?period ?day {{ ?period wh:controller {d.one("taker")} ;
            wh:beginLatest ?day {d.days(900)} }} ORDER BY ?day ?period"""
        ),
        lambda d: f"SELECT ?claim ?day {{ ?claim wh:beginLatest ?day {d.days(60)} }}",
    ),
    "OPTIONAL": (
        lambda d: (
            f"""SELECT * {{ ?claim wh:place {d.one("town")} ; wh:beginLatest ?day
            OPTIONAL {{ ?claim wh:gainedBy ?gained }} OPTIONAL {{ ?claim wh:lostBy ?lost }} }}"""
        ),
        lambda d: (
            f"""SELECT * {{ ?actor wh:actorType {d.one("kind")} ; skos:prefLabel ?label
            OPTIONAL {{ ?actor skos:altLabel ?other }} }} ORDER BY ?actor ?other
            LIMIT {d.number(5, 99)}"""
        ),
        lambda d: (
            f"""SELECT * {{ ?claim wh:aboutEvent {d.one("event")} ; wh:voice ?voice
            OPTIONAL {{ ?voice wh:speaker ?speaker OPTIONAL {{ ?speaker skos:prefLabel ?name }} }}
            OPTIONAL {{ ?claim wh:timeWords ?words }} }}"""
        ),
        lambda d: (
            f"""SELECT * {{ ?period a wh:ControlPeriod ; wh:place {d.one("town")}
            OPTIONAL {{ ?period wh:endsBecause ?why }} OPTIONAL {{ ?period wh:disputed ?is }} }}"""
        ),
    ),
    "path": (
        lambda d: (
            f"""SELECT ?claim ?place {{ ?claim wh:place ?place .
            ?place wh:partOf+ {d.one("province")} }}"""
        ),
        lambda d: f"""SELECT ?speaker {{ {d.one("voice")} wh:relayedBy*/wh:speaker ?speaker }}""",
        lambda d: (
            f"""SELECT DISTINCT ?of {{ {d.one("claim")} wh:span/oa:hasSource/schema:publisher
            ?of }}"""
        ),
        lambda d: f"SELECT ?source {{ {d.one('period')} prov:wasDerivedFrom+ ?source }}",
        lambda d: (
            f"""SELECT DISTINCT ?x {{ {d.one("article")}
            ^wh:inArticle/(wh:controller|wh:gainedBy|wh:lostBy) ?x }}"""
        ),
    ),
    "text": (
        lambda d: (
            f"""SELECT ?x ?label {{ ?x skos:prefLabel ?label
            FILTER(CONTAINS(LCASE(STR(?label)), "{d.piece("skos:prefLabel", 3)}")) }}"""
        ),
        lambda d: (
            f"""SELECT ?x ?label {{ ?x skos:altLabel ?label
            FILTER(REGEX(?label, "^{d.piece("skos:altLabel", 2)}", "i")) }}"""
        ),
        lambda d: (
            f"""SELECT ?x ?text {{ ?x schema:text ?text
            FILTER(CONTAINS(?text, "{d.piece("schema:text", 4)}")) }}"""
        ),
        lambda d: (
            f"""SELECT ?place ?label {{ ?place a wh:Place ; skos:prefLabel ?label
            FILTER(REGEX(STR(?label), "{d.piece("skos:prefLabel", 3)}$")) }}"""
        ),
    ),
    "GROUP BY": (
        _counted,
        _by_two,
        _by_time,
        _sums,
        _first,
        _of_optional,
        _of_union,
        _along_paths,
        _within,
    ),
}
"""The shapes of each class."""
