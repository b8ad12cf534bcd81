"""The W3C's tests: read from their manifest, and run; what erases is tried harmlessly first."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.cli.check_endpoint import GROUPS
from kg.errors import InputError
from kg.probe.address import find_endpoint
from kg.probe.case import Expected, Step
from kg.probe.check import Wanted, check
from kg.probe.facts import Facts
from kg.probe.found import Outcome
from kg.probe.manifest import _ERASES, _harmless, manifest_probes
from kg.probe.wire import Client, Request
from tests.probe.served import asked, served, started

OTHERS = frozenset(GROUPS) - {"W3C"}
KASEI = "http://kasei.us/2009/09/sparql/data/"


@pytest.fixture(scope="module")
def manifest(shared):
    return shared / "standards/w3c-rdf-tests/sparql11/protocol/manifest.ttl"


def test_all_34_tests_are_read(manifest):
    probes = list(manifest_probes(manifest, Facts(None), erase=False))
    assert len(probes) == 34 and len({probe.iri for probe in probes}) == 34
    assert sum("write" in probe.touches for probe in probes) == 14


@pytest.mark.slow
def test_ours_passes_all_that_update_nothing(manifest):
    with started(*graphs(manifest)) as url:
        checked = check(url, Wanted(manifest=manifest, seconds=20, without=OTHERS))
    found = [one for one in checked if one.probe.group == "W3C"]
    assert Counter(one.found.outcome for one in found) == {
        Outcome.PASSED: 27,
        Outcome.INAPPLICABLE: 7,
    }
    refused = [one for one in found if one.found.found == "it takes no updates, and says so"]
    assert len(refused) == 7


def graphs(manifest: Path) -> list[str]:
    """The graphs that the tests name as files to serve; nothing is said of what is in data0."""
    files = {"data0": "data1", "data1": "data1", "data2": "data2", "data3": "data3"}
    given = (f"{KASEI}{name}.rdf={manifest.parent / file}.nt" for name, file in files.items())
    return [word for one in given for word in ("--graph", one)]


@pytest.mark.parametrize("erase", [False, True])
def test_what_erases_is_sent_only_where_that_is_wanted(manifest, erase):
    seen = []

    def obedient(environ, start):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode("latin-1")
        seen.append(f"{environ['QUERY_STRING']} {body}")
        start("200 OK", [("Content-Type", "application/sparql-results+json")])
        return [b'{"head": {}, "boolean": true}']

    with served(obedient) as url:
        client = Client(find_endpoint(url), 5)
        for probe in manifest_probes(manifest, Facts(None), erase=erase):
            probe.run(client)
    assert any(_ERASES.search(words.replace("\x00", "")) for words in seen) is erase


def test_updates_that_are_refused_by_500_are_no_failures(manifest):
    def refuses(environ, start):
        said = asked(environ)
        status = "500 No" if "update" in dict(said) else "200 OK"
        start(status, [("Content-Type", "application/sparql-results+json")])
        return [b'{"head": {}, "boolean": false}']

    with served(refuses) as url:
        client = Client(find_endpoint(url), 5)
        probes = list(manifest_probes(manifest, Facts(None), erase=True))
        found = {p.name: p.run(client) for p in probes if p.name.startswith("update_")}
    assert {one.found for one in found.values()} == {"it takes no updates, and says so"}


def test_the_harmless_request_is_the_same_but_for_what_it_drops():
    step = Step(Request(query="update=CLEAR%20ALL"), Expected(("4xx",)))
    assert "CLEAR" not in _harmless(step).request.query
    assert "DROP%20SILENT%20GRAPH%20%3Curn" in _harmless(step).request.query


def test_a_file_that_is_no_manifest_is_refused(tmp_path):
    path = tmp_path / "m.ttl"
    path.write_text("<urn:a> <urn:b> <urn:c> .")
    with pytest.raises(InputError, match="lists no tests"):
        list(manifest_probes(path, Facts(None), erase=False))
