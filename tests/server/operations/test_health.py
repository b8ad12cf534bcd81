"""Whether it lives, and whether it can answer: told apart, and never by a query's leave."""

from __future__ import annotations

import pytest
from werkzeug.exceptions import HTTPException

from kg.limits import Limits
from server import create_app
from server.operations.health import Readiness
from server.site import KEY, follow
from server.workers.pool import Pool
from serving import until


@pytest.fixture
def pool():
    made = Pool(Limits(workers=1, queue=0, budget_seconds=1))
    yield made
    made.close()


def test_a_server_with_a_release_is_well_and_ready(release, pool):
    client = create_app(release, pool=pool).test_client()
    pool.start(release.folder)
    well = client.get("/healthz")
    assert (well.status_code, well.text) == (200, "ok\n")
    until(lambda: client.get("/readyz").status_code == 200)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.text) == (200, "ready\n")
    assert well.headers["Cache-Control"] == ready.headers["Cache-Control"] == "no-store"


def test_without_a_release_it_lives_and_says_what_is_missing(tmp_path, pool):
    client = create_app(follow(tmp_path), pool=pool).test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503 and "whoholds build" in answer.json["detail"]


def test_a_pool_that_is_full_or_a_budget_that_is_spent_hinders_nobody_to_look(release, pool):
    client = create_app(release, pool=pool).test_client()
    pool.start(release.folder)
    pool._budget.charge("127.0.0.1", 1000)
    with pool._places.place("127.0.0.1", lambda: False, long=False):
        assert client.get("/sparql?query=ASK{}").status_code == 429
        assert client.get("/healthz").status_code == 200
        metrics = client.get("/metrics")
        assert metrics.status_code == 200
        assert 'outcome="spent"} 1.0' in metrics.text
        until(lambda: client.get("/readyz").status_code == 200)


def test_a_server_that_stops_is_not_ready(release, pool):
    client = create_app(release, pool=pool).test_client()
    pool.stop()
    answer = client.get("/readyz")
    assert answer.status_code == 503 and answer.json["detail"] == "The server is being stopped."
    assert answer.headers["Retry-After"] == "1"
    assert client.get("/healthz").status_code == 200


def test_processes_that_are_gone_are_told(release):
    pool = Pool(Limits(workers=1))
    app = create_app(release, pool=pool)
    pool.close()
    pool.stopping = False
    found = Readiness().look(app.extensions[KEY])
    assert found == "No process has answered ASK {} within 1 second."


def test_who_looks_while_another_does_is_told_what_was_before(release, pool):
    app = create_app(release, pool=pool)
    found = Readiness("not yet")
    with found.lock:
        assert found.look(app.extensions[KEY]) == "not yet"


def test_a_pool_that_stops_refuses_with_a_time(release, pool):
    from kg.sparql.prepare import prepare
    from server.workers.job import Job

    pool.stop()
    with pytest.raises(HTTPException) as caught:
        pool.run(Job(release.folder, prepare("ASK {}", release.names), "json"), "", lambda: False)
    assert caught.value.code == 503
