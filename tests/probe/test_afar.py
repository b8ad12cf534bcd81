"""Probes of a machine that is not this one: what is not seen from here is not called well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.probe.address import find_endpoint
from kg.probe.facts import Facts
from kg.probe.found import Found, Outcome
from kg.probe.listener import GIVEN, listening
from kg.probe.stated import Ground, stated_probes
from kg.probe.wire import Client
from tests.probe.served import JSON, YES, asked, fetches_graphs, served

STRANGER = ("192.0.2.7",)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    file = tmp_path / "probe.ttl"
    file.write_text(GIVEN, "utf-8")
    with listening() as listener:
        yield Ground(Facts(None), listener, file.as_uri())


@pytest.fixture
def look(ground: Ground) -> Callable[[Callable, str], Found]:
    """What a probe finds of an application, as if it were served by another machine."""

    def find(app: Callable, name: str) -> Found:
        probe = next(one for one in stated_probes(ground) if one.name == name)
        with served(app) as url:
            there = replace(find_endpoint(url), addresses=STRANGER)
            assert not there.loopback
            return probe.run(Client(there))

    return find


def takes_load(app: Callable) -> Callable:
    """It says that it did what LOAD asks."""

    def answer(environ, start):
        if "LOAD" in dict(asked(environ)).get("update", ""):
            start("204 No Content", [])
            return [b""]
        return app(environ, start)

    return answer


def has_it_all(app: Callable) -> Callable:
    """It says yes to every ASK, and refuses as it should."""

    def answer(environ, start):
        if "ASK" in dict(asked(environ)).get("query", ""):
            start("200 OK", [JSON])
            return [YES]
        return app(environ, start)

    return answer


@pytest.mark.parametrize(
    "name", ["load-reads-no-file", "load-is-not-run", "from-is-not-fetched", "from-reads-no-file"]
)
def test_what_refuses_to_read_and_has_read_nothing_is_well(app, look, name):
    assert look(app, name).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("around", "name"),
    [(takes_load, "load-reads-no-file"), (lambda app: app, "graph-is-not-fetched")],
)
def test_what_does_not_refuse_may_have_read_it_unseen(app, look, around, name):
    found = look(around(app), name)
    assert found.outcome is Outcome.CANNOT_TELL
    assert "not refused, and what that machine read is not seen from here" in found.found


def test_what_refused_and_has_it_all_the_same_is_faulty(app, look):
    found = look(has_it_all(app), "load-reads-no-file")
    assert (found.outcome, found.found) == (Outcome.FAILED, "the answer yes")
    assert "ASK" in found.request.query


def test_what_was_seen_to_be_asked_for_is_faulty(app, look):
    found = look(fetches_graphs(app), "graph-is-not-fetched")
    assert found.outcome is Outcome.FAILED and "it asked for http://127." in found.found
