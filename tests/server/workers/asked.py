"""Queries that are quick, slow, huge and deadly over any release, and a way to run them."""

from __future__ import annotations

from kg.names import Names
from kg.release.read import Release
from kg.sparql.prepare import prepare
from server.workers.job import Job

QUICK = "ASK { ?s ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LONG_RESULT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DEADLY = "SELECT ?a ?f ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f"


def job(release: Release, query: str, form: str = "json", *, mark: int = 0) -> Job:
    """A job; with another mark, another query that does the same."""
    marked = query.replace("}", f"FILTER({mark} = {mark}) }}", 1) if mark else query
    return Job(release.folder, prepare(marked, Names(release.names.base)), form)


def waits() -> bool:
    """The client still waits."""
    return False
