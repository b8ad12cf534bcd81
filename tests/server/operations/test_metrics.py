"""/metrics: what was asked is counted, by what came of it."""

from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from server import create_app
from server.operations.seen import outcome_of
from server.workers import errors


@pytest.fixture
def client(release):
    app = create_app(release)
    yield app.test_client()
    app.extensions["whoholds"].pool.close()


def values(client) -> dict[str, float]:
    """Each sample's value; its labels in order."""
    found = {}
    for family in text_string_to_metric_families(client.get("/metrics").text):
        for sample in family.samples:
            labels = ",".join(f"{k}={v}" for k, v in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def test_it_is_text_that_nobody_keeps(client):
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"


def test_queries_are_counted_by_outcome_and_form(client):
    answer = client.get("/sparql.csv?query=SELECT * { ?s a wh:Article }", buffered=True)
    assert answer.status_code == 200
    client.get("/sparql?query=CONSTRUCT { ?s ?p ?o } { ?s a wh:None ; ?p ?o }", buffered=True)
    client.get("/sparql?query=nonsense")
    client.get("/sparql?query=SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    found = values(client)
    assert found["whoholds_queries_total{form=SELECT,outcome=answered}"] == 1
    assert found["whoholds_queries_total{form=CONSTRUCT,outcome=answered}"] == 1
    assert found["whoholds_queries_total{form=none,outcome=refused}"] == 2
    assert found["whoholds_rows_total"] == 3
    assert found["whoholds_bytes_total"] >= len(answer.data)
    assert found["whoholds_query_seconds_count"] == 4


def test_what_a_client_has_already_is_no_row_that_was_sent(client):
    address = "/sparql.csv?query=SELECT * { ?s a wh:Article }"
    first = client.get(address, buffered=True)
    before = values(client)
    for name, status in (("If-None-Match", 304), ("If-Match", 412)):
        tag = first.headers["ETag"] if status == 304 else '"another"'
        assert client.get(address, headers={name: tag}).status_code == status
    after = values(client)
    for name in ("rows", "bytes"):
        assert after[f"whoholds_{name}_total"] == before[f"whoholds_{name}_total"] > 0
    assert after["whoholds_query_seconds_count"] == before["whoholds_query_seconds_count"] + 2


def test_pages_and_the_form_are_no_queries(client):
    for path in ("/", "/sparql", "/healthz", "/metrics"):
        client.get(path, headers={"Accept": "text/html"})
    assert values(client)["whoholds_query_seconds_count"] == 0


def test_it_names_the_release_and_what_the_pool_does(client, release):
    found = values(client)
    digest, version = release.digest, release.version or ""
    assert found[f"whoholds_release_info{{digest={digest},version={version}}}"] == 1
    for name in ("queries_waiting", "queries_running", "queries_long", "workers_replaced_total"):
        assert found[f"whoholds_{name}"] == 0


def test_every_error_of_the_workers_has_a_name_of_its_own():
    codes = {e.code for e in vars(errors).values() if hasattr(e, "code")} - {None}
    assert codes
    assert {outcome_of(code) for code in codes} == {
        "busy", "failed", "gone", "large", "slow", "spent",
    }  # fmt: skip


def test_results_that_were_there_are_counted_and_seen(client):
    for _ in range(3):
        client.get("/sparql.json?query=ASK { ?s a wh:Claim }")
    found = values(client)
    assert (found["whoholds_cache_hits_total"], found["whoholds_cache_misses_total"]) == (2, 1)
    assert found["whoholds_cache_bytes"] > 0
    assert found["whoholds_queries_total{form=ASK,outcome=answered}"] == 3
