"""rdflib against the endpoint: its store over SPARQL, and SERVICE from a graph of its own."""

import datetime as dt

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from clients import asked

PALMYRA = URIRef(asked.PALMYRA)


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def store(request, endpoint):
    return SPARQLStore(endpoint, method=request.param)


def names(rows):
    return {(row[0].value, row[0].language) for row in rows}


def test_it_asks_with_languages_and_types(store):
    graph = Graph(store)
    assert names(graph.query(asked.NAMES)) == asked.TOLD
    ((day, least),) = graph.query(asked.DATED)
    assert day.value == dt.date.fromisoformat(asked.DAY) and least.value == asked.NUMBER


def test_it_says_yes_and_no(store):
    assert Graph(store).query(asked.YES).askAnswer is True
    assert Graph(store).query(asked.NO).askAnswer is False


def test_it_constructs(store):
    made = Graph(store).query(asked.GRAPH_OF_NAMES).graph
    assert {(o.value, o.language) for o in made.objects(PALMYRA)} == asked.TOLD


def test_it_looks_statements_up(store):
    graph = Graph(store)
    assert {(o.value, o.language) for o in graph.objects(PALMYRA, SKOS.prefLabel)} == asked.TOLD
    assert (PALMYRA, SKOS.prefLabel, Literal("تدمر", lang="ar")) in graph
    assert (PALMYRA, SKOS.prefLabel, Literal("تدمر", lang="en")) not in graph


def test_it_counts_each_statement_once(store):
    (row,) = Graph(store).query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert len(Graph(store)) == row[0].value > 1_000


def test_its_contexts_are_the_named_graphs(store):
    found = {str(graph) for graph in store.contexts()}
    assert asked.GRAPH in found and len(found) > 10


def test_a_graph_of_a_name_is_that_graph_alone(endpoint):
    one = Graph(SPARQLStore(endpoint), identifier=URIRef(asked.GRAPH))
    assert {(o.value, o.language) for o in one.objects(PALMYRA, SKOS.prefLabel)} == asked.TOLD
    ((claims,),) = one.query(asked.MANY)
    assert claims.value == 0


def test_from_chooses_the_graph(store):
    chosen = asked.MANY.replace("WHERE", f"FROM <{asked.GRAPH}> WHERE")
    assert [row[0].value for row in Graph(store).query(chosen)] == [0]
    assert [row[0].value for row in Graph(store).query(asked.MANY)] == [asked.CLAIMS]


@pytest.mark.parametrize("query", [asked.WRONG, asked.LEAVES])
def test_an_error_is_told_and_no_empty_result(store, query):
    """By GET rdflib raises; by POST it hands over the status and its words in a result's place."""
    if store.method == "GET":
        with pytest.raises(ValueError, match="something wrong"):
            store.query(query)
    else:
        assert store.query(query)[0] == 400


def test_a_local_graph_asks_us_by_service(endpoint):
    own = Graph()
    own.add((PALMYRA, SKOS.note, Literal("visited")))
    query = f"""{asked.PREFIXES}SELECT ?name WHERE {{
      ?place skos:note "visited" . SERVICE <{endpoint}> {{ ?place skos:prefLabel ?name }}
    }}"""
    assert names(own.query(query)) == asked.TOLD
