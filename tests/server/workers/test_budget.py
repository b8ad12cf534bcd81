"""What clients have spent, and who goes first."""

from __future__ import annotations

from contextlib import ExitStack
from threading import Event, Thread

import pytest

from kg.limits import Limits
from server.workers import budget
from server.workers import places as module
from server.workers.budget import Budget
from server.workers.errors import Busy, Gone, Spent
from server.workers.places import TOGETHER, Places
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


def test_a_client_is_known_by_what_its_queries_take():
    spent = Budget(Limits(), lambda: 0.0)
    assert spent.typical("new") == budget.UNKNOWN
    for _ in range(9):
        spent.charge("quick", 0.01, queries=1)
    spent.charge("slow", 3, queries=1)
    assert spent.typical("quick") == pytest.approx(0.019) and spent.typical("slow") > 1


@pytest.fixture
def known() -> Budget:
    """Two clients: one asks what is slow, one has asked what is quick."""
    spent = Budget(Limits())
    spent.charge("slow", 3, queries=1)
    spent.charge("quick", 0.01, queries=1)
    return spent


@pytest.mark.parametrize(
    ("patience", "order"),
    [
        (60, ["quick 1", "quick 0", "new 0", "slow 1", "slow 0"]),
        (0, ["quick 0", "quick 1", "new 0", "slow 1", "slow 0"]),
    ],
)
def test_who_asks_what_is_quick_goes_first_and_its_last_query_unless_one_has_waited_long(
    known, monkeypatch, patience, order
):
    monkeypatch.setattr(module, "LONG", patience)
    places, found = Places(Limits(workers=1), known), list[str]()

    def run(client, number):
        with places.place(client, waits, long=False):
            found.append(f"{client} {number}")

    asked = [("slow", 0), ("quick", 0), ("quick", 1), ("slow", 1), ("new", 0)]
    threads = [Thread(target=run, args=each) for each in asked]
    with places.place("first", waits, long=False):
        for count, thread in enumerate(threads, 1):
            thread.start()
            while places.counts()[2] < count:
                pass
    for thread in threads:
        thread.join()
    assert found == order
    assert places.counts() == (0, 0, 0)


def test_quick_queries_run_as_many_at_once_as_there_are_cores_unless_more_wait_than_may(known):
    places = Places(Limits(workers=TOGETHER + 3, queue=2), known)
    with ExitStack() as held:
        asked = [held.enter_context(places.asked("quick", long=False)) for _ in range(TOGETHER + 2)]
        assert places.counts() == (TOGETHER, 0, 2)
        assert places.lengthen(asked[0])
        assert places.counts() == (TOGETHER + 1, 1, 1)
        for _ in range(2):
            held.enter_context(places.asked("quick", long=False))
        assert places.counts() == (TOGETHER + 2, 1, 2)
        for place in asked:
            if place.decided.is_set():
                places.linger(place)
        assert places.counts() == (TOGETHER + 3, 1, 1)


def test_one_place_is_for_clients_whose_queries_are_quick(known):
    places, gone = Places(Limits(workers=3), known), Event()
    with ExitStack() as held:
        for client, long in (("slow", True), ("new", False)):
            held.enter_context(places.place(client, waits, long=long))
        threads = [Thread(target=_give_up, args=(places, gone, long)) for long in (True, False)]
        for thread in threads:
            thread.start()
        while places.counts()[2] < 2:
            pass
        assert places.counts() == (2, 1, 2)
        with places.place("quick", waits, long=False):
            assert places.counts() == (3, 1, 2)
        gone.set()
        for thread in threads:
            thread.join()


def _give_up(places, gone, long):
    with pytest.raises(Gone), places.place("slow", gone.is_set, long=long):
        pass


def test_where_more_wait_than_may_the_longest_is_refused_not_who_comes(known):
    places, refused = Places(Limits(workers=1, queue=1), known), list[int]()

    def wait():
        with pytest.raises(Busy) as caught, places.place("slow", waits, long=True):
            pass
        refused.append(caught.value.retry_after)

    with places.place("first", waits, long=False):
        thread, gone = Thread(target=wait), Event()
        thread.start()
        while places.counts()[2] < 1:
            pass
        other = Thread(target=_give_up, args=(places, gone, False))
        other.start()
        thread.join()
        assert refused == [5] and places.counts() == (1, 0, 1)
        gone.set()
        other.join()


def test_nobody_waits_where_no_queue_is():
    places = Places(Limits(workers=1, queue=0), Budget(Limits()))
    with places.place("a", waits, long=False):
        with pytest.raises(Busy), places.place("b", waits, long=False):
            pass
        assert places.counts() == (1, 0, 0)
