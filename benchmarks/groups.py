"""Measures queries that count: the engine, columns, and a Virtuoso that holds the same statements.

    python benchmarks/groups.py WORKSPACE [http://127.0.0.1:8890/sparql GRAPH]

asks the current release of a workspace, such as one of `whoholds synth 400`, each query seven times
and shows the median in milliseconds, serialized as JSON; "first" is the first time a process asks
it of columns, of which later times keep what they learnt. Virtuoso is asked over HTTP for the graph
into which the union was loaded; what an empty query takes there is subtracted. "same" says whether
columns gave the engine's rows. Prints a table in Markdown.
"""

from __future__ import annotations

import http.client
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

from pyoxigraph import QueryResultsFormat, QuerySolutions

from kg.names import VOCABULARIES
from kg.release.read import Release, open_release
from kg.sparql.run import execute, prepare

TIMES = 7
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in VOCABULARIES.items())
QUERIES = {
    "claims by type": """SELECT ?type (COUNT(?claim) AS ?n)
        { ?claim a ?type ; wh:voice ?voice } GROUP BY ?type""",
    "by type and origin": """SELECT ?type ?origin (COUNT(*) AS ?n)
        { ?claim a ?type ; wh:accordingTo ?origin } GROUP BY ?type ?origin""",
    "by place and month": """SELECT ?place ?month (COUNT(?claim) AS ?n)
        { ?claim wh:voice ?v ; wh:place ?place ; wh:beginLatest ?day
          BIND(SUBSTR(STR(?day), 1, 7) AS ?month) } GROUP BY ?place ?month""",
    "distinct origins": """SELECT ?place (COUNT(DISTINCT ?origin) AS ?origins)
        { ?claim wh:place ?place ; wh:accordingTo ?origin } GROUP BY ?place""",
    "sums and means": """SELECT ?measure (SUM(?x) AS ?sum) (AVG(?x) AS ?mean) (MIN(?x) AS ?least)
        (MAX(?x) AS ?most) { ?claim wh:measure ?measure ; wh:number ?x } GROUP BY ?measure""",
    "a range of dates": """SELECT ?degree (COUNT(?claim) AS ?n)
        { ?claim wh:degree ?degree ; wh:beginLatest ?day
          FILTER(?day >= '2000-01-01'^^xsd:date && ?day < '2010-01-01'^^xsd:date) }
        GROUP BY ?degree""",
    "OPTIONAL": """SELECT ?polarity (COUNT(?claim) AS ?n) (COUNT(?loser) AS ?lost)
        { ?claim a wh:Claim ; wh:polarity ?polarity OPTIONAL { ?claim wh:lostBy ?loser } }
        GROUP BY ?polarity""",
    "UNION": """SELECT ?actor (COUNT(*) AS ?n) { { ?claim wh:gainedBy ?actor }
        UNION { ?claim wh:lostBy ?actor } UNION { ?claim wh:controller ?actor } }
        GROUP BY ?actor""",
    "HAVING, ORDER, LIMIT": """SELECT ?article (COUNT(?span) AS ?n) (MAX(?end) AS ?last)
        { ?span oa:hasSource ?article ; oa:hasSelector ?at . ?at oa:end ?end }
        GROUP BY ?article HAVING(COUNT(?span) > 2) ORDER BY DESC(?n) ?article LIMIT 20""",
    "all as one group": """SELECT (COUNT(DISTINCT ?actor) AS ?actors) (COUNT(*) AS ?n)
        (MIN(?day) AS ?first)
        { ?mention wh:refersTo ?actor ; wh:inArticle/wh:publishedLatest ?day }""",
    "paths": """SELECT ?publisher ?part (COUNT(*) AS ?n)
        { ?claim wh:span/oa:hasSource/schema:publisher ?publisher ; wh:span/wh:inPart ?part }
        GROUP BY ?publisher ?part""",
}


def engine(release: Release, query: str, *, columns: bool) -> QuerySolutions:
    """The solutions of a query over a release, from columns or without them."""
    prepared = prepare(PREFIXES + query, release.names)
    found = execute(release.store, prepared, release.names, release.columns if columns else None)
    if not isinstance(found, QuerySolutions):
        raise TypeError(query)
    return found


def answer(release: Release, query: str, *, columns: bool) -> bytes | None:
    """The same as JSON."""
    return engine(release, query, columns=columns).serialize(format=QueryResultsFormat.JSON)


def other(url: str, graph: str, query: str) -> None:
    """Asks another endpoint, to the end of its answer."""
    there = urlsplit(url)
    form = "application/sparql-results+json"
    asked = {"query": PREFIXES + query, "default-graph-uri": graph, "format": form}
    connection = http.client.HTTPConnection(there.netloc)
    connection.request("GET", f"{there.path}?{urlencode(asked)}")
    answer = connection.getresponse()
    if not answer.read() or answer.status != 200:
        raise RuntimeError(f"{url} answers {answer.status}")
    connection.close()


def seconds(asks: Callable[[], object]) -> list[float]:
    """How many milliseconds something takes, each time."""
    taken = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        asks()
        taken.append((time.perf_counter() - begin) * 1000)
    return taken


def rows(found: QuerySolutions) -> Counter[tuple[str, ...]]:
    """The solutions as a multiset."""
    return Counter(tuple(str(term) for term in row) for row in found)


def main(workspace: str, url: str = "", graph: str = "") -> Iterable[str]:
    """The table's lines."""
    release = open_release(Path(workspace) / "releases")
    least = partial(other, url, graph, "SELECT ?x { VALUES ?x { 1 } }")
    floor = median(seconds(least)) if url else 0
    yield "| query | rows | engine | columns, first | columns | Virtuoso | ratio | same |"
    yield "|---|---:|---:|---:|---:|---:|---:|---|"
    for name, query in QUERIES.items():
        first, *later = seconds(partial(answer, release, query, columns=True))
        alone = median(seconds(partial(answer, release, query, columns=False)))
        there = median(seconds(partial(other, url, graph, query))) - floor if url else 0
        counted = rows(engine(release, query, columns=True))
        same = "yes" if counted == rows(engine(release, query, columns=False)) else "NO"
        here = median(later)
        ratio = f"{there:.1f} | {here / there:.1f}" if url else " | "
        yield (
            f"| {name} | {counted.total():,} | {alone:.1f} | {first:.1f} | {here:.1f} "
            f"| {ratio} | {same} |"
        )


if __name__ == "__main__":
    for line in main(*sys.argv[1:]):
        print(line, flush=True)
