"""Measures pages of a release of about a million quads: milliseconds on the server, and their size.

    python benchmarks/pages.py 400
    python benchmarks/pages.py corpus

builds a generated corpus of that many articles, or takes a workspace that has a release, and asks
for each kind of page and each question as a browser does. "cold" is the first page that a new
server answers; "first" is the same page of a server that has warmed as `whoholds serve` does;
"median" is that of pages of other things, or of other parameters, none asked for before. The size
is compressed (gzip), as a proxy in front of the server sends it. Prints a table in Markdown.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient

from kg.release.build import build
from kg.release.read import Release, open_release
from kg.synth import write_corpus
from kg.workspace import open_workspace
from server import create_app
from server.questions.examples import Example, examples
from server.warm import warm

OTHERS = 12
"""Pages of other things that the median is of."""
FIXED = (
    *("", "map", "map?origin=all", "search?q=bridge", "disagreements", "links", "ask", "ns"),
    *("shapes", "dumps/", "article", "release.ttl"),
)
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
    )
    found = (row["thing"].value for row in rows)  # type: ignore[union-attr]
    return [iri.removeprefix(release.names.base) + ".html" for iri in found]


def ask(client: FlaskClient, path: str) -> tuple[float, float]:
    """The milliseconds that a page takes, and its kilobytes."""
    begin = time.perf_counter()
    answer = client.get(f"/{path}", follow_redirects=True)
    taken = (time.perf_counter() - begin) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"/{path} answered {answer.status}")
    return taken, len(gzip.compress(answer.data)) / 1000


def row(name: str, paths: list[str], new: Callable[[], Flask], warmed: FlaskClient) -> str:
    """A row of the table: cold, first, and what the others take; of one page alone, it again."""
    cold, _ = ask(new().test_client(), paths[0])
    first, size = ask(warmed, paths[0])
    others = [ask(warmed, path) for path in paths[1 : OTHERS + 1] or paths]
    middle, largest = median(taken for taken, _ in others), max(size, *(kb for _, kb in others))
    return f"| {name} | {cold:.0f} | {first:.0f} | {middle:.0f} | {largest:.0f} |"


def main(given: str) -> None:
    """Builds where a number is given, asks and prints."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus" if given.isdigit() else Path(given)
        if given.isdigit():
            write_corpus(int(given), corpus)
            build(open_workspace(corpus), corpus / "releases")
        measure(corpus)


def measure(corpus: Path) -> None:
    """Prints the table of a workspace's release."""
    release = open_release(corpus / "releases")
    new = partial(create_app, release, open_workspace(corpus).content)
    app = new()
    begin = time.perf_counter()
    warm(app)
    print(f"{release.summary['quads']:,} quads; warm in {time.perf_counter() - begin:.1f} s\n")
    print("| page | cold ms | first ms | median ms | largest kB |\n|---|---:|---:|---:|---:|")
    for name, paths in pages(release).items():
        print(row(name, paths, new, app.test_client()), flush=True)


def pages(release: Release) -> dict[str, list[str]]:
    """What is asked for, by name: first that which is measured cold."""
    kinds = {kind: things(release, kind) for kind in LINKS}
    return {
        **{f"/{path}": [path] for path in FIXED},
        **{f"/{kind}/…": found for kind, found in kinds.items()},
        "/reconcile/preview": [previewed(path) for path in kinds["place"]],
        **{f"/ask/{name}": asked(one, kinds) for name, one in examples(release).items()},
    }


def previewed(path: str) -> str:
    """What OpenRefine shows of a thing whose page is at a path."""
    return f"reconcile/preview?{urlencode({'id': path.removesuffix('.html')})}"


def asked(example: Example, kinds: dict[str, list[str]]) -> list[str]:
    """A question's example, and the same about other things; without parameters, it alone."""
    found = [example.given]
    for parameter in example.question.parameters:
        for path in kinds.get({"thing": "event"}.get(parameter.kind, parameter.kind), ()):
            local = path.removesuffix(".html")
            value = local if parameter.kind == "thing" else local.partition("/")[2]
            found.append(example.given | {parameter.name: value})
    return [f"ask/{example.question.name}?{urlencode(one)}" for one in found]


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else "400")
