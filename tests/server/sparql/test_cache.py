"""Results that are kept: each is run once, none is kept that failed, and the room is bounded."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread

import pytest

from kg.limits import Limits
from server.sparql.cache import Cache, Key
from server.workers.errors import Busy, Gone
from server.workers.job import Done
from server.workers.steps import ASIDE, Steps, finish
from serving import until


def done(body: bytes) -> Done:
    return Done(io.BytesIO(body), len(body), 1, 0.5)


def here() -> bool:
    return False


def result(
    cache: Cache, key: Key, run: Callable[[], Done], gone: Callable[[], bool] = here
) -> Done:
    def steps() -> Steps[Done]:
        yield ASIDE
        return run()

    return finish(cache.result(key, steps, gone))


def ask(cache: Cache, name: str, body: bytes = b"x") -> bytes:
    return result(cache, ("release", name, "json"), lambda: done(body)).body.read()


def test_what_was_run_is_not_run_again():
    cache = Cache()
    assert [ask(cache, "a", body) for body in (b"first", b"second")] == [b"first", b"first"]
    assert ask(cache, "b", b"second") == b"second"
    assert (cache.tally.hits, cache.tally.misses, cache.bytes) == (1, 2, 11)


def test_the_least_recently_used_makes_room():
    cache = Cache(room=80)
    for name in "abcdefgh":
        ask(cache, name, name.encode() * 10)
    ask(cache, "a")
    ask(cache, "i", b"i" * 10)
    assert ask(cache, "a") == b"a" * 10
    assert ask(cache, "b", b"anew") == b"anew"
    assert cache.bytes <= 80


def test_what_is_too_large_is_passed_on_and_not_kept():
    cache = Cache(room=80)
    assert ask(cache, "a", b"x" * 11) == b"x" * 11
    assert cache.bytes == 0


def test_what_fails_is_not_kept():
    cache = Cache()

    def fail() -> Done:
        raise SyntaxError("no SPARQL")

    for _ in range(2):
        with pytest.raises(SyntaxError):
            result(cache, ("release", "a", "json"), fail)
    assert ask(cache, "a", b"right") == b"right"


def test_equal_queries_at_once_are_run_once():
    cache, begun, runs, found = Cache(), Barrier(8), [], []

    def run() -> Done:
        runs.append(1)
        return done(b"x")

    def one() -> None:
        begun.wait()
        found.append(result(cache, ("release", "a", "json"), run).body.read())

    threads = [Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert (found, len(runs)) == ([b"x"] * 8, 1)


def test_who_waits_for_another_and_leaves_is_let_go():
    cache, key = Cache(), ("release", "a", "json")

    def run() -> Done:
        with pytest.raises(Gone):
            result(cache, key, lambda: done(b"never"), lambda: True)
        return done(b"mine")

    assert result(cache, key, run).body.read() == b"mine"


def test_who_waits_for_anothers_run_waits_as_long_as_one_may_run_and_few_do():
    cache, key = Cache(limits=Limits(queue=1, seconds=0.3)), ("release", "a", "json")
    begun, free = Event(), Event()

    def slow() -> Done:
        begun.set()
        free.wait(20)
        return done(b"a")

    with ThreadPoolExecutor(2) as others:
        first = others.submit(result, cache, key, slow)
        begun.wait(20)
        second = others.submit(result, cache, key, slow)
        until(lambda: cache._waiting == 1)
        with pytest.raises(Busy):
            result(cache, key, slow)
        assert isinstance(second.exception(), Busy)
        free.set()
        assert first.result().size == 1 and cache._waiting == 0
