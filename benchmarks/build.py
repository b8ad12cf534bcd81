"""Measures building: seconds per million quads and peak memory, as corpora grow.

    python benchmarks/build.py 300 1000 3000

prints a table in Markdown, a row as soon as it is measured. Each size is built in a process of its
own, so that its peak memory is its own; start-up is measured by a build of one article and
subtracted. Times are CPU seconds of all processes, because the machines that this runs on are
shared.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One build: its articles, quads, seconds and megabytes (of the largest process)."""

    articles: int
    quads: int
    cpu: float
    wall: float
    peak: float


PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from kg.release.build import build
from kg.workspace import open_workspace
folder = Path(sys.argv[1])
begin = time.perf_counter()
made = build(open_workspace(folder), folder / "releases")
wall = time.perf_counter() - begin
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps({
    "quads": json.loads((made / "release.json").read_text())["quads"],
    "cpu": sum(u.ru_utime + u.ru_stime for u in used),
    "wall": wall,
    "peak": used[0].ru_maxrss / 1024,
}))
"""


def measure(articles: int) -> Run:
    """Builds a generated corpus of that many articles in a process of its own."""
    from kg.synth import write_corpus

    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        write_corpus(articles, corpus)
        command = [sys.executable, "-c", PROGRAM, str(corpus)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Run(articles, **json.loads(done.stdout.splitlines()[-1]))


def rows(start: Run, runs: Iterable[Run]) -> Iterator[str]:
    """The measurements in Markdown, each as it is made, with the ratios to the first size."""
    heads = "articles | quads | CPU s | wall s | CPU s per million quads | ratio | peak MB | ratio"
    yield f"| {heads} |"
    yield f"|{'---:|' * 8}"
    first: tuple[float, float] | None = None
    for run in runs:
        speed = (run.cpu - start.cpu) / (run.quads - start.quads) * 1e6
        first = first or (speed, run.peak)
        yield (
            f"| {run.articles:,} | {run.quads:,} | {run.cpu:.1f} | {run.wall:.1f} | {speed:.1f} "
            f"| {speed / first[0]:.2f} | {run.peak:.0f} | {run.peak / first[1]:.2f} |"
        )


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:]] or [300, 1000, 3000]
    for row in rows(measure(1), map(measure, sizes)):
        print(row, flush=True)
