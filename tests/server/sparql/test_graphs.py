"""Graphs whole, read only (https://www.w3.org/TR/sparql11-http-rdf-update/)."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import Graph

from kg.store import UNION
from server.sparql.graphs import OFFERS

GRAPH = "https://example.org/valley/graph/article/aven"
WRITES = ["PUT", "POST", "DELETE", "PATCH"]


def triples(answer):
    found = parse(answer.data, format=RdfFormat.from_media_type(answer.mimetype))
    return {str(quad.triple) for quad in found}


def stored(release, graph):
    return {str(q.triple) for q in release.store.quads_for_pattern(None, None, None, graph)}


@pytest.mark.parametrize("offer", OFFERS)
def test_a_graph_comes_whole_in_every_form(client, release, offer):
    headers = {"Accept": f"{offer.media}; charset=utf-8"}
    answer = client.get("/graphs", query_string={"graph": GRAPH}, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == offer.content_type
    assert triples(answer) == stored(release, NamedNode(GRAPH)) != set()
    assert "Accept" in answer.headers["Vary"]


def test_the_default_graph_is_all_graphs_together_each_statement_once(client, release):
    answer = client.get("/graphs.nt?default")
    assert triples(answer) == stored(release, UNION)
    assert len(answer.text.splitlines()) == len(stored(release, UNION))


def test_every_graph_that_the_service_lists_is_there(client):
    name = "http://www.w3.org/ns/sparql-service-description#name"
    found = Graph().parse(data=client.get("/sparql.ttl").data, format="turtle")
    names = [str(o) for _, p, o in found if str(p) == name]
    assert len(names) > 3
    for one in names:
        assert client.get("/graphs.nt", query_string={"graph": one}).data


def test_head_says_what_get_would(client):
    for query in ({"graph": GRAPH}, {"default": ""}):
        get, head = (
            client.open("/graphs", method=method, query_string=query) for method in ("GET", "HEAD")
        )
        assert (head.status_code, head.data) == (200, b"")
        for name in ("Content-Type", "Content-Length", "ETag"):
            assert head.headers[name] == get.headers[name]


def test_a_graph_that_is_not_there_is_not_found(client):
    """The W3C's test head_non_existing_indirect, and GET likewise."""
    missing = {"graph": "http://www.example/gsp/person/4.ttl"}
    head = client.head("/graphs", query_string=missing, headers={"Accept": "text/turtle"})
    assert head.status_code == 404
    answer = client.get("/graphs", query_string=missing)
    assert answer.status_code == 404 and "is no graph" in answer.json["detail"]


@pytest.mark.parametrize(
    "address",
    [
        "/graphs",
        "/graphs?graph=",
        "/graphs?graph=relative",
        "/graphs?graph=http%3A%2F%2Fx%2F%20%3C",
        "/graphs?default=yes",
        f"/graphs?default&graph={GRAPH}",
        f"/graphs?graph={GRAPH}&graph={GRAPH}",
        "/graphs?graph=%E9",
    ],
)
def test_not_one_graph_or_no_name_of_one_is_wrong(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize("method", WRITES)
def test_writing_is_refused_and_changes_nothing(client, release, method):
    before = stored(release, UNION)
    for place in ({"graph": GRAPH}, {"graph": f"{GRAPH}-new"}, {"default": ""}):
        answer = client.open(
            "/graphs",
            method=method,
            query_string=place,
            data=b"<x:s> <x:p> <x:o> .",
            content_type="text/turtle",
        )
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert stored(release, UNION) == before


def test_forms_that_there_are_not(client):
    csv = client.get("/graphs", query_string={"graph": GRAPH}, headers={"Accept": "text/csv"})
    assert csv.status_code == 406
    assert client.get("/graphs.csv", query_string={"graph": GRAPH}).status_code == 404


def test_a_graph_is_sent_again_only_when_it_changed(client):
    first = client.get("/graphs.nt", query_string={"graph": GRAPH})
    asked = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/graphs.nt", query_string={"graph": GRAPH}, headers=asked)
    assert (again.status_code, again.data) == (304, b"")


def test_the_name_of_a_graph_leads_to_its_description(client):
    answer = client.get("/graph/article/aven", headers={"Accept": "text/turtle"})
    assert answer.status_code == 303
