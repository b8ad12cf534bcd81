"""How many names of a table are reconciled in a minute, on one core.

`python benchmarks/reconcile.py` makes a release of all places of the shipped gazetteer, in a folder
that is removed afterwards, and asks it names that are drawn from a seed: as they are, with a letter
changed, in Arabic letters, of a type, in a governorate. First the library alone, then the server
over HTTP, in batches of ten, from one client. Prints Markdown; seconds are those of computing.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from gazetteer import changed
from kg.authority import Authorities, Entry
from kg.gazetteer.lookup import Gazetteer, load
from kg.gazetteer.record import Record
from kg.lift.authorities import lift_authorities
from kg.names import DEFAULT_BASE, Names
from kg.reconcile.answer import reconcile
from kg.reconcile.asked import read_batch
from kg.reconcile.elsewhere import by_gazetteer
from kg.reconcile.index import Index
from kg.reconcile.read import read_things
from kg.reconcile.written import candidate
from kg.release.read import SUMMARY, open_release
from kg.store import make_store, nquads, read_turtle
from kg.vocabulary import load_vocabulary, resource

BATCH: Final = 10
SERVE: Final = """import sys
from pathlib import Path
from waitress import create_server
from kg.release.read import open_release
from server import create_app
server = create_server(create_app(open_release(Path(sys.argv[1]), "places")), port=0, threads=4)
print(server.effective_port, flush=True)
server.run()
"""
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
Batches = list[dict[str, Any]]


def make_release(folder: Path, gazetteer: Gazetteer) -> None:
    """A release whose places are all those of a gazetteer."""
    names, found = Names(DEFAULT_BASE), folder / "places"
    found.mkdir()
    entries = {_slug(record.id): _entry(record, gazetteer) for record in gazetteer}
    quads = lift_authorities(Authorities({}, entries), names, load_vocabulary())
    schemes = resource("ontology") / "schemes.ttl"
    quads += read_turtle(schemes, NamedNode(names.graph("ontology")))
    (found / "data.nq").write_bytes(nquads(quads))
    make_store(found / "store", [found / "data.nq"])
    known = {"digest": f"sha256:{'0' * 64}", "base": DEFAULT_BASE, "title": "Places"}
    (found / "release.json").write_text(json.dumps(dict.fromkeys(SUMMARY) | known), "utf-8")


def _slug(identifier: str) -> str:
    return identifier.replace(":", "-")


def _entry(record: Record, gazetteer: Gazetteer) -> Entry:
    above = next((one for one in record.parents if gazetteer.record(one)), None)
    return Entry(
        kind="place",
        slug=_slug(record.id),
        type=record.type,
        label=record.label,
        alt={"": record.names} if record.names else {},
        part_of=_slug(above) if above else None,
        point=record.point,
    )


def drawn(gazetteer: Gazetteer, count: int) -> Batches:
    """Batches of ten queries, each under the id of its record, the same each time."""
    order = random.Random(1)  # noqa: S311 - drawn from a seed, so that they can be drawn again
    records = order.sample([record for record in gazetteer if record.names], count)
    queries = [_query(record, at, gazetteer, order) for at, record in enumerate(records)]
    keyed = [(f"{_slug(r.id)}", query) for r, query in zip(records, queries, strict=True)]
    return [dict(keyed[start : start + BATCH]) for start in range(0, count, BATCH)]


def _query(record: Record, at: int, gazetteer: Gazetteer, order: random.Random) -> dict[str, Any]:
    """Of ten, three have a letter changed, two are Arabic, two say a type, one a governorate."""
    name = order.choice(record.names)
    if at % 10 < 3:
        return {"query": changed(name, order), "limit": 5}
    if at % 10 < 5:
        return {"query": record.label.get("ar", name)}
    if at % 10 < 7:
        return {"query": name, "type": "Place", "type_strict": "should"}
    parents = [gazetteer.record(one) for one in record.parents]
    named = [{"pid": "part-of", "v": one.label.get("en", "")} for one in parents[-2:-1] if one]
    return {"query": name, "properties": named} if at % 10 == 7 else {"query": name}


def library(folder: Path, batches: Batches) -> Iterator[str]:
    """What it takes without a server."""
    release = open_release(folder, "places")
    begin = time.process_time()
    things = read_things(release.store, release.names)
    index, elsewhere = Index(things), by_gazetteer(load(), things)
    made = time.process_time() - begin
    taken = list[float]()
    matches = right = found = 0
    for batch in batches:
        for meant, query in read_batch(json.dumps(batch), things.types).items():
            begin = time.process_time()
            candidates = reconcile(index, query, elsewhere)
            [candidate(things, one) for one in candidates]
            taken.append(time.process_time() - begin)
            found += bool(candidates)
            sure = [one.thing.id for one in candidates if one.match]
            matches += len(sure)
            right += sure == [f"place/{meant}"]
    yield f"{len(things.by_id):,} places, read and made ready in {made:.1f} s of computing"
    yield _row("the library alone", sum(taken), taken)
    yield (
        f"of {len(taken):,} queries {found:,} have candidates, {matches:,} a match, "
        f"{right:,} of these the very record that the name was drawn from"
    )


def served(folder: Path, batches: Batches) -> Iterator[str]:
    """What it takes a server, which is given one core; its client has another if there is one."""
    cores = sorted(os.sched_getaffinity(0))
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            os.sched_setaffinity(process.pid, cores[:1])
            os.sched_setaffinity(0, cores[-1:])
            port = int((process.stdout or sys.stdin).readline())
            connection = HTTPConnection("127.0.0.1", port, timeout=120)
            _post(connection, batches[0])
            before, begin = _cpu(process.pid), time.perf_counter()
            taken = [_post(connection, batch) for batch in batches[1:]]
            wall, computed = time.perf_counter() - begin, _cpu(process.pid) - before
        finally:
            process.terminate()
            os.sched_setaffinity(0, cores)
    yield _row("the server, batches of ten", computed, taken, BATCH)
    asked = len(taken) * BATCH
    yield f"by the clock, with its client: {asked / wall * 60:,.0f} queries a minute"


def _post(connection: HTTPConnection, batch: dict[str, Any]) -> float:
    """The seconds until the whole answer was there. Raises RuntimeError for any but a 200."""
    body = urlencode({"queries": json.dumps(batch)})
    begin = time.perf_counter()
    connection.request("POST", "/reconcile", body, FORM)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200 or len(json.loads(content)) != len(batch):
        raise RuntimeError(f"{answer.status}: {content[:500]!r}")
    return time.perf_counter() - begin


def _cpu(process: int) -> float:
    """Seconds of computing that a process and its threads have taken."""
    words = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _row(what: str, computed: float, taken: list[float], each: int = 1) -> str:
    count = len(taken) * each
    median, slow = (
        1000 * one for one in (statistics.median(taken), sorted(taken)[-len(taken) // 100])
    )
    return (
        f"| {what} | {count:,} | {1000 * computed / count:.2f} | {60 * count / computed:,.0f} "
        f"| {median:.2f} | {slow:.2f} |"
    )


def main() -> None:
    """Prints the table."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--queries", type=int, default=5_000, metavar="N")
    count = parser.parse_args().queries
    gazetteer = load()
    with tempfile.TemporaryDirectory(prefix="whoholds-reconcile-") as folder:
        make_release(Path(folder), gazetteer)
        batches = drawn(gazetteer, count)
        first, row, matched = library(Path(folder), batches)
        print(f"{first}\n")
        print("| what | queries | ms of computing | a minute on one core | median, ms | 99 %, ms |")
        print(f"|---|---:|---:|---:|---:|---:|\n{row}")
        row, wall = served(Path(folder), batches)
        print(f"{row}\n\n{matched}; {wall}")


if __name__ == "__main__":
    main()
