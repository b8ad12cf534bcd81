"""Measures pages of a release of about a million quads: milliseconds on the server, and their size.

    python benchmarks/pages.py 400

builds a generated corpus of that many articles and asks for each kind of page as a browser does:
of the thing that most is said of, and of several others. Prints a table in Markdown; the size is
compressed (gzip), as a proxy in front of the server sends it.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from kg.release.build import build
from kg.release.read import Release, open_release
from kg.synth import write_corpus
from kg.workspace import open_workspace
from server import create_app

TIMES = 9
FIXED = ("", "map", "search?q=bridge", "disagreements", "ask", "ns", "dumps/", "article")
LINKS = {
    "place": "wh:place",
    "actor": "wh:speaker|wh:controller|wh:gainedBy",
    "event": "wh:aboutEvent",
    "article": "wh:inArticle",
    "voice": "wh:voice",
    "claim": "wh:compares",
    "period": None,
    "disagreement": None,
}
"""What names things of a kind, to find the one that most is said of; of some kinds any will do."""
MOST = """
SELECT ?thing (COUNT(*) AS ?n) WHERE {{
  ?s {link} ?thing . FILTER(STRSTARTS(STR(?thing), "{start}"))
}} GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 40
"""


ANY = """
SELECT DISTINCT ?thing WHERE {{
  ?thing a ?type . FILTER(STRSTARTS(STR(?thing), "{start}"))
}} ORDER BY ?thing LIMIT 40
"""


def things(release: Release, kind: str) -> list[str]:
    """Paths of things of a kind: first that of which most is said, then some others."""
    query = MOST if LINKS[kind] else ANY
    rows = release.store.query(
        query.format(link=LINKS[kind], start=release.names.iri(kind, "")),
        prefixes=release.names.prefixes(),
        use_default_graph_as_union=True,
    )
    return [row["thing"].value.removeprefix(release.names.base) + ".html" for row in rows]


def measure(client: FlaskClient, paths: list[str]) -> tuple[float, float]:
    """The median of the milliseconds that some pages take, and the largest kilobytes."""
    times, sizes = [], []
    for path in paths:
        begin = time.perf_counter()
        answer = client.get(f"/{path}")
        times.append((time.perf_counter() - begin) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"/{path} answered {answer.status}")
        sizes.append(len(gzip.compress(answer.data)) / 1000)
    return median(times), max(sizes)


def main(articles: int) -> None:
    """Builds, asks and prints."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        write_corpus(articles, corpus)
        build(open_workspace(corpus), corpus / "releases")
        release = open_release(corpus / "releases")
        client = create_app(release, open_workspace(corpus).content).test_client()
        print(f"{release.summary['quads']:,} quads\n")
        print("| page | first ms | median ms | largest kB |\n|---|---:|---:|---:|")
        for name, paths in pages(release).items():
            first, _ = measure(client, paths[:1])
            middle, largest = measure(client, (paths * TIMES)[: max(TIMES, len(paths))])
            print(f"| {name} | {first:.0f} | {middle:.0f} | {largest:.0f} |", flush=True)


def pages(release: Release) -> dict[str, list[str]]:
    """What is asked for, by name."""
    place = things(release, "place")[0].removeprefix("place/").removesuffix(".html")
    day = release.summary["date"]
    return {
        **{f"/{path}": [path] for path in FIXED},
        "/ask/who-held": [f"ask/who-held?place={place}&date={day}"],
        **{f"/{kind}/…": things(release, kind) for kind in LINKS},
    }


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 400)
