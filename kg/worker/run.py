"""One worker: it answers jobs that come through its link, one after the other."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.cite.digest import digest_of
from kg.cite.result import format_of, left_open
from kg.errors import CitationError, OtherResult, QueryRefused, ReleaseError, ServiceError
from kg.limits import Limits
from kg.release.read import Release, open_release
from kg.sparql.leeway import leeways
from kg.sparql.prepare import Prepared
from kg.sparql.results import Result, read_result, write_result_to
from kg.sparql.run import execute
from kg.sparql.services.ask import ask_services
from kg.worker import bounds
from kg.worker.frames import receive, send
from kg.worker.job import DIGEST, LEEWAY, Answer, Job, Start
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
            rows = self._write(replace(job, query=query), release, spool)
            body, file = spool.end()
        except _TOLD as error:
            return Answer(type(error)(*map(str, error.args[:1])), grown=self._grown()), None
        taken = time.monotonic() - begin
        return Answer(None, body, spool.size, rows, taken, self._grown()), file

    def spool(self) -> Spool:
        """Where the next result is written."""
        return Spool(self._limits.result_bytes)

    def _write(self, job: Job, release: Release, spool: Spool) -> int:
        """Writes a result, or what is to be known of it; how many rows the result has."""
        if job.form == LEEWAY:
            return self._write_open(job.query, release, spool)
        if job.form == DIGEST:
            digest, rows = self._digest(job.query, release)
            spool.write(digest.encode())
            return rows
        if job.cited:
            return self._write_cited(job, release, spool)
        found = execute(release.store, job.query, release.names, release.columns)
        return write_result_to(found, job.form, release.names, spool)

    def _write_cited(self, job: Job, release: Release, spool: Spool) -> int:
        """Writes the very result whose digest was taken. Raises OtherResult."""
        with self._whole(job.query, release) as (whole, rows):
            found = digest_of(whole.begin(), graph=job.query.graph)
            if found != job.cited:
                raise OtherResult(found)
            result = read_result(whole.begin(), format_of(job.query))
            write_result_to(result, job.form, release.names, spool)
        return rows

    def _write_open(self, query: Prepared, release: Release, spool: Spool) -> int:
        def ask(text: str) -> str:
            return self._digest(replace(query, text=text, tokens=()), release)[0]

        found = left_open(leeways(query.text), ask)
        spool.write(json.dumps(found).encode())
        return len(found)

    def _digest(self, query: Prepared, release: Release) -> tuple[str, int]:
        """The digest of a result, and how many rows it has."""
        with self._whole(query, release) as (whole, rows):
            return digest_of(whole.begin(), graph=query.graph), rows

    @contextmanager
    def _whole(self, query: Prepared, release: Release) -> Iterator[tuple[Spool, int]]:
        """A result as its digest is taken from it, and how many rows it has."""
        found = execute(release.store, query, release.names, release.columns)
        whole = self.spool()
        try:
            yield whole, write_result_to(found, format_of(query), release.names, whole)
        finally:
            whole.close()

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
