"""The page of links: coverage, the reason of each, and what is deliberately unlinked."""

import csv

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad

from kg.lift.terms import term
from kg.names import VOCABULARIES
from kg.release.read import open_release
from markup import Page
from server import create_app

BASE = "https://example.org/valley/"
SCHEMA, SSSOM = (rdflib.Namespace(VOCABULARIES[name]) for name in ("schema", "sssom"))
LINKS = NamedNode(f"{BASE}graph/links")


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Page(answer.text)


def judgement(local: str, found: str, **more: str):
    node = NamedNode(f"{BASE}judgement/{local}")
    said = {
        "rdf:type": term("wh:Judgement"),
        "rdf:subject": NamedNode(f"{BASE}place/holm"),
        "rdf:predicate": term(more.get("predicate", "skos:exactMatch")),
        "rdf:object": NamedNode(found) if found.startswith("http") else term(found),
        "sssom:object_source": NamedNode("https://example.org/almanac/"),
        "sssom:confidence": Literal("0.9"),
        "wh:because": Literal(more["because"], language="en"),
        "wh:coder": Literal("editor-2"),
    }
    return [Quad(node, term(name), value, LINKS) for name, value in said.items()]


def test_all_sources_are_shown_with_their_coverage(client):
    found = page(client, "/links")
    assert found.says("Links to other sources") and found.says("almanac")
    assert "/links?source=almanac" in found.links
    assert "/links?source=almanac&what=exact" in found.links
    assert found.says("2 of 6"), "two of six places"


def test_a_source_is_listed_with_who_judged_it_and_why(client):
    found = page(client, "/links?source=almanac")
    assert "https://example.org/almanac/2" in found.links
    assert found.says("same name, same river") and found.says("editor-1")
    assert found.says("a lake of the same name"), "what was ruled out, too"
    only = page(client, "/links?source=almanac&what=not")
    assert not only.says("same name, same river") and only.says("a lake of the same name")


def test_what_is_deliberately_unlinked_says_why(altered):
    none = judgement("link--place--holm--almanac--none", "sssom:NoTermFound", because="no islets")
    seen = judgement(
        "link--place--holm--almanac--7",
        "https://example.org/almanac/7",
        because="an <b>islet</b> of the name",
        predicate="rdfs:seeAlso",
    )
    client = create_app(altered(*none, *seen)).test_client()
    found = page(client, "/links")
    assert found.says("Why there is no record to be trusted") and found.says("no islets")
    assert found.says("3 of 6")
    assert page(client, "/links?source=almanac&what=none").says("no islets")
    unsure = client.get("/links?source=almanac&what=unsure").text
    assert "an &lt;b&gt;islet&lt;/b&gt; of the name" in unsure
    holm = page(client, "/place/holm.html")
    assert holm.says("no record to be trusted") and holm.says("no islets")


def test_an_id_with_a_slash_is_counted_where_it_belongs(altered):
    vale = judgement(
        "link--place--holm--almanac--vale/7", "https://example.org/almanac/vale/7", because="same"
    )
    client = create_app(altered(*vale)).test_client()
    assert page(client, "/links?source=almanac").says("almanac/vale/7")
    assert page(client, "/links").says("3 of 6")


@pytest.mark.parametrize(
    "query", ["source=yearbook", "source=almanac&what=maybe", "source=almanac&page=2", "source="]
)
def test_what_there_is_not_is_not_found(client, query):
    assert client.get(f"/links?{query}").status_code == 404


def test_its_data_are_the_judgements_that_it_shows(client):
    whole = client.get("/links.json").json
    assert whole["total"] == len(whole["rows"]) == 3
    only = client.get("/links.csv?source=almanac&what=not").text
    (row,) = csv.DictReader(only.splitlines())
    assert row["judged"] == "ruled out" and row["because"] == "a lake of the same name"
    assert row["thing"].startswith(BASE) and row["record"].startswith("https://example.org/")
    assert client.get("/links.csv?source=yearbook").status_code == 404


def test_as_rdf_it_has_the_judgements_and_the_names_of_what_is_judged(client):
    graph = rdflib.Graph().parse(data=client.get("/links.ttl?what=not").data, format="ttl")
    (judged,) = graph.objects(rdflib.URIRef(f"{BASE}links"), SCHEMA.hasPart)
    assert str(graph.value(judged, SSSOM.predicate_modifier)) == "Not"
    thing = graph.value(judged, rdflib.RDF.subject)
    assert list(graph.objects(thing, rdflib.SKOS.prefLabel))


def test_the_project_s_own_links_are_covered(shipped_releases):
    client = create_app(open_release(shipped_releases)).test_client()
    found = page(client, "/links")
    assert found.says("67 of 67")
    for source in ("geonames", "wikidata", "wof"):
        assert f"/links?source={source}" in found.links
    assert page(client, "/links?source=wikidata&page=2").says("of 154")
