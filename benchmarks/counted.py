"""Queries that count, of shapes that benchmarks/drawn.py does not draw: small results and large.

What Virtuoso's parser does not take is said in a way that both servers do. A variable that is
called ?some may be bound to any of several values, and the pieces of ?list come in any order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from drawn import Drawer

from kg.question import load_question


def _corroboration(d: Drawer) -> str:
    """A question of ours, about some events."""
    events = " ".join(d.one("event") for _ in range(d.number(1, 40)))
    query = load_question("corroboration").query
    return query.replace("WHERE {", f"WHERE {{ VALUES ?event {{ {events} }}", 1)


def _steps(d: Drawer) -> str:
    """The sub-SELECT of our question attribution-chain, for an article's claims."""
    return f"""SELECT ?voice ?form ?step {{ {{ SELECT ?claim ?voice (COUNT(?inner) AS ?step) {{
        ?claim wh:inArticle {d.one("article")} ; wh:voice ?own . ?own wh:relayedBy* ?inner .
        ?inner wh:relayedBy* ?voice }} GROUP BY ?claim ?voice }} ?voice wh:speaker ?form }}"""


def _pairs(d: Drawer) -> str:
    """Who was said to hold a place on the same day as someone else."""
    town = d.one("town")
    return f"""SELECT ?a ?b (COUNT(*) AS ?n) {{ ?x wh:place {town} ; wh:controller ?a ;
        wh:beginLatest ?day . ?y wh:place {town} ; wh:controller ?b ; wh:beginLatest ?day
        FILTER(?a != ?b) }} GROUP BY ?a ?b"""


def _a_day(d: Drawer) -> str:
    return f"""'{d.one("day").split('"')[1]}'^^xsd:date"""


SELECTIVE: Final[dict[str, Callable[[Drawer], str]]] = {
    "MINUS": lambda d: (
        f"""SELECT ?k (COUNT(?x) AS ?n) {{ ?x a wh:EventClaim ; wh:place ?k
        MINUS {{ ?x wh:gainedBy {d.one("taker")} }} }} GROUP BY ?k"""
    ),
    "NOT EXISTS": lambda d: (
        f"""SELECT ?k (COUNT(?x) AS ?n) {{ ?x a wh:EventClaim ; wh:place ?k
        FILTER NOT EXISTS {{ ?x wh:gainedBy {d.one("taker")} }} }} GROUP BY ?k"""
    ),
    "EXISTS, of two patterns": lambda d: (
        f"""SELECT ?k (COUNT(?x) AS ?n) {{ ?x a wh:EventClaim ; wh:place ?k
        FILTER EXISTS {{ ?x wh:voice ?v . ?v wh:speaker {d.one("speaker")} }} }} GROUP BY ?k"""
    ),
    "EXISTS or another condition": lambda d: (
        f"""SELECT ?k (COUNT(?x) AS ?n) {{ ?x a wh:EventClaim ; wh:place ?k ; wh:eventType ?type
        FILTER(?type = {d.one("type")} || EXISTS {{ ?x wh:gainedBy {d.one("taker")} }}) }}
        GROUP BY ?k"""
    ),
    "a path of any of two, repeated": lambda d: (
        f"""SELECT ?v (COUNT(?x) AS ?n) {{ ?x wh:inArticle {d.one("article")} ; wh:voice ?own .
        ?own (wh:relayedBy|wh:speaker)+ ?v }} GROUP BY ?v"""
    ),
    "any property but some": lambda d: (
        f"""SELECT ?o (COUNT(?x) AS ?n) {{ ?x wh:place {d.one("town")} ;
        !(wh:place|wh:span|wh:inArticle) ?o }} GROUP BY ?o"""
    ),
    "NOT EXISTS: no later claim there": lambda d: (
        f"""SELECT ?k (COUNT(?x) AS ?n) {{ ?x a wh:EventClaim ; wh:place ?place ;
        wh:beginLatest ?day ; wh:eventType ?k . ?place wh:partOf {d.one("province")}
        FILTER NOT EXISTS {{ ?y a wh:EventClaim ; wh:place ?place ; wh:beginLatest ?later
        FILTER(?later > ?day) }} }} GROUP BY ?k"""
    ),
    "a sub-SELECT: counts of counts": lambda d: (
        f"""SELECT ?n (COUNT(?k) AS ?m) {{ {{ SELECT ?k (COUNT(?x) AS ?n)
        {{ ?x wh:place ?k ; wh:gainedBy {d.one("taker")} }} GROUP BY ?k }} }} GROUP BY ?n"""
    ),
    "a sub-SELECT with LIMIT": lambda d: (
        f"""SELECT ?type (COUNT(?x) AS ?m) {{ {{ SELECT ?k (COUNT(?y) AS ?n)
        {{ ?y wh:place ?k ; wh:polarity ?p . ?k wh:partOf {d.one("province")} }}
        GROUP BY ?k ORDER BY DESC(?n) ?k LIMIT {d.number(2, 9)} }}
        ?x wh:place ?k ; wh:eventType ?type }} GROUP BY ?type"""
    ),
    "a sub-SELECT DISTINCT": lambda d: (
        f"""SELECT ?place (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?place ?who
        {{ ?x wh:place ?place ; wh:controller ?who ; wh:inArticle ?a ; wh:beginLatest ?day
        {d.days(3000)} }} }} }} GROUP BY ?place"""
    ),
    "the newest of each, joined again": lambda d: (
        f"""SELECT ?who (COUNT(?x) AS ?n) {{ {{ SELECT ?place (MAX(?day) AS ?last)
        {{ ?y a wh:ControlClaim ; wh:place ?place ; wh:beginLatest ?day {d.days(3000)} }}
        GROUP BY ?place }}
        ?x a wh:ControlClaim ; wh:place ?place ; wh:beginLatest ?last ; wh:controller ?who }}
        GROUP BY ?who"""
    ),
    "GRAPH ?g, one pattern": lambda d: (
        f"""SELECT ?g (COUNT(?x) AS ?n) {{ GRAPH ?g {{ ?x wh:gainedBy {d.one("taker")} }} }}
        GROUP BY ?g"""
    ),
    "GRAPH ?g, two patterns": lambda d: (
        f"""SELECT ?g (COUNT(?x) AS ?n) {{ GRAPH ?g {{ ?x a wh:EventClaim ;
        wh:eventType {d.one("type")} ; wh:place ?k }} }} GROUP BY ?g"""
    ),
    "GRAPH <…>": lambda d: (
        f"""SELECT ?k (COUNT(?x) AS ?n) {{ GRAPH {d.one("graph")} {{ ?x a ?k ; ?p ?o }} }}
        GROUP BY ?k"""
    ),
    "FROM <…>": lambda d: (
        f"""SELECT ?k (COUNT(?x) AS ?n) FROM {d.one("graph")} FROM {d.one("graph")}
        {{ ?x wh:place ?k ; wh:polarity ?p }} GROUP BY ?k"""  # noqa: S608 its words are SPARQL's
    ),
    "FROM NAMED": lambda d: (
        f"""SELECT ?g ?k (COUNT(?x) AS ?n) FROM NAMED {d.one("graph")}
        FROM NAMED {d.one("graph")} {{ GRAPH ?g {{ ?x wh:span ?s ; a ?k }} }}
        GROUP BY ?g ?k"""  # noqa: S608 as above
    ),
    "ASK, of groups HAVING": lambda d: (
        f"""ASK {{ {{ SELECT ?k {{ ?x wh:place ?k ; wh:gainedBy {d.one("taker")} }}
        GROUP BY ?k HAVING (COUNT(?x) > {d.number(1, 30)}) }} }}"""
    ),
    "ASK, of sums": lambda d: (
        f"""ASK {{ {{ SELECT ?k (SUM(?v) AS ?n) {{ ?x wh:measure ?k ; wh:number ?v ; wh:place ?p .
        ?p wh:partOf {d.one("province")} }} GROUP BY ?k }} FILTER(?n > {d.number(1, 9000)}) }}"""
    ),
    "HAVING, few groups left": lambda d: (
        f"""SELECT ?k (COUNT(?x) AS ?n) {{ ?x a wh:Claim ; wh:place ?k }} GROUP BY ?k
        HAVING (COUNT(?x) > {d.number(20, 45)})"""
    ),
    "?s ?p ?o by ?p, of a place": lambda d: (
        f"""SELECT ?p (COUNT(*) AS ?n) {{ ?s ?p ?o ; wh:place {d.one("town")} }} GROUP BY ?p"""
    ),
    "?s ?p ?o by ?p, of VALUES": lambda d: (
        f"""SELECT ?s ?p (COUNT(?o) AS ?n) {{ VALUES ?s
        {{ {" ".join(d.any() for _ in range(d.number(2, 9)))} }} ?s ?p ?o }} GROUP BY ?s ?p"""
    ),
    "GROUP_CONCAT": lambda d: (
        f"""SELECT ?place (GROUP_CONCAT(DISTINCT ?label; SEPARATOR="|") AS ?list)
        {{ ?x a wh:EventClaim ; wh:place ?place ; wh:gainedBy ?who .
        ?place wh:partOf {d.one("province")} . ?who skos:prefLabel ?label }} GROUP BY ?place"""
    ),
    "SAMPLE": lambda d: (
        f"""SELECT ?k (SAMPLE(?x) AS ?some) (COUNT(?x) AS ?n) {{ ?x a wh:Claim ; wh:place ?k ;
        wh:inArticle {d.one("article")} }} GROUP BY ?k"""
    ),
    "GROUP BY an expression": lambda d: (
        f"""SELECT ?month (COUNT(?x) AS ?n) {{ ?x wh:place ?place ; wh:beginLatest ?day .
        ?place wh:partOf {d.one("province")} }} GROUP BY (SUBSTR(STR(?day), 1, 7) AS ?month)"""
    ),
    "GROUP BY a language": lambda d: (
        f"""SELECT ?language (COUNT(?label) AS ?n) {{ ?x wh:partOf {d.one("province")} ;
        skos:prefLabel|skos:altLabel ?label }} GROUP BY (LANG(?label) AS ?language)"""
    ),
    "OPTIONAL in OPTIONAL": lambda d: (
        f"""SELECT ?k (COUNT(?v) AS ?n) (COUNT(?who) AS ?m) {{ ?x a wh:EventClaim ; wh:place ?k .
        ?k wh:partOf {d.one("province")}
        OPTIONAL {{ ?x wh:voice ?v OPTIONAL {{ ?v wh:speaker ?who }} }} }} GROUP BY ?k"""
    ),
    "OPTIONAL behind OPTIONAL": lambda d: (
        f"""SELECT ?k (COUNT(?v) AS ?n) (COUNT(?who) AS ?m) {{ ?x a wh:EventClaim ; wh:place ?k .
        ?k wh:partOf {d.one("province")} OPTIONAL {{ ?x wh:voice ?v }}
        OPTIONAL {{ ?v wh:speaker ?who . ?who skos:prefLabel ?label }} }} GROUP BY ?k"""
    ),
    "OPTIONAL behind UNION": lambda d: (
        f"""SELECT ?label (COUNT(?x) AS ?n) {{ ?x wh:place ?k . ?k wh:partOf {d.one("province")}
        {{ ?x wh:gainedBy ?who }} UNION {{ ?x wh:lostBy ?other }}
        OPTIONAL {{ ?who skos:prefLabel ?label }} }} GROUP BY ?label"""
    ),
    "OPTIONAL with a sub-SELECT": lambda d: (
        f"""SELECT ?place ?n {{ ?place wh:partOf {d.one("province")} OPTIONAL {{
        SELECT ?place (COUNT(?x) AS ?n) {{ ?x wh:place ?place ; wh:lostBy ?who }}
        GROUP BY ?place }} }}"""
    ),
    "UNION of unlike parts": lambda d: (
        f"""SELECT ?what (COUNT(DISTINCT ?x) AS ?n) {{
        {{ ?x wh:gainedBy {d.one("taker")} BIND("gained" AS ?what) }} UNION
        {{ ?x wh:lostBy {d.one("taker")} ; wh:place ?k BIND("lost" AS ?what) }} UNION
        {{ ?x a wh:ControlPeriod ; wh:controller {d.one("taker")} BIND("held" AS ?what) }} }}
        GROUP BY ?what"""
    ),
    "a path with +": lambda d: (
        f"""SELECT ?in (COUNT(DISTINCT ?source) AS ?n) {{ ?period wh:place {d.one("town")} ;
        prov:wasDerivedFrom+ ?source . ?source wh:inArticle ?in }} GROUP BY ?in"""
    ),
    "REGEX": lambda d: (
        f"""SELECT ?k (COUNT(?x) AS ?n) {{ ?x a ?k ; skos:prefLabel ?label
        FILTER(REGEX(STR(?label), "{d.piece("skos:prefLabel", 3)}", "i")) }} GROUP BY ?k"""
    ),
    "CONTAINS": lambda d: (
        f"""SELECT ?in (COUNT(?x) AS ?n) {{ ?x schema:text ?text ; wh:inArticle ?in
        FILTER(CONTAINS(?text, "{d.piece("schema:text", 4)}")) }} GROUP BY ?in"""
    ),
    "SUM of IF": lambda d: (
        f"""SELECT ?k (SUM(IF(?day > {_a_day(d)}, 1, 0)) AS ?late) (COUNT(*) AS ?n)
        {{ ?x a wh:EventClaim ; wh:eventType ?k ; wh:beginLatest ?day ;
        wh:place ?place . ?place wh:partOf {d.one("province")} }} GROUP BY ?k"""
    ),
    "pairs that differ": _pairs,
    "CONSTRUCT of counts": lambda d: (
        f"""CONSTRUCT {{ ?k wh:value ?n }} {{ {{ SELECT ?k (COUNT(?x) AS ?n)
        {{ ?x wh:place ?k ; wh:gainedBy {d.one("taker")} }} GROUP BY ?k }} }}"""
    ),
    "our question: corroboration": _corroboration,
    "our question: attribution chain": _steps,
}
"""Those whose patterns name something, so that a part of the data is read."""

BROAD: Final[dict[str, Callable[[Drawer], str]]] = {
    "a sub-SELECT, joined": lambda d: (
        f"""SELECT ?in (COUNT(?place) AS ?places) (SUM(?n) AS ?claims) {{
        {{ SELECT ?place (COUNT(?x) AS ?n) {{ ?x a wh:Claim ; wh:place ?place }} GROUP BY ?place }}
        ?place wh:partOf ?in FILTER(?n > {d.number(0, 60)}) }} GROUP BY ?in"""
    ),
    "GRAPH ?g, all claims": lambda d: (
        f"""SELECT ?g (COUNT(?x) AS ?n{d.number(0, 999)}) {{ GRAPH ?g {{ ?x a wh:Claim }} }}
        GROUP BY ?g"""
    ),
    "GRAPH ?g, two patterns, all": lambda d: (
        f"""SELECT ?g ?k (COUNT(?x) AS ?n{d.number(0, 999)})
        {{ GRAPH ?g {{ ?x a wh:Claim ; wh:polarity ?k }} }} GROUP BY ?g ?k"""
    ),
    "?s ?p ?o by ?p, of a class": lambda d: (
        f"""SELECT ?p (COUNT(*) AS ?n{d.number(0, 999)}) {{ ?s a {d.keys(1)[0]} ; ?p ?o }}
        GROUP BY ?p"""
    ),
    "?s ?p ?o by ?p, all": lambda d: (
        f"""SELECT ?p (COUNT(*) AS ?n) {{ ?s ?p ?o }} GROUP BY ?p
        HAVING (COUNT(*) > {d.number(10_000, 60_000)})"""
    ),
    "COUNT(*) of all": lambda d: f"SELECT (COUNT(*) AS ?n{d.number(0, 999)}) {{ ?s ?p ?o }}",
    "COUNT(DISTINCT …)": lambda d: (
        f"""SELECT ?publisher (COUNT(DISTINCT ?article) AS ?n{d.number(0, 999)})
        (COUNT(DISTINCT ?words) AS ?m) {{ ?span oa:hasSource ?article ;
        oa:hasSelector/oa:exact ?words . ?article schema:publisher ?publisher }}
        GROUP BY ?publisher"""
    ),
    "COUNT(DISTINCT ?s) of all": lambda d: (
        f"SELECT (COUNT(DISTINCT ?s) AS ?n{d.number(0, 999)}) {{ ?s ?p ?o }}"
    ),
    "properties of each class, of all": lambda d: (
        f"""SELECT ?class ?p (COUNT(*) AS ?n) {{ ?s a ?class ; ?p ?o }} GROUP BY ?class ?p
        HAVING (COUNT(*) > {d.number(0, 600)})"""
    ),
    "datatypes of a property": lambda d: (
        f"""SELECT ?type (COUNT(*) AS ?n{d.number(0, 999)})
        {{ ?x {d.of(("wh:beginLatest", "wh:number", "oa:end"))[0]} ?o }}
        GROUP BY (DATATYPE(?o) AS ?type)"""
    ),
    "SUM, AVG, MIN, MAX": lambda d: (
        f"""SELECT ?article (SUM(?end) AS ?a) (AVG(?end) AS ?b) (MIN(?end) AS ?c) (MAX(?end) AS ?d)
        {{ ?span oa:hasSource ?article ; oa:hasSelector ?at . ?at oa:end ?end
        FILTER(?end > {d.number(0, 900)}) }} GROUP BY ?article"""
    ),
    "HAVING, many groups left": lambda d: (
        f"""SELECT ?event (COUNT(?x) AS ?n) (MIN(?day) AS ?first{d.number(0, 999)})
        {{ ?x wh:aboutEvent ?event ; wh:beginLatest ?day }} GROUP BY ?event
        HAVING (COUNT(?x) > {d.number(1, 3)})"""
    ),
    "ORDER BY aggregates, LIMIT": lambda d: (
        f"""SELECT ?article (COUNT(?span) AS ?n) (MAX(?end) AS ?last)
        {{ ?span oa:hasSource ?article ; oa:hasSelector ?at . ?at oa:end ?end }}
        GROUP BY ?article HAVING (COUNT(?span) > {d.number(1, 9)})
        ORDER BY DESC(?n) DESC(?last) ?article LIMIT {d.number(5, 60)}"""
    ),
    "several keys": lambda d: (
        f"""SELECT ?type ?mode ?polarity ?who (COUNT(*) AS ?n{d.number(0, 999)})
        {{ ?x wh:eventType ?type ; wh:mode ?mode ; wh:polarity ?polarity ; wh:gainedBy ?who }}
        GROUP BY ?type ?mode ?polarity ?who"""
    ),
    "a group for each claim": lambda d: (
        f"""SELECT ?x (COUNT(?span) AS ?n{d.number(0, 999)})
        {{ ?x a {d.of(("wh:Claim", "wh:Mention", "wh:Quotation"))[0]} ; wh:span ?span }}
        GROUP BY ?x"""
    ),
    "all as one group": lambda d: (
        f"""SELECT (COUNT(DISTINCT ?who) AS ?actors) (COUNT(*) AS ?n) (MIN(?day) AS ?first)
        {{ ?mention wh:refersTo ?who ; wh:inArticle/wh:publishedLatest ?day {d.days(6000)} }}"""
    ),
    "paths from claims": lambda d: (
        f"""SELECT ?publisher ?part (COUNT(*) AS ?n{d.number(0, 999)})
        {{ ?x wh:span/oa:hasSource/schema:publisher ?publisher ; wh:span/wh:inPart ?part }}
        GROUP BY ?publisher ?part"""
    ),
    "a path with *, all": lambda d: (
        f"""SELECT ?speaker (COUNT(?x) AS ?n{d.number(0, 999)})
        {{ ?x a wh:ControlClaim ; wh:voice/wh:relayedBy*/wh:speaker ?speaker }}
        GROUP BY ?speaker"""
    ),
    "NOT EXISTS, all": lambda d: (
        f"""SELECT ?type (COUNT(?x) AS ?n{d.number(0, 999)}) {{ ?x wh:eventType ?type ; wh:place ?k
        FILTER NOT EXISTS {{ ?x wh:gainedBy ?a }} FILTER NOT EXISTS {{ ?x wh:lostBy ?b }} }}
        GROUP BY ?type"""
    ),
}
"""Those over all things of a class, or over everything."""

COUNTED: Final = SELECTIVE | BROAD
"""All shapes."""
