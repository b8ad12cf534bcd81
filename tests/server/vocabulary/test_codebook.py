"""Every term is documented: rule, example, borderline case, counter-example."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad, parse

from kg.names import SCHEME_NAMES, SCHEMES, WH
from kg.vocabulary import resource
from markup import Page
from server import create_app

SKOS = "http://www.w3.org/2004/02/skos/core#"
OF_TERMS = ("definition", "example", "editorialNote", "note")
OF_CONCEPTS = (*OF_TERMS, "scopeNote", "prefLabel")


def stated(name):
    """What a file of the ontology says, by subject and the local name of the property."""
    found = {}
    for quad in parse(path=str(resource("ontology") / name)):
        about = found.setdefault(quad.subject.value, {})
        about[quad.predicate.value.rpartition("#")[2]] = quad.object.value
    return found


def shown(text):
    """Text as a page shows it: without the word that begins it in the file, in any spacing."""
    for start in ("Rule: ", "Borderline: ", "Not: "):
        text = text.removeprefix(start)
    return [part.split() for part in text.split(" Roles: ")]


def says(page, text):
    words = " ".join(page.text.split())
    return all(" ".join(part) in words for part in shown(text))


def test_the_vocabulary_says_all_that_its_file_says_of_every_term(client):
    page = Page(client.get("/ns.html").text)
    terms = {iri: about for iri, about in stated("whoholds.ttl").items() if iri.startswith(WH)}
    assert len(terms) == 100
    for iri, about in terms.items():
        assert iri.removeprefix(WH) in page.ids and f"#{iri.removeprefix(WH)}" in page.links
        for name in OF_TERMS:
            assert says(page, about[name]), (iri, name)


@pytest.mark.parametrize("scheme", SCHEME_NAMES)
def test_a_scheme_is_a_chapter_of_the_codebook(client, scheme):
    page = Page(client.get(f"/{scheme}.html").text)
    concepts = {
        iri: about
        for iri, about in stated("schemes.ttl").items()
        if about.get("inScheme") == SCHEMES + scheme
    }
    assert concepts
    for iri, about in concepts.items():
        assert iri.rpartition("/")[2] in page.ids
        for name in OF_CONCEPTS:
            assert says(page, about[name]), (iri, name)


def test_a_concept_has_its_own_page_with_where_it_is_used(client):
    page = Page(client.get("/event-type/Capture.html").text)
    assert page.says("Borderline") and page.says("Roles") and page.says("Rule")
    query = next(link for link in page.links if link.startswith("/sparql?"))
    assert client.get(query, headers={"Accept": "text/csv"}).text.count("\n") > 1


def test_a_collection_lists_its_members(client):
    page = Page(client.get("/event-type/Opening.html").text)
    assert {"/event-type/Capture.html", "/event-type/UnopposedTakeover.html"} <= set(page.links)


def test_a_concept_that_is_only_named_has_a_page_too(altered):
    claim = NamedNode("https://example.org/valley/claim/aven.bridge-taken")
    unknown = NamedNode(f"{SCHEMES}mode/Unheard")
    graph = NamedNode("https://example.org/valley/graph/article/aven")
    client = create_app(altered(Quad(claim, NamedNode(f"{WH}mode"), unknown, graph))).test_client()
    assert client.get("/mode/Unheard.html").status_code == 200
