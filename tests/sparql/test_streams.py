"""Results written piece by piece: the same bytes as at once, and counted on the way."""

from __future__ import annotations

import io

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.results import write_result, write_result_to
from kg.sparql.streams import Rows, SoundXml

WORDS = ['},{"x":{"type":"', "<result>", "a\nb\r\nc", '"', '[{"', "é\x7f\r", "\\", ",{", ""]
NAMES = Names("https://example.org/")


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    for i in range(1200):
        node = NamedNode(f"https://example.org/{i}")
        store.add(Quad(node, NamedNode("https://example.org/p"), Literal(WORDS[i % len(WORDS)])))
    return store


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv", "nothing-known"])
def test_rows_are_counted_whatever_their_words_are(store, form):
    out = io.BytesIO()
    query = "SELECT * { ?s ?p ?o OPTIONAL { ?o ?none ?é } }"
    assert write_result_to(store.query(query), form, NAMES, out) == 1200
    assert out.getvalue() == write_result(store.query(query), form, NAMES)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_are_counted_wherever_the_pieces_end(store, form):
    content = write_result(store.query("SELECT ?o { ?s ?p ?o } LIMIT 90"), form, NAMES)
    rows = Rows(io.BytesIO(), form)
    for i in range(len(content)):
        rows.write(content[i : i + 1])
    assert rows.count == 90


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf", "jsonld"])
def test_statements_are_counted(store, form):
    found = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 7")
    assert write_result_to(found, form, NAMES, io.BytesIO()) == 7


def test_a_yes_is_one(store):
    assert write_result_to(store.query("ASK {}"), "xml", NAMES, io.BytesIO()) == 1


def test_xml_is_sound_wherever_the_pieces_end():
    out, content = io.BytesIO(), "é\r\t\x7f\U00010400\ufffd".encode()
    sound = SoundXml(out, "JSON")
    for i in range(len(content)):
        sound.write(content[i : i + 1])
    assert out.getvalue().decode() == "é&#13;\t\x7f\U00010400\ufffd"


@pytest.mark.parametrize("sign", ["\0", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_write_is_refused_wherever_it_stands(sign):
    store = Store()
    store.add(Quad(NamedNode("x:a"), NamedNode("https://example.org/p"), Literal(f"é{sign}b")))
    select, construct = "SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    said = rf"the character U\+{ord(sign):04X}.*Ask for (JSON|Turtle), or another form"
    for query, form in ((select, "xml"), (construct, "rdf")):
        with pytest.raises(QueryRefused, match=said):
            write_result(store.query(query), form, NAMES)
    for query, form in ((select, "json"), (construct, "ttl"), (construct, "jsonld")):
        assert write_result(store.query(query), form, NAMES)
