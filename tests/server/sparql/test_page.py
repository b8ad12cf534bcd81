"""The query page: the form that works without script, and what the editor is given."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from kg.limits import MEBIBYTE, Limits
from kg.question import ask, load_questions
from kg.sparql.refuse import DEEPEST, MOST, OPERATORS
from server import create_app
from server.headers import HEADERS, POLICY
from server.questions.examples import examples
from server.sparql.examples import GROUPS, grouped, written
from server.sparql.page import limits
from server.sparql.terms import written as known
from server.workers.pool import Pool

STATIC = Path(__file__).parents[3] / "server" / "static" / "sparql"


def page(client, **asked):
    answer = client.get("/sparql", query_string=asked, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return answer


def test_what_is_vendored_is_what_was_published():
    of = json.loads((STATIC / "vendor.json").read_text("utf-8"))["yasgui"]
    assert of["files"].keys() == {path.name for path in (STATIC / "yasgui").iterdir()}
    for name, digest in of["files"].items():
        assert hashlib.sha256((STATIC / "yasgui" / name).read_bytes()).hexdigest() == digest


def test_only_files_of_this_site_run_on_the_page(client):
    policy = page(client).headers[POLICY]
    assert policy.startswith(HEADERS[POLICY])
    assert "script-src 'self'; connect-src 'self'" in policy and "unsafe" not in policy
    loads = re.findall(r'<(?:script|link) [^>]*(?:src|href)="([^"]+)"', page(client).text)
    assert loads and all(load.startswith("/static/") for load in loads)
    assert "script-src" not in client.get("/sparql.json?query=ASK{}").headers[POLICY]


def test_an_example_stands_in_the_form_under_a_short_address(client, release):
    one = next(iter(grouped(release).values()))[0]
    assert f'href="/sparql?example={one.name}"' in page(client).text
    text = page(client, example=one.name).text
    assert f"# {one.title}\n" in text and "data-run" not in text
    assert "wh:EventClaim" in page(client, example="no-such").text


def test_every_question_is_in_one_group():
    named = [name for names in GROUPS.values() for name in names]
    assert sorted(named) == sorted(load_questions())


def test_an_example_answers_as_its_question_does(release):
    given, names = examples(release), release.names
    for one in (one for group in grouped(release).values() for one in group):
        answer = ask(release.store, given[one.name].question, given[one.name].given, names)
        found = release.store.query(one.query, base_iri=names.base, prefixes=names.prefixes())
        assert [tuple(row[c] for c in answer.columns) for row in found] == list(answer.rows)
        assert "row by row" not in one.query


def test_parameters_stand_in_each_group_that_does_not_see_the_others(release):
    place = examples(release)["place-timeline"].question.parameters[0].name
    given = {place: release.store.quads_for_pattern(None, None, None).__next__().subject}
    query = f"SELECT * WHERE {{\n  {{\n    ?x ?y ?{place}\n  }}\n  {{\n    ?x ?y ?z\n  }}\n}}"
    found = written(query, given, release.names)
    assert found.count("VALUES") == 2 and found.index("VALUES") < found.index("?x")
    assert written(query, {}, release.names) == query


def test_the_editor_is_given_prefixes_terms_and_examples(client, release):
    answer = client.get("/sparql/terms.json")
    found = answer.get_json()
    assert found["prefixes"] == release.names.prefixes()
    terms = {name: (kind, label) for name, kind, label in found["terms"]}
    assert terms["wh:EventClaim"] == ("class", "Event claim")
    assert terms["wh:accordingTo"][0] == "property" and terms["oa:exact"][0] == "property"
    assert terms["event-type:Capture"][0] == "concept"
    assert found["pages"][f"{release.names.base}claim/"] == "claim/"
    assert "who-held" in found["examples"]
    assert known(release) == known(release) == answer.text


def test_it_is_fetched_once_a_release(client):
    tag = client.get("/sparql/terms.json").headers["ETag"]
    again = client.get("/sparql/terms.json", headers={"If-None-Match": tag})
    assert again.status_code == 304 and not again.data


def test_the_page_says_the_limits_that_hold(client, release):
    text = page(client).text
    assert "30 seconds" in text and "64 MiB" in text and "120 seconds in a minute" in text
    assert "1,000 rows" in text and "SERVICE" in text
    small = Pool(Limits(seconds=7, result_bytes=3 * MEBIBYTE, budget_seconds=11))
    app = create_app(release, pool=small)
    text = page(app.test_client()).text
    assert "7 seconds" in text and "3 MiB" in text and "11 seconds in a minute" in text
    with app.test_request_context():
        assert all(sentence.endswith(".") for sentence in limits())
    described = app.test_client().get("/sparql.nt").text
    assert "7 seconds" in described and "3 MiB" in described


def test_the_page_says_how_much_a_query_may_have(client):
    text = page(client).text
    assert f"stand {DEEPEST} deep" in text and f"{OPERATORS} operators" in text
    assert all(f"{most} {word}" in text for word, most in MOST.items())
    for query, most in (("{" * 66 + "}" * 66, DEEPEST), ("{} UNION " * 101 + "{}", MOST["UNION"])):
        said = client.get("/sparql", query_string={"query": f"ASK {{ {query} }}"}).text
        assert "Refused" in said and f" {most} " in said


def test_of_a_large_graph_the_page_shows_the_beginning(client, monkeypatch):
    monkeypatch.setattr("server.sparql.page.BYTES", 5_000)
    text = page(client, query="CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").text
    assert "This is the beginning" in text and len(text) < 30_000
    text = page(client, query="CONSTRUCT { <urn:a> <urn:b> <urn:c> } WHERE {}").text
    assert "This is the beginning" not in text


def test_a_query_over_graphs_keeps_them_in_all_that_follows(client):
    graph = "https://example.org/valley/graph/article/aven"
    asked = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "default-graph-uri": graph}
    answer = page(client, **asked)
    follows = re.findall(r'href="(/[^"?]+)\?query=[^"]+&amp;default-graph-uri=https', answer.text)
    assert follows == ["/sparql.csv", "/sparql.json", "/sparql.xml", "/cite"]
    assert f'name="default-graph-uri" value="{graph}"' in answer.text
    assert "<script" not in answer.text and "script-src" not in answer.headers[POLICY]


@pytest.mark.parametrize("query", ["SELECT ?s { ?s a wh:Claim } LIMIT 2", "ASK {}"])
def test_without_script_the_result_is_a_part_of_the_page(client, query):
    text = page(client, query=query).text
    assert '<section aria-label="Result">' in text and "data-run" in text
