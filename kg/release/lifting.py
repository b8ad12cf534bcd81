"""Lifting and validating a workspace's articles, each on its own, in several processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Final

from kg.errors import AuthorityError, Finding, MappingError
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
SOME: Final = 8
"""How many articles a worker is given at a time."""
AHEAD: Final = 3
"""How many times that each worker may be ahead of what is loaded."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """One article's share of the graph, as N-Quads in a file of its own; or why it has none."""

    slug: str
    part: Path | None = None
    digest: str = ""
    claims: int = 0
    apart: int = 0
    """How many passages carry no statement, as the mapping records."""
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
        """Reads, checks, lifts and validates one article.

        A draft whose day of publication is not known yet is checked only: its claims have no time.
        """
        source, path = self.workspace.source(slug), self.workspace.mapping_path(slug)
        shown = self.workspace.shown(path)
        try:
            mapping = read(source, shown)
        except MappingError as error:
            return Lifted(slug, findings=error.findings)
        draft = mapping.status == "draft"
        if draft and not self.drafts:
            return Lifted(slug, draft=True)
        try:
            known, context = self._drafted(slug) if draft else (self.known, self.context)
        except AuthorityError as error:
            return Lifted(slug, findings=error.findings)
        findings = check(mapping, source, shown, known, self.workspace.content(slug))
        if findings:
            return Lifted(slug, findings=tuple(findings))
        if draft and mapping.article.published is None:
            return Lifted(slug, digest=mapping.article.digest or "", draft=True)
        quads = lift_article(slug, mapping, recorded(mapping), context)
        report = validate(quads, fast=self.fast)
        pointed = point(report, self.workspace.names, {slug: (shown, source)})
        part = self.folder / f"{slug}.nq"
        part.write_bytes(nquads(quads))
        digest, claims = mapping.article.digest or "", len(mapping.claims)
        apart = len(mapping.nothings)
        return Lifted(slug, part, digest, claims, apart, tuple(pointed), report.results, draft)

    def _drafted(self, slug: str) -> tuple[Known, Context]:
        """What a draft may refer to: the actors and places proposed beside it, too."""
        found = self.workspace.drafted(slug)
        known = replace(self.known, actors=found.actors, places=found.places)
        return known, replace(self.context, places=frozenset(found.places))


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
    if jobs <= 1 or len(slugs) <= FEW:
        yield from map(lifter.lift, slugs)
        return
    processes = multiprocessing.get_context("spawn")
    root, home = lifter.workspace.root, lifter.workspace.home
    start = partial(_start, root, home, lifter.folder, fast=lifter.fast)
    with ProcessPoolExecutor(jobs, processes, start) as pool:
        waiting: deque[Future[list[Lifted]]] = deque()
        for first in range(0, len(slugs), SOME):
            waiting.append(pool.submit(_lift_some, slugs[first : first + SOME]))
            if len(waiting) > AHEAD * jobs:
                yield from waiting.popleft().result()
        for rest in waiting:
            yield from rest.result()


_lifter: Lifter | None = None
"""The lifter of this worker process."""


def _start(root: Path, home: Path, folder: Path, *, fast: bool) -> None:
    from kg.workspace import open_workspace

    Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops its workers
    global _lifter  # noqa: PLW0603 - set once, when the process starts
    _lifter = make_lifter(replace(open_workspace(root), home=home), folder, fast=fast)


def _end_with_parent() -> None:
    """Ends this process when the one that started it is killed: it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _lift_some(slugs: tuple[str, ...]) -> list[Lifted]:
    if _lifter is None:
        raise RuntimeError("the worker was not started")
    return [_lifter.lift(slug) for slug in slugs]
