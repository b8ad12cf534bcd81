"""Building a release: lift, validate, derive, describe; written aside, then moved into place."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Quad

from kg.errors import Finding, MappingError, NotConforming, ReleaseError, WorkspaceError
from kg.export import catalogue, export
from kg.export.sampling import Sampling, read_sampling
from kg.files import write_whole
from kg.lift.retired import lift_retired
from kg.mapping.lines import index_lines
from kg.reason.derive import derive, premises
from kg.reason.premises import Premises
from kg.release.canonical import write_lines
from kg.release.checks import REFERENCES, check_references, validate_derived
from kg.release.lifting import Lifted, Lifter, lift_all, make_lifter
from kg.release.metadata import Counts, fixed_date, metadata, summarize
from kg.release.publish import CURRENT, find_place, locked, publish, write_sums
from kg.release.read import METADATA
from kg.release.retired import check_retired
from kg.release.shared import lift_shared
from kg.release.stored import store
from kg.release.versions import named, previous
from kg.release.withdrawals import read_withdrawals
from kg.runs import Runs
from kg.store import LOAD, nquads, quad_line
from kg.validate import Report
from kg.workspace import FILE, FORBIDDEN, Workspace

__all__ = ["CURRENT", "build"]

DATA: Final = "data.nq"

Progress = Callable[[str], None]
"""Told what is being done, in a few words."""


@dataclass(slots=True)
class Building:
    """One release in the making: its quads as lines, and what the rules read of them."""

    workspace: Workspace
    releases: Path
    """The folder that it will stand in."""
    aside: Path
    progress: Progress
    fast: bool
    says: dict[str, Any] = field(default_factory=dict)
    """What release.json says beside what every release says of itself."""
    folder: Path = field(init=False)
    premises: Premises = field(init=False)
    runs: Runs = field(init=False)
    counts: Counts = field(default_factory=Counts)
    apart: dict[str, int] = field(default_factory=dict)
    """How many passages of each released article carry no statement."""
    drafts: int = 0
    sampling: Sampling | None = None
    """What another release says of the sample, where this one takes its place."""
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
    warn: Progress = lambda _: None,
) -> Path:
    """Builds a release and makes it the current one; its directory.

    It gets the workspace's version, unless that already names another release: then it has none,
    and `warn` is told what to do.

    Raises MappingError and NotConforming before anything is visible. A process killed at any moment
    leaves the last release as it was, and an unfinished folder that the next build removes.
    """
    fixed_date()  # so that a wrong one is told at once
    try:
        with locked(releases) as aside:
            building = Building(workspace, releases, aside, progress, fast)
            withdrawn = {one.withdrawn for one in read_withdrawals(releases)}
            digest = _fill(building, jobs or os.cpu_count() or 1, withdrawn)
            return _finish(building, digest, warn)
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
    """Makes the graph of a release and validates it; its digest. No withdrawn thing comes back."""
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
    """Derives what follows from the quads loaded, and writes data.nq; the digest."""
    workspace, fast = building.workspace, building.fast
    for name, count in derive(building.premises, workspace.names, building.keep):
        building.progress(f"derived {count:,} quads: {name}")
    digest = _dump(building)
    with (building.folder / DATA).open("rb") as lines:
        validate_derived(lines, building.premises.store, workspace.names, fast=fast)
    del building.premises  # and with them the memory that their store takes
    return digest


def _finish(building: Building, digest: str, warn: Progress) -> Path:
    """Writes all other files and publishes, with the version if it is free or this release's.

    They are written twice where the version names a release of these very quads that turns out to
    say other things of itself: only its files, made as that version, can tell.
    """
    folder, releases = building.folder, building.releases
    version = building.workspace.settings.version
    taken = named(releases, version) if version else None
    if version and (taken or digest).startswith(digest[:16]):
        describe(building, digest, version, previous(releases, version))
        if taken in {None, find_place(folder, releases, digest).name}:
            return publish(folder, releases, digest, version)
    if version:
        warn(
            f"version {version} already names release {taken}, which stays as it is: this release "
            f"has no version. To give it one, set another version in {FILE} and build again."
        )
    describe(building, digest, "", None)
    return publish(folder, releases, digest)


def _load_articles(building: Building, lifter: Lifter, jobs: int) -> None:
    """Lifts and loads all articles; raises with all findings of all."""
    findings: list[Finding] = []
    conform = True
    seen: dict[str, str] = {}
    for lifted in _told(lift_all(lifter, jobs), building):
        findings += [
            *lifted.findings,
            *_twice(building.workspace, lifted, seen),
            *_forbidden(building.workspace, lifted),
        ]
        conform = conform and not lifted.results
        if lifted.part and not findings:
            building.load(lifted.part.read_bytes())
            lifted.part.unlink()
            building.apart[lifted.slug] = lifted.apart
        building.drafts += lifted.draft
    if findings:
        raise (MappingError if conform else NotConforming)(findings)
    if building.drafts and not building.apart:
        raise _only_drafts(building.workspace)


def _only_drafts(workspace: Workspace) -> WorkspaceError:
    """The error of a workspace of which nothing has been reviewed yet."""
    articles, slugs = workspace.shown(workspace.root / "articles"), list(workspace.slugs)
    return WorkspaceError(
        f"{articles}: found {len(slugs)} drafts and no reviewed mapping, and only reviewed ones "
        f"enter a release. Finish a review first: `whoholds review {slugs[0]}`."
    )


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


def _forbidden(workspace: Workspace, lifted: Lifted) -> Iterator[Finding]:
    """A finding if the article's source allows no publication, and it is no draft."""
    if not lifted.draft and workspace.licence(lifted.slug) == FORBIDDEN:
        path = workspace.root / FILE
        line = index_lines(path.read_text("utf-8")).of(("licences",), lifted.slug)
        message = (
            f"the licence of '{lifted.slug}' is '{FORBIDDEN}', so it cannot enter a release. "
            "Make its mapping a draft, or take it out of the workspace."
        )
        yield Finding(workspace.shown(path), line, message)


def _dump(building: Building) -> str:
    """Writes data.nq; the digest."""
    counts = building.counts
    digest = write_lines(counts.each(building.runs.merged()), building.folder / DATA)
    building.progress(f"{counts.quads:,} quads, sha256:{digest[:16]}…")
    return digest


def describe(building: Building, digest: str, version: str, earlier: str | None) -> None:
    """Writes everything that goes with data.nq, anew if it was written under another version."""
    folder, workspace, counts = building.folder, building.workspace, building.counts
    _leave_only_data(folder)
    described = metadata(workspace, digest, counts, version)
    (folder / METADATA).write_bytes(nquads(described))
    summary = summarize(workspace, digest, counts, version) | building.says
    write_whole(folder / "release.json", (json.dumps(summary, indent=2) + "\n").encode())
    _report(folder)
    store(folder, [folder / DATA, folder / METADATA])
    sampling = building.sampling or read_sampling(workspace, building.apart, building.drafts)
    written = export(folder, sampling)
    catalogue(folder, find_place(folder, building.releases, digest).name, written, earlier)
    write_sums(folder)


def _leave_only_data(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != DATA:
            path.unlink()


def _report(folder: Path) -> None:
    """The report on the graph: whatever does not conform has stopped the build before."""
    report = Report()
    write_whole(folder / "report.txt", report.to_text().encode("utf-8"))
    write_whole(folder / "report.json", report.to_json().encode("utf-8"))
    write_whole(folder / "report.ttl", report.to_rdf().encode("utf-8"))
