"""Who computes for a table: turns, and what one client may have in a minute."""

from __future__ import annotations

import json
import time
from threading import Event, Thread

import pytest

from kg.limits import Limits
from server import create_app
from server.reconcile import turns
from server.reconcile.turns import Turns
from server.workers.errors import Busy, Spent
from server.workers.pool import Pool


def never() -> bool:
    return False


def compute(seconds: float) -> None:
    begin = time.thread_time()
    while time.thread_time() - begin < seconds:
        pass


def test_a_client_that_has_had_its_seconds_is_told_when_to_ask_again():
    given = Turns(Limits(reconcile_seconds=0.05))
    with given.turn("a", never):
        compute(0.06)
    with pytest.raises(Spent) as caught, given.turn("a", never):
        pass
    assert 55 <= caught.value.retry_after <= 60
    with given.turn("b", never):
        pass


def test_time_in_which_nothing_is_computed_costs_nothing():
    given = Turns(Limits(reconcile_seconds=0.05))
    with given.turn("a", never):
        time.sleep(0.1)
    with given.turn("a", never):
        pass


def test_one_computes_at_a_time_and_few_wait(monkeypatch):
    monkeypatch.setattr(turns, "QUEUE", 0)
    given, begun, end = Turns(Limits()), Event(), Event()

    def hold() -> None:
        with given.turn("a", never):
            begun.set()
            end.wait(10)

    thread = Thread(target=hold)
    thread.start()
    begun.wait(10)
    with pytest.raises(Busy), given.turn("b", never):
        pass
    end.set()
    thread.join()
    with given.turn("b", never):
        pass


def test_a_client_s_budget_ends_its_batches_and_nothing_else(release):
    app = create_app(release, pool=Pool(Limits(reconcile_seconds=0.001)))
    client = app.test_client()
    batch = json.dumps({f"q{n}": {"query": f"Aven {n}"} for n in range(100)})
    codes = [client.post("/reconcile", data={"queries": batch}).status_code for _ in range(3)]
    assert codes[0] == 200 and codes[-1] == 429
    refused = client.post("/reconcile", data={"queries": batch})
    assert int(refused.headers["Retry-After"]) <= 60
    assert "took their 1 second" in refused.json["detail"]
    fetch = json.dumps({"ids": ["place/aven"], "properties": [{"id": "type"}]})
    assert client.post("/reconcile", data={"extend": fetch}).status_code == 429
    assert client.get("/reconcile").status_code == 200, "what it offers is told"
    assert client.get("/reconcile/suggest/entity?prefix=av").status_code == 200
    other = client.post(
        "/reconcile", data={"queries": batch}, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert other.status_code == 200
