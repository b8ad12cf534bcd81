"""Endpoints with a fault each: the probes meant for it find it, and no other does."""

from __future__ import annotations

import time

import pytest

from kg.cli.check_endpoint import GROUPS
from kg.probe import wire
from kg.probe.address import find_endpoint
from kg.probe.check import Wanted, check
from kg.probe.found import Checked, Outcome
from tests.probe import served
from tests.probe.served import limited

FAULTS = {
    "ignores_graphs": {
        "default-graph-excludes",
        "default-graph-names-none",
        "named-graph-excludes",
        "named-graph-leaves-default-empty",
        "request-wins-over-from",
    },
    "breaks_off": {"count-too-long", "table-too-long"},
    "answers_in_part": {"count-too-long", "table-too-long"},
    "calls_services": {
        "service-is-not-called",
        "service-silent-is-not-called",
        "service-in-other-spelling-is-not-called",
    },
    "fetches_graphs": {
        "from-is-not-fetched",
        "from-named-is-not-fetched",
        "default-graph-is-not-fetched",
        "named-graph-is-not-fetched",
        "graph-is-not-fetched",
        "from-reads-no-file",
    },
    "obeys_updates": {
        "update-by-form-is-refused",
        "update-by-body-is-refused",
        "update-by-get-is-refused",
    },
    "drops_rows": {"all-rows"},
    "refuses_by_500": set(),
    "shows_people": {"no-accept"},
}


@pytest.fixture(scope="module")
def known(app) -> set[str]:
    """What is found of the application as it is, with a limit on what is too much."""
    with served.served(limited(app)) as url:
        return failed(check(url, Wanted(seconds=20)))


def failed(checked: list[Checked]) -> set[str]:
    return {one.probe.name for one in checked if one.found.outcome is Outcome.FAILED}


def test_our_own_endpoint_is_found_to_be_as_it_should(known):
    assert known == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_by_the_probes_meant_for_it(app, known, fault):
    faulty = getattr(served, fault)
    around = faulty(app) if fault in ("breaks_off", "answers_in_part") else limited(faulty(app))
    with served.served(around) as url:
        assert failed(check(url, Wanted(seconds=20))) - known == FAULTS[fault]


def test_what_is_never_answered_decides_nothing_and_is_waited_for_once(app, monkeypatch):
    monkeypatch.setattr(wire, "AGAIN", 0.2)
    without = frozenset(GROUPS) - {"protocol"}
    with served.served(served.never_answers_bodies(app)) as url:
        checked = check(url, Wanted(seconds=3, without=without))
    silent = {c.probe.name: c.found.found for c in checked if c.found.outcome == "cantTell"}
    assert silent.pop("query-by-body") == "no reply within 3 s"
    assert silent == dict.fromkeys(
        ("query-by-body-charset", "syntax-error-by-body", "not-utf-8"), "no reply within 0.2 s"
    )
    assert failed(checked) == set()


def test_a_kind_of_request_that_is_answered_again_has_its_time_again(monkeypatch):
    monkeypatch.setattr(wire, "AGAIN", 1)
    slow = iter([1.5, 0, 0.5])

    def tires(_, start):
        time.sleep(next(slow))
        start("204 No Content", [])
        return [b""]

    with served.served(tires) as url:
        client = wire.Client(find_endpoint(url), 1.2)
        with pytest.raises(wire.NoReplyError, match=r"within 1\.2 s"):
            client.send(wire.Request("PATCH"))
        monkeypatch.setattr(wire, "AGAIN", 0.3)
        assert client.send(wire.Request("PATCH")).status == 204
        assert client.send(wire.Request("PATCH")).status == 204


def test_who_says_yes_to_everything_passes_only_where_yes_is_right(app):
    with served.served(served.always_yes(app)) as url:
        checked = check(url, Wanted(seconds=20))
    found = failed(checked)
    assert {"query-by-form", "syntax-error-by-get", "two-queries", "not-utf-8"} <= found
    assert {"update-by-form-is-refused", "all-rows", "count-equals-rows"} <= found
    well = {"query-by-get", "query-by-body", "alive-afterwards"}
    assert [c.found for c in checked if c.probe.name in well & found] == []
