"""What is sent to whom, and how it is told: strangers are spared, reports can be read."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace

import pytest
from rdflib import RDF, Graph

from kg.cli import main
from kg.cli.check_endpoint import GROUPS
from kg.errors import InputError
from kg.probe.address import find_endpoint
from kg.probe.check import Wanted, run
from kg.probe.curl import curl
from kg.probe.earl import EARL
from kg.probe.found import REASONS, Outcome, Probe
from kg.probe.manifest import USUAL
from kg.probe.wire import Client, Request
from tests.probe.served import always_yes, limited, served

HERE = find_endpoint("http://127.0.0.1:8000/sparql?key=1")
STRANGER = replace(HERE, host="data.example", addresses=("192.0.2.7",))
MIXED = replace(HERE, host="two.example", addresses=("127.0.0.1", "192.0.2.7"))


def refuse(_):
    raise AssertionError("it was sent")


@pytest.mark.parametrize("endpoint", [STRANGER, MIXED])
@pytest.mark.parametrize("touch", REASONS)
def test_what_could_hurt_is_not_sent_to_strangers(endpoint, touch):
    probe = Probe("urn:x#x", "update", "", "", "", refuse, frozenset({touch}))
    found = run(probe, Client(endpoint), Wanted())
    assert found.outcome is Outcome.UNTESTED
    assert REASONS[touch] in found.found and "--i-operate-this" in found.found


def test_only_addresses_that_are_all_loopback_are_this_machine():
    assert HERE.loopback and not MIXED.loopback and not STRANGER.loopback


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/", "sparql", "http://a:b@127.0.0.1/", "http://x:y"]
)
def test_what_is_no_address_of_the_web_is_refused(url):
    with pytest.raises(InputError):
        find_endpoint(url)


def test_a_request_can_be_repeated_with_curl():
    request = Request("POST", "a=1", (("Accept", "text/csv"),), "it's", "utf-8")
    assert shlex.split(curl(request, HERE)) == [
        *("curl", "-sS", "-i", "-X", "POST", "-H", "Accept: text/csv", "-H", "Content-Type:"),
        *("--data-binary", "it's", "http://127.0.0.1:8000/sparql?key=1&a=1"),
    ]
    told = curl(Request("POST", body="é", encoding="utf-16"), HERE)
    assert "iconv -f UTF-8 -t UTF-16 | curl" in told


@pytest.fixture(autouse=True)
def _without_tests_of_others(monkeypatch, tmp_path):
    """The W3C's tests are where a test puts them, and nowhere else."""
    monkeypatch.setenv("WHOHOLDS_SHARED", str(tmp_path))


MANIFEST = """@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix ht: <http://www.w3.org/2011/http#> .
@prefix hts: <http://www.w3.org/2011/http-statusCodes#> .
<> mf:entries ( <#asked> ) .
<#asked> mf:name "asked" ; mf:action [ ht:requests ( [
  ht:methodName "GET" ; ht:absolutePath "/sparql/?query=ASK%20%7B%7D" ;
  ht:resp [ mf:expectedStatus hts:StatusCode2xx ] ] ) ] .
"""


@pytest.mark.parametrize("beside", [False, True])
def test_the_tests_of_the_w3c_are_found_where_a_copy_is_kept(beside, monkeypatch, tmp_path, capsys):
    folder = tmp_path / "shared" if beside else tmp_path
    monkeypatch.setenv("WHOHOLDS_SHARED", "" if beside else str(tmp_path))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    path = folder / USUAL
    path.parent.mkdir(parents=True)
    path.write_text(MANIFEST)
    told = asked_for_w3c(capsys)
    assert told["tests"] == str(path)
    assert [(p["name"], p["outcome"]) for p in told["probes"] if p["group"] == "W3C"] == [
        ("asked", "passed")
    ]


def test_another_manifest_may_be_named_and_where_there_is_none_it_is_said(tmp_path, capsys):
    named = tmp_path / "other.ttl"
    named.write_text(MANIFEST)
    assert asked_for_w3c(capsys, "--manifest", str(named))["tests"] == str(named)
    told = asked_for_w3c(capsys)
    assert told["tests"] == "not found; name their manifest (--manifest FILE)"
    assert not [p for p in told["probes"] if p["group"] == "W3C"]
    told = asked_for_w3c(capsys, "--manifest", str(named), "--without", "W3C")
    assert told["tests"] == "left out (--without W3C)"


def asked_for_w3c(capsys, *words: str) -> dict:
    """What the verb says of an endpoint that says yes, where no other tests are run."""
    without = [word for group in GROUPS if group != "W3C" for word in ("--without", group)]
    with served(always_yes(None)) as url:
        main(["check-endpoint", url, "--json", *without, *words])
    return json.loads(capsys.readouterr().out)


def test_failures_are_told_and_end_with_2(app, capsys, tmp_path):
    report = tmp_path / "report.ttl"
    with served(always_yes(app)) as url:
        assert main(["check-endpoint", url, "--earl", str(report), "--without", "strain"]) == 2
    out = capsys.readouterr().out
    assert "failed protocol/two-queries" in out and "  repeat    curl -sS -i" in out
    assert "\ntests of the W3C: not found; name their manifest (--manifest FILE)\n" in out
    assert "not run" in out and "strain/alive-afterwards: left out (--without strain)" in out
    assert_is_earl(Graph().parse(report), url)


def assert_is_earl(graph: Graph, url: str) -> None:
    """https://www.w3.org/TR/EARL10-Schema/#Assertion: each has all of its parts, once."""
    outcomes = {EARL[outcome] for outcome in Outcome}
    assertions = list(graph.subjects(RDF.type, EARL.Assertion))
    assert len(assertions) > 50
    for one in assertions:
        for part in (EARL.assertedBy, EARL.subject, EARL.test, EARL.result, EARL.mode):
            assert len(list(graph.objects(one, part))) == 1
        assert str(graph.value(one, EARL.subject)) == url
        assert graph.value(graph.value(one, EARL.result), EARL.outcome) in outcomes


def test_json_has_every_probe(app, capsys):
    with served(limited(app)) as url:
        main(["check-endpoint", url, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert sum(told["counts"].values()) == len(told["probes"]) > 50
    keys = {"name", "iri", "says", "spec", "outcome"}
    assert all(keys <= probe.keys() for probe in told["probes"])
    assert len({probe["iri"] for probe in told["probes"]}) == len(told["probes"])


def test_where_nobody_listens_it_says_so_and_ends_with_1(capsys):
    assert main(["check-endpoint", "http://127.0.0.1:9/sparql"]) == 1
    assert "cannot be reached" in capsys.readouterr().err


def test_what_a_stranger_says_commands_no_terminal(capsys):
    def red(_, start):
        start("302 Found", [("Location", "/\x1b[31m\x9b31m")])
        return [b""]

    with served(red) as url:
        assert main(["check-endpoint", url]) == 1
    assert r"redirects to /\x1b[31m\x9b31m" in capsys.readouterr().err


def test_a_redirect_is_not_followed(capsys):
    def elsewhere(_, start):
        start("302 Found", [("Location", "http://data.example/sparql")])
        return [b""]

    with served(elsewhere) as url:
        assert main(["check-endpoint", url]) == 1
    assert "redirects to http://data.example/sparql" in capsys.readouterr().err


def test_a_page_is_no_endpoint(capsys):
    def page(_, start):
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [b"<html><title>Aven</title></html>"]

    with served(page) as url:
        assert main(["check-endpoint", url]) == 1
    assert "with a page (text/html), so it is no SPARQL endpoint" in capsys.readouterr().err
