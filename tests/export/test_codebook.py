"""The codebook of a release holds every rule of its schemes, in a page that needs nothing else."""

import re
from html import escape, unescape

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib.namespace import SKOS

from kg.export import codebook
from kg.lift.terms import term
from kg.names import SCHEMES, concept_key
from markup import Page
from paths import ROOT


@pytest.fixture(scope="module")
def page(published):
    return (published.folder / "codebook.html").read_text("utf-8")


def test_it_holds_all_that_the_schemes_say(page):
    schemes = rdflib.Graph().parse(ROOT / "ontology" / "schemes.ttl")
    concepts = set(schemes.subjects(SKOS.inScheme))
    assert len(concepts) > 100
    for concept in concepts:
        scheme, name = concept.removeprefix(SCHEMES).split("/")
        (section,) = re.findall(
            rf'<h3 id="{scheme}\.{concept_key(name)}">.*?</dl>', page, re.DOTALL
        )
        for said in ("prefLabel", "definition", "scopeNote", "example", "editorialNote", "note"):
            for text in schemes.objects(concept, SKOS[said]):
                words = re.sub(r"^(Rule|Borderline|Not): ", "", text)
                assert words in unescape(section), (concept, said)


def test_it_stands_alone(page):
    found = Page(page)
    assert not {"script", "style", "img"} & set(found.tags)
    assert found.loads == []
    assert {link.removeprefix("#") for link in found.links} <= found.ids


def test_markup_in_a_label_stays_words(published, tmp_path):
    hostile = '<script>alert("x")</script>'
    graph = NamedNode(published.names.graph("ontology"))
    concept, scheme = NamedNode(f"{SCHEMES}degree/Odd"), NamedNode(f"{SCHEMES}degree")
    store = Store()
    store.add(Quad(concept, term("skos:inScheme"), scheme, graph))
    store.add(Quad(concept, term("skos:prefLabel"), Literal(hostile), graph))
    store.add(Quad(concept, term("skos:note"), Literal(hostile), graph))
    codebook.write(store, published.names, published.summary | {"title": hostile}, tmp_path)
    page = (tmp_path / "codebook.html").read_text("utf-8")
    assert "script" not in Page(page).tags
    assert page.count(escape(hostile)) == 4
