"""One worker: it answers jobs that come through its link, one after the other."""

from __future__ import annotations

import os
import socket
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.cite.digest import digest_of
from kg.cite.result import format_of
from kg.errors import CitationError, QueryRefused, ReleaseError, ServiceError
from kg.limits import Limits
from kg.names import Names
from kg.release.read import Release, open_release
from kg.sparql.results import Result, write_result_to
from kg.sparql.run import Prepared, execute
from kg.sparql.services.ask import ask_services
from kg.worker import bounds
from kg.worker.frames import receive, send
from kg.worker.job import DIGEST, Answer, Job, Start
from kg.worker.spool import Spool, TooLarge, Unwritten

OPEN: Final = 3
"""Releases that are kept open: one that is new, the one before, and one that is cited."""
_TOLD: Final = (
    *(CitationError, QueryRefused, ReleaseError, ServiceError),
    *(SyntaxError, MemoryError, TooLarge, Unwritten),
)
"""What is said to whoever asked."""


class Worker:
    """The releases that are open, and the limits of each query."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: dict[Path, Release] = {}
        self._idle = bounds.allow_memory(limits.memory_bytes)

    def release(self, folder: Path) -> Release:
        """The release of a folder, kept open. Raises ReleaseError."""
        found = self._open.pop(folder, None)
        if found is None:
            bounds.allow_any_memory()  # what an open store has is no query's
            found = open_release(folder.parent, folder.name)
            _ = found.columns  # opened now, while memory is allowed
            for old in list(self._open)[: 1 - OPEN]:
                del self._open[old]
            self._idle = bounds.allow_memory(self._limits.memory_bytes)
        self._open[folder] = found
        return found

    def answer(self, job: Job, spool: Spool) -> tuple[Answer, int | None]:
        """What becomes of a job, and the file that holds its result."""
        begin = time.monotonic()
        bounds.allow_seconds(self._limits.cpu_seconds)
        try:
            release = self.release(job.folder)
            query = self._filled(job.query, release)
            found = execute(release.store, query, release.names, release.columns)
            rows = self._write(found, job, release.names, spool)
            body, file = spool.end()
        except _TOLD as error:
            return Answer(type(error)(*map(str, error.args[:1])), grown=self._grown()), None
        taken = time.monotonic() - begin
        return Answer(None, body, spool.size, rows, taken, self._grown()), file

    def spool(self) -> Spool:
        """Where the next result is written."""
        return Spool(self._limits.result_bytes)

    def _write(self, found: Result, job: Job, names: Names, spool: Spool) -> int:
        """Writes a result, or its digest in its place; how many rows it has."""
        if job.form != DIGEST:
            return write_result_to(found, job.form, names, spool)
        whole = self.spool()
        rows = write_result_to(found, format_of(job.query), names, whole)
        spool.write(digest_of(whole.begin(), graph=job.query.graph).encode())
        whole.close()
        return rows

    def _filled(self, query: Prepared, release: Release) -> Prepared:
        """The query with what other endpoints answer; its time is theirs, and they end with it."""
        if not query.calls:
            return query

        def solve(text: str) -> Result:
            known = Prepared("SELECT", text, query.dataset)
            return execute(release.store, known, release.names)

        base = release.names.base
        text = ask_services(query.text, query.calls, base, self._limits.seconds, solve)
        return replace(query, text=text, calls=(), tokens=())

    def _grown(self) -> int:
        return bounds.memory() - self._idle


def work(link: socket.socket) -> None:
    """Answers until the server closes the link; what it says comes into the file sent with Start.

    What is not foreseen ends it, with a traceback there.
    """
    begin = receive(link)
    if begin is None or begin.file is None:
        return
    os.dup2(begin.file, 2)
    os.close(begin.file)
    start: Start = begin.message
    worker = Worker(start.limits)
    if start.folder is not None:
        _open_early(worker, start.folder)
    send(link, Answer(computed=time.process_time()))
    while (frame := receive(link)) is not None:
        spool = worker.spool()
        answer, file = worker.answer(frame.message, spool)
        send(link, replace(answer, computed=time.process_time()), file)
        spool.close()


def _open_early(worker: Worker, folder: Path) -> None:
    try:
        worker.release(folder)
    except ReleaseError:
        return  # whoever asks for it is told
