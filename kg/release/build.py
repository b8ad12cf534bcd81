"""Building a release: lift, validate, derive, describe; written aside, then moved into place."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Quad

from kg.errors import Finding, MappingError, NotConforming, ReleaseError
from kg.files import write_whole
from kg.lift.retired import lift_retired
from kg.reason.derive import derive, premises
from kg.reason.premises import Premises
from kg.release.canonical import Runs, write_lines
from kg.release.checks import REFERENCES, check_references, validate_derived
from kg.release.lifting import Lifted, Lifter, lift_all, make_lifter
from kg.release.metadata import Counts, fixed_date, metadata, summarize
from kg.release.publish import ASIDE, CURRENT, locked, publish, write_sums
from kg.release.retired import check_retired
from kg.release.shared import lift_shared
from kg.release.withdrawals import read_withdrawals
from kg.store import LOAD, make_store, nquads, quad_line
from kg.validate import Report
from kg.workspace import Workspace

__all__ = ["CURRENT", "build"]

DATA: Final = "data.nq"
METADATA: Final = "metadata.nq"

Progress = Callable[[str], None]
"""Told what is being done, in a few words."""


@dataclass(slots=True)
class Building:
    """One release in the making: its quads as lines, and what the rules read of them."""

    workspace: Workspace
    aside: Path
    progress: Progress
    fast: bool
    says: dict[str, Any] = field(default_factory=dict)
    """What release.json says beside what every release says of itself."""
    folder: Path = field(init=False)
    premises: Premises = field(init=False)
    runs: Runs = field(init=False)
    _waiting: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.folder = self.aside / "release"
        self.folder.mkdir()
        room = self.aside / "premises"
        self.premises = premises(self.workspace.names, REFERENCES, folder=room)
        self.runs = Runs(self.aside)

    def load(self, content: bytes) -> None:
        """Adds N-Quads; they are kept once there are many of them."""
        self._waiting += content
        if len(self._waiting) >= LOAD:
            self.load_all()

    def load_all(self) -> None:
        """Keeps what still waits."""
        lines = bytes(self._waiting).splitlines(keepends=True)
        self._waiting.clear()
        self.premises.load(lines)
        self.runs.add(lines)

    def keep(self, quads: Iterable[Quad]) -> None:
        """Adds what the rules derive."""
        self.runs.add(quad_line(quad).encode() for quad in quads)


def build(
    workspace: Workspace,
    releases: Path,
    *,
    jobs: int | None = None,
    fast: bool = True,
    progress: Progress = lambda _: None,
) -> Path:
    """Builds a release and makes it the current one; its directory.

    Raises MappingError and NotConforming before anything is visible. A process killed at any moment
    leaves the last release as it was, and an unfinished folder that the next build removes.
    """
    fixed_date()  # so that a wrong one is told at once
    try:
        with (
            locked(releases),
            tempfile.TemporaryDirectory(
                prefix=ASIDE, dir=releases, ignore_cleanup_errors=True
            ) as aside,
        ):
            building = Building(workspace, Path(aside), progress, fast)
            withdrawn = {one.withdrawn for one in read_withdrawals(releases)}
            digest = _fill(building, jobs or os.cpu_count() or 1, withdrawn)
            return publish(Path(aside) / "release", releases, digest)
    except OSError as error:
        raise ReleaseError(
            f"{releases}: the release could not be written ({error.strerror or error}). "
            "Make room or choose another folder; the last release is as it was."
        ) from error
    except BrokenExecutor as error:
        raise ReleaseError(
            f"{releases}: a process that lifts articles was ended from outside, perhaps for want "
            "of memory. Build again with --jobs 1; the last release is as it was."
        ) from error


def _fill(building: Building, jobs: int, withdrawn: set[str]) -> str:
    """Fills the folder of a release; its digest. What was withdrawn does not come back."""
    workspace, fast = building.workspace, building.fast
    _load_articles(building, make_lifter(workspace, building.aside, fast=fast), jobs)
    for quads in lift_shared(workspace, fast=fast):
        building.load(nquads(quads))
    building.load(nquads(lift_retired(workspace.retired, workspace.names)))
    building.load_all()
    check_references(building.premises.store, workspace)
    check_retired(building.premises.store, workspace, withdrawn)
    return complete(building)


def complete(building: Building) -> str:
    """Derives what follows from the quads loaded, and writes all files; the digest."""
    workspace, fast = building.workspace, building.fast
    for name, count in derive(building.premises, workspace.names, building.keep):
        building.progress(f"derived {count:,} quads: {name}")
    digest = _dump(building)
    with (building.folder / DATA).open("rb") as lines:
        validate_derived(lines, building.premises.store, workspace.names, fast=fast)
    _report(building.folder)
    make_store(building.folder / "store", [building.folder / DATA, building.folder / METADATA])
    write_sums(building.folder)
    return digest


def _load_articles(building: Building, lifter: Lifter, jobs: int) -> None:
    """Lifts and loads all articles; raises with all findings of all."""
    findings: list[Finding] = []
    conform = True
    seen: dict[str, str] = {}
    for lifted in _told(lift_all(lifter, jobs), building):
        findings += [*lifted.findings, *_twice(building.workspace, lifted, seen)]
        conform = conform and not lifted.results
        if lifted.part and not findings:
            building.load(lifted.part.read_bytes())
            lifted.part.unlink()
    if findings:
        raise (MappingError if conform else NotConforming)(findings)


def _told(articles: Iterator[Lifted], building: Building) -> Iterator[Lifted]:
    """The same articles, and now and then how many there were."""
    total = len(building.workspace.slugs)
    for number, lifted in enumerate(articles, 1):
        yield lifted
        if number % 100 == 0 or number == total:
            building.progress(f"lifted {number} of {total} articles")


def _twice(workspace: Workspace, lifted: Lifted, seen: dict[str, str]) -> Iterator[Finding]:
    """A finding if another mapping maps the very same text."""
    if lifted.digest and (other := seen.setdefault(lifted.digest, lifted.slug)) != lifted.slug:
        path = workspace.shown(workspace.mapping_path(lifted.slug))
        message = f"maps the same text as '{other}' (equal digest). Keep one mapping an article."
        yield Finding(path, 1, message)


def _dump(building: Building) -> str:
    """Writes data.nq, and what the release says of itself; the digest."""
    counts = Counts()
    digest = write_lines(counts.each(building.runs.merged()), building.folder / DATA)
    described = metadata(building.workspace, digest, counts)
    (building.folder / METADATA).write_bytes(nquads(described))
    summary = summarize(building.workspace, digest, counts) | building.says
    write_whole(building.folder / "release.json", (json.dumps(summary, indent=2) + "\n").encode())
    building.progress(f"{counts.quads:,} quads, sha256:{digest[:16]}…")
    return digest


def _report(folder: Path) -> None:
    """The report on the graph: whatever does not conform has stopped the build before."""
    report = Report()
    write_whole(folder / "report.txt", report.to_text().encode("utf-8"))
    write_whole(folder / "report.json", report.to_json().encode("utf-8"))
    write_whole(folder / "report.ttl", report.to_rdf().encode("utf-8"))
