"""Queries that are answered here, without a process: those that take a moment for sure.

Their work is bounded before it begins: patterns, days compared and pieces of text over columns that
are read in place, some solutions on the way, short terms, nothing that is computed. To hand such a
query to a process and take its result back costs more than to answer it.
"""

from __future__ import annotations

import io
import time
from importlib import import_module
from threading import Thread
from typing import Final

from kg.release.read import Release
from kg.sparql.results import SOLUTION_FORMATS, write_result_to
from server.workers.job import Done, Job

LITTLE: Final = 3_000
"""Solutions on the way, at most: they take some milliseconds."""
TINY: Final = 400
"""The same where others wait."""


def open_for(release: Release) -> None:
    """Loads what it takes: until then processes answer."""
    if release.columns:
        import_module("kg.sparql.columns.answer")


def answered(release: Release, job: Job, *, alone: bool, largest: int) -> Done | None:
    """The complete result of so many bytes at most, or None where a process is to work it out.

    Where others wait, too, processes work out what takes longer than to hand it over: so all cores
    have something to do.
    """
    columns, query = release.columns_at_hand, job.query
    if columns is None or query.form != "SELECT" or query.dataset or query.calls:
        return None
    if job.form not in SOLUTION_FORMATS or job.cited:
        return None
    from kg.sparql.columns.answer import (  # without NumPy there are no columns
        answer_plain,
        learn_wanted,
    )

    begin, out = time.monotonic(), io.BytesIO()
    most = LITTLE if alone else TINY
    about = {"base_iri": release.names.base}
    found = answer_plain(columns, query.text, about, most, query.tokens, query.plan)
    if columns.wanted and not columns.turn.locked():  # else one learns, and the next ask again
        Thread(target=learn_wanted, args=(columns,), name="learn", daemon=True).start()
    if found is None:
        return None
    rows = write_result_to(found, job.form, release.names, out)
    size = out.tell()
    if size > largest:
        return None
    out.seek(0)
    return Done(out, size, rows, time.monotonic() - begin)
