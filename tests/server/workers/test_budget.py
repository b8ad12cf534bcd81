"""What clients have spent, and who goes first."""

from __future__ import annotations

from threading import Thread

import pytest

from kg.limits import Limits
from server.workers import budget
from server.workers.budget import Budget
from server.workers.errors import Busy, Spent
from server.workers.places import Places
from tests.server.workers.asked import waits


def test_time_is_forgotten_after_a_minute():
    now = [100.0]
    spent = Budget(Limits(budget_seconds=10), lambda: now[0])
    for second in range(3):
        now[0] = 100 + 10 * second
        spent.charge("a", 5)
    assert spent.used("a") == 15 and spent.used("b") == 0
    spent.admit("b")
    with pytest.raises(Spent) as caught:
        spent.admit("a")
    assert caught.value.retry_after == 50  # at 170 the second five seconds are forgotten
    now[0] += 50
    spent.admit("a")
    assert spent.used("a") == 5


def test_not_more_clients_are_remembered_than_may(monkeypatch):
    monkeypatch.setattr(budget, "CLIENTS", 3)
    spent = Budget(Limits(), lambda: 0.0)
    for client in "abcd":
        spent.charge(client, 1)
    assert [spent.used(client) for client in "abcd"] == [0, 1, 1, 1]


def test_who_has_used_least_goes_first():
    used = {"greedy": 9.0, "modest": 1.0}
    places, order = Places(Limits(workers=1), spent), list[str]()

    def run(client):
        with places.place(client, waits, long=False):
            order.append(client)

    threads = [Thread(target=run, args=(client,)) for client in ("greedy", "modest", "greedy")]
    with places.place("first", waits, long=False):
        for count, thread in enumerate(threads, 1):
            thread.start()
            while places.counts()[2] < count:
                pass
    for thread in threads:
        thread.join()
    assert order == ["modest", "greedy", "greedy"] and places.counts() == (0, 0, 0)


def test_nobody_waits_where_no_queue_is():
    places = Places(Limits(workers=1, queue=0), lambda _: 0.0)
    with places.place("a", waits, long=False):
        with pytest.raises(Busy), places.place("b", waits, long=False):
            pass
        assert places.counts() == (1, 0, 0)
