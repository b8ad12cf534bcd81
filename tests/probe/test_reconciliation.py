"""Reconciliation services with a fault each: the probes meant for it find it, and no other does."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli import main
from kg.errors import InputError
from kg.probe.address import find_endpoint
from kg.probe.check import Wanted
from kg.probe.found import Checked, Outcome
from kg.probe.reconciliation import forms
from kg.probe.reconciliation.check import check_reconciliation
from kg.probe.report import text
from kg.probe.wire import Client, NoReplyError, Request
from tests.probe.reconciling import FAULTS
from tests.probe.served import peeked, served

WANTED = Wanted(seconds=20)
NAMES = (
    *("versions", "name", "suggest", "entity", "type", "property", "service_url", "service_path"),
    *("flyout_service_path", "preview", "url", "extend", "propose_properties", "defaultTypes"),
    *("result", "id", "score", "q0", "rows", "meta", "properties", "html"),
)


def failed(checked: list[Checked]) -> set[str]:
    return {one.probe.name for one in checked if one.found.outcome is Outcome.FAILED}


def checked(app, *queries: str, without: tuple[str, ...] = ()) -> list[Checked]:
    wanted = Wanted(seconds=20, without=frozenset(without))
    with served(app) as url:
        return check_reconciliation(url.replace("/sparql", "/reconcile"), wanted, queries)


def test_our_own_service_is_as_it_should_be(app):
    found = checked(app, "Aven bridge")
    assert failed(found) == set()
    passed = [one for one in found if one.found.outcome is Outcome.PASSED]
    # A server that answers before it has read 10 MB closes the connection on who sends them.
    assert {one.probe.name for one in found if one not in passed} <= {"large-body"}
    assert len(found) > 40


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_by_the_probes_meant_for_it(app, fault):
    make, meant = FAULTS[fault]
    without = () if fault == "breaks when strained" else ("strain",)
    assert failed(checked(make(app), "Aven bridge", without=without)) == meant


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("a{}/:$[", max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES), inner),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def strange():
    """The address of a service, and what it sends: a manifest, and an answer to all else."""
    sends = {"manifest": {}, "answer": {}}

    def answer(environ, start):
        asked = environ["REQUEST_METHOD"] == "GET" and not environ["QUERY_STRING"]
        peeked(environ)
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(sends["manifest" if asked else "answer"]).encode()]

    with served(answer) as url:
        yield url, sends


@settings(max_examples=20, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), JSON), JSON)
def test_whatever_a_service_sends_is_told(strange, manifest, answer):
    """No manifest, and no answer, breaks the kit or its report."""
    url, sends = strange
    sends.update(manifest={"name": "x"} | manifest, answer=answer)
    wanted = Wanted(seconds=5, without=frozenset({"strain"}))
    found = check_reconciliation(url, wanted, ("a",))
    assert failed(found) and text(found, find_endpoint(url))


def test_a_stranger_does_not_lead_to_this_machine():
    here = find_endpoint("http://127.0.0.1:9/")
    stranger = replace(here, host="data.example", addresses=("198.51.100.7",))
    with pytest.raises(NoReplyError, match="it is not asked"):
        Client(replace(stranger, addresses=("1.1.1.1",))).send(Request(at="http://127.0.0.1:9/x"))
    assert stranger.private and not replace(stranger, addresses=("1.1.1.1",)).private


def test_what_is_no_service_is_not_checked(app):
    with served(app) as url, pytest.raises(InputError, match="no manifest"):
        check_reconciliation(url, WANTED)
    with pytest.raises(InputError, match="cannot be reached"):
        check_reconciliation("http://127.0.0.1:9/reconcile", WANTED)


def test_the_command_prints_what_came_of_it(app, capsys, tmp_path):
    with served(app) as url:
        place = url.replace("/sparql", "/reconcile")
        earl = tmp_path / "earl.ttl"
        words = ["check-reconciliation", place, "--without", "strain", "--query", "Aven"]
        assert main([*words, "--earl", str(earl)]) == 0
        assert "extension" in capsys.readouterr().out and "earl:" in earl.read_text("utf-8")
        assert main([*words, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
    assert found["counts"]["failed"] == 0 and found["counts"]["not run"] == 4
    assert main(["check-reconciliation", "ftp://x"]) == 1


def test_what_failed_can_be_repeated(app, capsys):
    make, _ = FAULTS["errors in a 200"]
    with served(make(app)) as url:
        place = url.replace("/sparql", "/reconcile")
        assert main(["check-reconciliation", place, "--without", "strain"]) == 2
    said = capsys.readouterr().out
    assert "curl -sS -i -X POST" in said and "preview?id=whoholds-probe" in said


@pytest.mark.parametrize(
    ("form", "value", "wrong"),
    [
        (forms.RESULTS, {"q0": {}}, "the body.q0 has no result"),
        (forms.RESULTS, [], "no object"),
        (forms.RESULTS, {"q": {"result": [{"id": "x", "name": "X", "score": True}]}}, "no number"),
        (forms.TYPES, {"result": [{"id": "x", "name": "X", "broader": [{"id": "y"}]}]}, "no name"),
        (forms.EXTENDED, {"meta": [], "rows": {"x": {"y": [{"str": "a", "int": 1}]}}}, "one value"),
        (forms.EXTENDED, {"meta": [], "rows": {"x": {"y": [{"date": "2026"}]}}}, "expected"),
        (forms.FLYOUT, {"id": "", "html": ""}, "no text"),
    ],
)
def test_a_form_says_what_is_wrong(form, value, wrong):
    assert wrong in " ".join(form(value, "the body"))
