"""Endpoints with a fault each: the probes meant for it find it, and no other does."""

from __future__ import annotations

import pytest

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


def test_who_says_yes_to_everything_passes_only_where_yes_is_right(app):
    with served.served(served.always_yes(app)) as url:
        checked = check(url, Wanted(seconds=20))
    found = failed(checked)
    assert {"query-by-form", "syntax-error-by-get", "two-queries", "not-utf-8"} <= found
    assert {"update-by-form-is-refused", "all-rows", "count-equals-rows"} <= found
    well = {"query-by-get", "query-by-body", "alive-afterwards"}
    assert [c.found for c in checked if c.probe.name in well & found] == []
