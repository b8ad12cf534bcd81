"""/metrics, for Prometheus: what was asked since the server began, and what it does now.

https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cache
from typing import Final

from flask import Blueprint, Flask, Response, current_app, g
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from kg.errors import ReleaseError
from kg.release.read import Release
from server.operations import log
from server.operations.seen import Seen, outcome_of
from server.site import Site

blueprint = Blueprint("metrics", __name__)

KEY: Final = "whoholds.metrics"
MEDIA: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counts of the queries of one application."""

    def __init__(self, here: Site) -> None:
        self.registry = CollectorRegistry()
        self._queries = Counter(
            "whoholds_queries",
            "Queries, by what became of them and by their form.",
            ("outcome", "form"),
            registry=self.registry,
        )
        self._counter = cache(self._queries.labels)
        self._seconds = Histogram(
            "whoholds_query_seconds",
            "Seconds from a query's arrival to its answer.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._rows = Counter("whoholds_rows", "Rows of results.", registry=self.registry)
        self._bytes = Counter("whoholds_bytes", "Bytes of results.", registry=self.registry)
        self.registry.register(_Now(here))

    def answered(self, seen: Seen, release: Release | None, status: int) -> None:
        """Counts a query that is answered, from a release if there is one, and logs it."""
        seconds = time.monotonic() - seen.begin
        self._counter(outcome_of(status), seen.form or "none").inc()
        self._seconds.observe(seconds)
        self._rows.inc(seen.rows)
        self._bytes.inc(seen.size)
        digest, name = (release.digest, release.folder.name) if release else ("", "")
        log.tell(log.Line(seen, digest, name, status, seconds))


class _Now(Collector):
    """What the server does at the moment it is asked."""

    def __init__(self, here: Site) -> None:
        self._here = here

    def collect(self) -> Iterator[Metric]:
        """Gauges and counts that are kept elsewhere."""
        now = self._here.pool.counts()
        yield _gauge("queries_waiting", "Queries that wait for a process.", now.waiting)
        yield _gauge("queries_running", "Queries that run in a process.", now.running)
        yield _gauge("queries_long", "Queries that run and are long ones.", now.long)
        yield _gauge("spooled_bytes", "Bytes of results that are being sent.", now.spooled)
        yield _count("workers_replaced", "Processes that were ended and replaced.", now.ended)
        results = self._here.results
        yield _count("cache_hits", "Results that were there.", results.tally.hits)
        yield _count("cache_misses", "Results that were not.", results.tally.misses)
        yield _gauge("cache_bytes", "Bytes of the results that are kept.", results.bytes)
        yield from self._release()

    def _release(self) -> Iterator[Metric]:
        try:
            release = self._here.release_of()
        except ReleaseError:
            return
        says = GaugeMetricFamily(
            "whoholds_release_info", "The release that is served.", labels=("digest", "version")
        )
        says.add_metric((release.digest, release.version or ""), 1)
        yield says


def register(app: Flask, here: Site) -> None:
    """Counts and logs each query of an application, and says so at /metrics."""
    app.extensions[KEY] = Metrics(here)
    app.register_blueprint(blueprint)
    app.after_request(_answered)


@blueprint.get("/metrics")
def metrics() -> Response:
    """All counts, as text."""
    found: Metrics = current_app.extensions[KEY]
    response = Response(generate_latest(found.registry), content_type=MEDIA)
    response.headers["Cache-Control"] = "no-store"
    return response


def _answered(response: Response) -> Response:
    """The same response; if it answers a query, that is counted and logged."""
    if "seen" in g:
        if response.status_code != 200:
            g.seen.rows = g.seen.size = 0  # of a result that the client has, nothing is sent
        counted: Metrics = current_app.extensions[KEY]
        counted.answered(g.seen, g.get("release"), response.status_code)
    return response


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"whoholds_{name}", says, value)


def _count(name: str, says: str, value: float) -> Metric:
    return CounterMetricFamily(f"whoholds_{name}", says, value)
