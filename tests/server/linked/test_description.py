"""What is served as data for one IRI: the same in every form, elsewhere too, in pages."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import parse_qs, urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.names import SCHEMES
from server import create_app
from server.linked.description import MOST, STATEMENTS, describe

BASE = "https://example.org/valley/"
WH = "https://w3id.org/whoholds/ns#"
PLACE = NamedNode(f"{BASE}place/aven")
FORMS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
CLAIMS = 5_000


def one_of_each_kind(release):
    """The path of one thing of every kind of thing that the release names."""
    terms = {term for quad in release.store for term in quad if isinstance(term, NamedNode)}
    found = defaultdict(set)
    for iri in sorted(t.value.partition("#")[0] for t in terms):
        if iri.startswith((BASE, SCHEMES)):
            path = iri.removeprefix(BASE).removeprefix(SCHEMES)
            found[path.partition("/")[0], "/" in path].add(path)
    return [min(paths) for paths in found.values()]


def triples(answer, form=RdfFormat.TURTLE):
    return {q.triple for q in parse(answer.data, format=form)}


@pytest.mark.slow
def test_every_kind_of_thing_reloads_elsewhere_to_the_same_from_every_form(client, release):
    paths = one_of_each_kind(release)
    assert len(paths) > 35
    for path in paths:
        graphs = {}
        for suffix, name in FORMS.items():
            graphs[suffix] = Graph().parse(
                data=client.get(f"/{path}.{suffix}").data, format=name, publicID="urn:x"
            )
        for suffix in ("ttl", "jsonld", "rdf"):
            assert isomorphic(graphs["nt"], graphs[suffix]), (path, suffix)
        assert len(graphs["nt"]) > 0, path


def test_hostile_words_survive_every_form(altered):
    label = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    words = '</rdf:RDF>]]>&amp;"""\\ \u202e\U0001f600\n\t'
    graph = NamedNode(f"{BASE}graph/authorities")
    client = create_app(altered(Quad(PLACE, label, Literal(words), graph))).test_client()
    for suffix, name in FORMS.items():
        found = Graph().parse(data=client.get(f"/place/aven.{suffix}").data, format=name)
        assert words in {str(o) for o in found.objects()}, suffix


def test_line_ends_survive_xml(altered):
    label = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    graph = NamedNode(f"{BASE}graph/authorities")
    client = create_app(altered(Quad(PLACE, label, Literal("b\r\nc"), graph))).test_client()
    found = Graph().parse(data=client.get("/place/aven.rdf").data, format="xml")
    assert "b\r\nc" in {str(o) for o in found.objects()}


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\ufffe"])
def test_what_xml_cannot_hold_is_refused_in_it_alone(altered, sign):
    label = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    graph = NamedNode(f"{BASE}graph/authorities")
    told = Quad(PLACE, label, Literal(f"a{sign}b"), graph)
    client = create_app(altered(told)).test_client()
    query = "query=SELECT * { ?place skos:altLabel ?label }"
    for path in (f"/sparql.xml?{query}", "/place/aven.rdf", f"/graphs.rdf?graph={graph.value}"):
        answer = client.get(path)
        assert answer.status_code == 400, path
        assert f"U+{ord(sign):04X}" in answer.json["detail"] and "Ask for" in answer.json["detail"]
    assert told.triple in triples(client.get("/place/aven.ttl"))
    first = client.get(f"/sparql?{query}", headers={"Accept": "application/sparql-results+xml"})
    assert first.status_code == 400
    assert client.get(f"/sparql.json?{query}").status_code == 200


def test_what_names_a_thing_and_the_labels_of_both_are_there(client):
    found = triples(client.get("/place/aven-bridge.ttl"))
    place = NamedNode(f"{BASE}place/aven-bridge")
    naming = {t.subject.value.removeprefix(BASE) for t in found if t.object == place}
    assert "claim/aven.bridge-taken" in naming
    labelled = {t.subject.value for t in found if t.predicate.value.endswith("#prefLabel")}
    assert {f"{BASE}place/aven", f"{SCHEMES}place-type/Facility"} & labelled


def test_a_short_description_is_one_page_and_says_nothing_of_pages(client):
    answer = client.get("/place/aven.ttl")
    assert not [one for one in answer.headers.getlist("Link") if "page=" in one]
    assert b"numberOfItems" not in answer.data
    assert triples(client.get("/place/aven.ttl?page=1")) == triples(answer)


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "1e9", "", "9" * 40])
def test_a_page_that_is_not_there_is_not_found(client, page):
    answer = client.get(f"/place/aven.ttl?page={page}")
    assert answer.status_code == 404 and "page" in answer.json["detail"]


@pytest.fixture(scope="module")
def much(altered_once):
    """A release in which 5,000 claims more name a place."""
    graph = NamedNode(f"{BASE}graph/article/aven")
    at = NamedNode(f"{WH}place")
    claims = (NamedNode(f"{BASE}claim/aven.x-{n}") for n in range(CLAIMS))
    return altered_once(*(Quad(claim, at, PLACE, graph) for claim in claims))


def relations(answer):
    found = {}
    for header in answer.headers.getlist("Link"):
        target, _, rest = header.partition(">; rel=")
        found[rest.strip('"').partition('"')[0]] = target[1:]
    return found


def test_a_place_with_5000_claims_is_served_in_pages_that_lead_on(much):
    client = create_app(much).test_client()
    address, found, pages = "/place/aven.nt", set(), 0
    while address:
        answer = client.get(address)
        page = triples(answer, RdfFormat.N_TRIPLES)
        around = relations(answer)
        pages += 1
        assert answer.status_code == 200 and len(page) <= MOST
        assert around["first"] == "/place/aven.nt?page=1"
        assert ("prev" in around) == (pages > 1)
        found |= page
        address = around.get("next")
    whole = describe(much.store, PLACE.value)
    assert pages == whole.pages == int(parse_qs(urlsplit(around["last"]).query)["page"][0])
    naming = [t for t in found if t.object == PLACE and "/aven.x-" in t.subject.value]
    assert len(naming) == CLAIMS
    assert whole.total >= CLAIMS and f'"{whole.total}"'.encode() in answer.data


def test_pages_are_the_same_each_time_and_their_statements_on_one_page_only(much):
    first, again = (describe(much.store, PLACE.value, 2) for _ in range(2))
    assert first.triples == again.triples
    naming = [
        {t for t in describe(much.store, PLACE.value, page).triples if t.object == PLACE}
        for page in range(1, first.pages + 1)
    ]
    assert sum(map(len, naming)) == len(set().union(*naming))
    assert len(naming[1]) == STATEMENTS


def test_a_page_of_a_thing_leads_to_that_page_of_its_description(much):
    client = create_app(much).test_client()
    answer = client.get("/place/aven?page=2", headers={"Accept": "text/turtle"})
    assert answer.headers["Location"] == "/place/aven.ttl?page=2"
    assert client.get(answer.headers["Location"]).status_code == 200
    following = NamedNode(f"{PLACE.value}?page=2")  # for readers that do not see headers
    assert following in {t.object for t in triples(client.get("/place/aven.ttl"))}


def test_the_vocabulary_is_whole(client):
    answer = client.get("/ns.ttl")
    defined = {t.subject.value for t in triples(answer) if t.subject.value.startswith(WH)}
    assert len(defined) == 100 and not [k for k in relations(answer) if k == "next"]
