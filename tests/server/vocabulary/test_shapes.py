"""The shapes, in words and for validators."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from kg.vocabulary import resource
from markup import Page
from server.show.term import Shown
from server.vocabulary.constraints import SHAPES, Shapes, count_in_words, read_triples

SH = "http://www.w3.org/ns/shacl#"
FORMS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}


@pytest.fixture(scope="session")
def files():
    return sorted(resource("shapes").glob("*.ttl"))


def test_the_shapes_lead_to_their_forms(client):
    answer = client.get("/shapes", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/shapes.ttl")
    assert "Accept" in answer.headers["Vary"]
    assert client.get("/shapes", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/shapes.png").status_code == 404


def canonical(*parts):
    """Triples from several parses, with blank nodes named alike wherever they stand alike."""
    found = Dataset(Quad(q.subject, q.predicate, q.object) for part in parts for q in part)
    found.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(found)


def test_every_form_holds_the_shapes_of_the_files(client, files):
    known = canonical(*(parse(path=str(path)) for path in files))
    assert len(known) > 1_500
    for suffix, form in FORMS.items():
        sent = parse(client.get(f"/shapes.{suffix}").data, format=form)
        assert canonical(sent) == known, suffix


def test_the_forms_are_the_same_bytes_each_time(files):
    assert list(read_triples(files)) == list(read_triples(files))


def test_every_shape_is_shown_with_its_message_and_linked_to_its_terms(client, files):
    page = Page(client.get("/shapes.html").text)
    words = " ".join(page.text.split())
    named = {
        t.subject.value.rpartition("#")[2]: t
        for t in read_triples(files)
        if getattr(t.subject, "value", "").startswith(f"{SHAPES}#")
    }
    assert len(named) > 180 and set(named) <= page.ids
    for triple in read_triples(files):
        if triple.predicate.value == f"{SH}message":
            assert " ".join(triple.object.value.split()) in words
    assert {"/ns.html#Claim", "/ns.html#voice", "/polarity/Positive.html"} <= set(page.links)
    inner = {link[1:] for link in page.links if link.startswith("#")} - {"main"}
    assert inner <= page.ids


def in_words(source: str, tmp_path) -> str:
    """What a shape named X asks, as a page has it."""
    path = tmp_path / "x.ttl"
    path.write_text(
        f"@prefix sh: <{SH}> . @prefix x: <urn:x:> . @prefix whs: <{SHAPES}#> .\n"
        f"whs:X a sh:PropertyShape ; {source} .",
        "utf-8",
    )
    shapes = Shapes(read_triples([path]), lambda iri: Shown(iri.rpartition(":")[2]))
    shape = shapes.shape("X")
    rules = ["".join(word.text for word in rule) for rule in shape.rules]
    return f"{''.join(word.text for word in shape.path)} | {'; '.join(rules)}"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("sh:path x:a ; sh:minCount 1 ; sh:maxCount 1", "a | exactly 1"),
        ("sh:path ( x:a x:b ) ; sh:equals x:c", "a, then b | the same as in c"),
        ("sh:path [ sh:alternativePath ( x:a x:b ) ] ; sh:maxCount 0", "a or b | none"),
        ("sh:path [ sh:inversePath x:a ] ; sh:minCount 2", "what has it as a | at least 2"),
        ("sh:in ( x:a x:b )", " | one of a, b"),
        ("sh:nodeKind sh:IRI ; sh:pattern '^a$'", " | an IRI; matching ^a$"),
        (
            "sh:or ( [ sh:class x:a ] [ sh:path x:b ; sh:minCount 1 ] )",
            " | (of the class a) or (b: at least 1)",
        ),
        ("sh:not [ sh:hasValue x:a ]", " | not (among them a)"),
        (
            "sh:path x:a ; sh:qualifiedValueShape [ sh:class x:b ] ; sh:qualifiedMinCount 1",
            "a | at least 1 that: of the class b",
        ),
    ],
)
def test_constraints_in_words(source, words, tmp_path):
    assert in_words(source, tmp_path) == words


def test_no_constraint_of_the_shapes_is_passed_over(files):
    """Each of SHACL's terms that the files use is one that the page has words for."""
    used = {m for path in files for m in re.findall(r"\bsh:(\w+)", path.read_text("utf-8"))}
    known = (
        "NodeShape PropertyShape targetClass property message path alternativePath inversePath "
        "zeroOrMorePath minCount maxCount class datatype hasValue equals lessThan lessThanOrEquals "
        "minInclusive maxInclusive nodeKind IRI in minLength pattern uniqueLang "
        "qualifiedValueShape qualifiedMinCount qualifiedMaxCount not or xone"
    )
    assert used <= set(known.split())


def test_how_many_in_words():
    assert count_in_words(None, None) == "" and count_in_words(1, 3) == "at least 1, at most 3"
