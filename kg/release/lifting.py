"""Lifting and validating a workspace's articles, each on its own, in several processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from kg.errors import Finding
from kg.lift.article import Context, lift_article
from kg.mapping.anchor import recorded
from kg.mapping.check import Known, check
from kg.mapping.read import read
from kg.store import nquads
from kg.validate import Result, point, validate
from kg.vocabulary import load_vocabulary
from kg.workspace import Workspace

FEW: Final = 16
"""So few articles are lifted sooner in this process than in others that must first start."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """One article's share of the graph, as N-Quads in a file of its own; or why it has none."""

    slug: str
    part: Path | None = None
    digest: str = ""
    claims: int = 0
    findings: tuple[Finding, ...] = ()
    results: tuple[Result, ...] = ()
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Lifter:
    """What a process needs to lift any article of a workspace."""

    workspace: Workspace
    known: Known
    context: Context
    folder: Path
    fast: bool
    drafts: bool = False
    """Whether drafts are lifted too: to be validated, never to be released."""

    def lift(self, slug: str) -> Lifted:
        """Reads, checks, lifts and validates one article. Raises MappingError for broken form."""
        source, path = self.workspace.source(slug), self.workspace.mapping_path(slug)
        shown = self.workspace.shown(path)
        mapping = read(source, shown)
        draft = mapping.status == "draft"
        if draft and not self.drafts:
            return Lifted(slug, draft=True)
        findings = check(mapping, source, shown, self.known, self.workspace.content(slug))
        if findings:
            return Lifted(slug, findings=tuple(findings))
        quads = lift_article(slug, mapping, recorded(mapping), self.context)
        report = validate(quads, fast=self.fast)
        pointed = point(report, self.workspace.names, {slug: (shown, source)})
        part = self.folder / f"{slug}.nq"
        part.write_bytes(nquads(quads))
        digest, claims = mapping.article.digest or "", len(mapping.claims)
        return Lifted(slug, part, digest, claims, tuple(pointed), report.results, draft)


def make_lifter(
    workspace: Workspace, folder: Path, *, fast: bool = True, drafts: bool = False
) -> Lifter:
    """The lifter of a workspace. Raises AuthorityError if its authorities have findings."""
    names, places = workspace.names, frozenset(workspace.authorities.places)
    context = Context(names, load_vocabulary(), places)
    return Lifter(workspace, workspace.known(), context, folder, fast, drafts)


def lift_all(lifter: Lifter, jobs: int) -> Iterator[Lifted]:
    """Every article of the workspace in order. Memory does not grow with their number."""
    slugs = lifter.workspace.slugs
    if jobs == 1 or len(slugs) <= FEW:
        yield from map(lifter.lift, slugs)
        return
    processes = multiprocessing.get_context("spawn")
    root, home = lifter.workspace.root, lifter.workspace.home
    start = partial(_start, root, home, lifter.folder, fast=lifter.fast)
    with ProcessPoolExecutor(jobs, processes, start) as pool:
        yield from pool.map(_lift, slugs, chunksize=8)


_lifter: Lifter | None = None
"""The lifter of this worker process."""


def _start(root: Path, home: Path, folder: Path, *, fast: bool) -> None:
    from dataclasses import replace

    from kg.workspace import open_workspace

    global _lifter  # noqa: PLW0603 - set once, when the process starts
    _lifter = make_lifter(replace(open_workspace(root), home=home), folder, fast=fast)


def _lift(slug: str) -> Lifted:
    if _lifter is None:
        raise RuntimeError("the worker was not started")
    return _lifter.lift(slug)
