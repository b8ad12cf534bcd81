"""SPARQLWrapper and what is built on it: each way of asking, each format of an answer."""

import csv
import io

import pytest
from rdflib import Graph, Literal, URIRef

from clients import asked

wrapper = pytest.importorskip("SPARQLWrapper", reason="needs SPARQLWrapper: the extra 'clients'")
frames = pytest.importorskip("sparql_dataframe", reason="needs sparql-dataframe: extra 'clients'")

WAYS = {
    "GET": (wrapper.GET, wrapper.URLENCODED),
    "POST of a form": (wrapper.POST, wrapper.URLENCODED),
    "POST of the query": (wrapper.POST, wrapper.POSTDIRECTLY),
}


@pytest.fixture(params=WAYS)
def client(request, endpoint):
    method, form = WAYS[request.param]
    made = wrapper.SPARQLWrapper(endpoint)
    made.setMethod(method)
    made.setRequestMethod(form)
    return made


def answer(client, query, form):
    client.setQuery(query)
    client.setReturnFormat(form)
    return client.queryAndConvert()


def test_json_has_languages(client):
    rows = answer(client, asked.NAMES, wrapper.JSON)["results"]["bindings"]
    assert {(row["name"]["value"], row["name"]["xml:lang"]) for row in rows} == asked.TOLD


def test_json_has_types(client):
    (row,) = answer(client, asked.DATED, wrapper.JSON)["results"]["bindings"]
    assert row["day"]["value"] == asked.DAY and row["day"]["datatype"].endswith("#date")
    assert row["least"]["value"] == "7" and row["least"]["datatype"].endswith("#integer")


def test_xml(client):
    document = answer(client, asked.NAMES, wrapper.XML)
    found = document.getElementsByTagName("literal")
    assert {(n.firstChild.data, n.getAttribute("xml:lang")) for n in found} == asked.TOLD


def test_csv(client):
    text = answer(client, asked.NAMES, wrapper.CSV).decode("utf-8")
    assert [row["name"] for row in csv.DictReader(io.StringIO(text))] == ["Palmyra", "تدمر"]


def test_yes_and_no(client):
    assert answer(client, asked.YES, wrapper.JSON)["boolean"] is True
    assert answer(client, asked.NO, wrapper.JSON)["boolean"] is False


@pytest.mark.parametrize("form", ["turtle", "rdf+xml"])
def test_graphs(client, form):
    made = answer(client, asked.GRAPH_OF_NAMES, form)
    graph = made if isinstance(made, Graph) else Graph().parse(data=made, format="turtle")
    assert {(o.value, o.language) for o in graph.objects(URIRef(asked.PALMYRA))} == asked.TOLD
    assert all(isinstance(o, Literal) for o in graph.objects())


def test_graphs_that_are_chosen(client, endpoint):
    client.addParameter("default-graph-uri", f"{endpoint.rpartition('/')[0]}/none")
    with pytest.raises(Exception, match=r"400|[Bb]ad"):
        answer(client, asked.NAMES, wrapper.JSON)
    client.clearParameter("default-graph-uri")
    client.addParameter("default-graph-uri", asked.GRAPH)
    assert len(answer(client, asked.NAMES, wrapper.JSON)["results"]["bindings"]) == 2
    assert answer(client, asked.MANY, wrapper.JSON)["results"]["bindings"][0]["claims"][
        "value"
    ] == "0"  # fmt: skip


@pytest.mark.parametrize("query", [asked.WRONG, asked.LEAVES])
def test_an_error_is_an_exception_and_no_empty_result(client, query):
    client.setReturnFormat(wrapper.JSON)
    client.setQuery(query)
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed):
        client.query()


@pytest.mark.parametrize("post", [False, True])
def test_a_data_frame(endpoint, post):
    names = frames.get(endpoint, asked.NAMES, post=post)
    assert list(names["name"]) == ["Palmyra", "تدمر"]
    assert int(frames.get(endpoint, asked.MANY, post=post)["claims"][0]) == asked.CLAIMS
    with pytest.raises(Exception, match=r"400|[Bb]ad"):
        frames.get(endpoint, asked.LEAVES, post=post)
