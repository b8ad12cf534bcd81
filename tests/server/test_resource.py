"""Every IRI dereferences: 303 to a description, in the form that is accepted."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.names import SCHEMES
from markup import Page
from server import create_app

BASE = "https://example.org/valley/"
WH = "https://w3id.org/whoholds/ns#"
FORMS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
}


def triples(answer, suffix="ttl"):
    return {q.triple for q in parse(answer.data, format=FORMS[suffix][1])}


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "html"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml;q=0.9, application/n-triples", "nt"),
    ],
)
def test_a_thing_leads_to_its_description(client, accept, suffix):
    answer = client.get("/claim/aven.bridge-taken", headers={"Accept": accept} if accept else {})
    assert answer.status_code == 303 and "Accept" in answer.headers["Vary"]
    assert answer.headers["Location"] == f"/claim/aven.bridge-taken.{suffix}"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_what_is_not_served_is_not_acceptable(client):
    answer = client.get("/claim/aven.bridge-taken", headers={"Accept": "image/png"})
    assert answer.status_code == 406 and "text/turtle" in answer.json["detail"]


@pytest.mark.parametrize("suffix", FORMS)
def test_all_forms_say_the_same(client, suffix):
    answer = client.get(f"/claim/aven.bridge-taken.{suffix}", headers={"Accept": "text/html"})
    assert answer.mimetype == FORMS[suffix][0]
    assert triples(answer, suffix) == triples(client.get("/claim/aven.bridge-taken.ttl"))


def test_a_description_holds_the_thing_its_words_and_its_neighbours_labels(client):
    found = triples(client.get("/claim/aven.bridge-taken.ttl"))
    claim = NamedNode(f"{BASE}claim/aven.bridge-taken")
    said = {
        t.predicate.value.rpartition("#")[2]: t.object.value for t in found if t.subject == claim
    }
    assert said["eventType"] == f"{SCHEMES}event-type/Capture"
    assert said["accordingTo"] == f"{BASE}actor/ines-varro"
    values = {(t.predicate.value.rpartition("#")[2], t.object.value) for t in found}
    assert {("exact", "took the Aven bridge"), ("start", "41"), ("end", "61")} <= values
    assert {("prefLabel", "Aven bridge"), ("prefLabel", "Capture")} <= values


def test_turtle_declares_only_prefixes_that_it_uses(client):
    text = client.get("/place/aven.ttl").text
    for line in text.splitlines():
        if line.startswith("@prefix") and line.split()[1] != "rdf:":  # "a" is rdf:type
            assert text.count(line.split()[1]) > 1, line


@pytest.mark.parametrize(
    "path",
    [
        "event-type/Capture",
        "event-type",
        "ns",
        "rule/periods.1",
        "graph/article/aven",
        "graph/derived/periods",
        "span/aven.41-61",
        "span/aven.41-61--quote",
        "place/aven--geometry",
        "judgement/actor--ines-varro--part-of",
        "mention/aven-courier.courier",
    ],
)
def test_every_kind_of_thing_has_a_page_and_data(client, path):
    assert client.get(f"/{path}", headers={"Accept": "text/turtle"}).status_code == 303
    page = client.get(f"/{path}.html")
    assert page.status_code == 200 and "h1" in Page(page.text).tags
    assert triples(client.get(f"/{path}.ttl"))


def test_the_vocabulary_defines_every_term_at_its_fragment(client):
    page = Page(client.get("/ns.html").text)
    data = triples(client.get("/ns.ttl"))
    terms = {t.subject.value for t in data if t.subject.value.startswith(WH)}
    assert len(terms) == 100
    assert {term.removeprefix(WH) for term in terms} <= page.ids


def test_an_event_that_only_claims_name_has_a_description_too(altered):
    event = NamedNode(f"{BASE}event/rumour")
    claim, graph = NamedNode(f"{BASE}claim/aven.x"), NamedNode(f"{BASE}graph/article/aven")
    told = Quad(claim, NamedNode(f"{WH}aboutEvent"), event, graph)
    client = create_app(altered(told)).test_client()
    assert client.get("/event/rumour").status_code == 303
    assert told.triple in triples(client.get("/event/rumour.ttl"))
    assert client.get("/event/rumour.html").status_code == 200


@pytest.mark.slow
def test_every_iri_of_the_release_dereferences(client, release):
    terms = {term for quad in release.store for term in quad}
    iris = {t.value for t in terms if isinstance(t, NamedNode)}
    ours = {iri.partition("#")[0] for iri in iris if iri.startswith((BASE, SCHEMES))}
    assert len(ours) > 400
    for iri in sorted(ours):
        path = iri.removeprefix(BASE).removeprefix(SCHEMES)
        answer = client.get(f"/{path}", headers={"Accept": "text/turtle"})
        assert answer.status_code == 303, iri
        described = client.get(answer.headers["Location"])
        assert described.status_code == 200 and triples(described), iri


def test_below_a_prefix_links_and_locations_keep_it(client):
    below = {"SCRIPT_NAME": "/whoholds"}
    answer = client.get("/article/aven", environ_overrides=below)
    assert answer.headers["Location"] == "/whoholds/article/aven.html"
    page = Page(client.get("/article/aven.html", environ_overrides=below).text)
    assert all(link.startswith(("/whoholds/", "http", "#")) for link in page.links)
    assert all(address.startswith("/whoholds/") for address in page.loads)


def test_head_and_options(client):
    assert client.head("/article/aven").status_code == 303
    head = client.head("/article/aven.ttl")
    assert (head.status_code, head.data, head.mimetype) == (200, b"", "text/turtle")
    assert "GET" in client.options("/article/aven").headers["Access-Control-Allow-Methods"]


def test_json_is_the_table_of_a_page_or_else_its_rdf(client):
    assert client.get("/place/aven-bridge.json").json["rows"]
    answer = client.get("/rule/periods.1.json")
    assert answer.status_code == 303
    assert client.get(answer.headers["Location"]).mimetype == "application/ld+json"
