"""Search: over names in all languages and variants, quotations and titles."""

from __future__ import annotations

import csv
import io

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from markup import Page
from server import create_app

BASE = "https://example.org/valley/"
ALSO = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
GRAPH = NamedNode(f"{BASE}graph/authorities")


def hits(client, **query):
    return client.get("/search.json", query_string=query).json["rows"]


def page(client, **query):
    answer = client.get("/search", query_string=query)
    assert answer.status_code == 200
    return Page(answer.text)


def test_nothing_asked_says_what_to_type(client):
    for query in ({}, {"q": "  "}, {"q": "—"}):
        found = page(client, **query)
        assert found.says("Type a name as you know it")
    assert hits(client) == []


@pytest.mark.parametrize(
    ("typed", "thing", "how"),
    [
        ("aven bridge", "place/aven-bridge", "exact"),
        ("AVEN-BRIDGE", "place/aven-bridge", "exact"),
        ("the army", "actor/government-troops", "exact"),
        ("free valley", "actor/free-valley-council", "beginning"),
        ("troops", "actor/government-troops", "words"),
        ("overnment", "actor/valley-government", "part"),
        ("guard valley", "actor/free-valley-guard", "scattered"),
        ("حكومه الوادى", "actor/valley-government", "exact"),
        ("حُكـومة", "actor/valley-government", "beginning"),
        ("ايدو", "actor/ido-sale", "beginning"),
        ("Inés Vårro", "actor/ines-varro", "exact"),
        ("Ines Varo", "actor/ines-varro", "nearly"),
        ("brigde", "place/aven-bridge", "nearly"),
    ],
)
def test_a_thing_is_found_by_what_people_type(client, typed, thing, how):
    found = {hit["thing"]: hit["how"] for hit in hits(client, q=typed)}
    assert found[BASE + thing] == how


def test_the_better_match_comes_first(client):
    found = hits(client, q="aven", kind="place")
    assert found[0]["thing"] == f"{BASE}place/aven" and found[0]["how"] == "exact"
    order = ["exact", "beginning", "words", "part", "scattered", "nearly"]
    ranks = [order.index(hit["how"]) for hit in found]
    assert len(found) > 1 and ranks == sorted(ranks)


def test_each_thing_is_found_once_with_the_text_that_matched(client):
    found = hits(client, q="army")
    assert len({hit["thing"] for hit in found}) == len(found)
    army = next(hit for hit in found if hit["thing"].endswith("government-troops"))
    assert (army["name"], army["matched"], army["as"]) == (
        "Government troops",
        "the army",
        "other name",
    )


def test_quotations_and_titles_are_found_and_lead_to_their_pages(client):
    quoted, *_ = [hit for hit in hits(client, q="hold both banks") if hit["kind"] == "quotation"]
    assert quoted["matched"] == "We hold both banks" and quoted["as"] == "quotation"
    assert client.get(quoted["page"]).status_code == 200
    found = page(client, q="both banks")
    assert "both banks" in found.marked and quoted["page"] in found.links
    titles = [hit for hit in hits(client, q="troops take") if hit["kind"] == "article"]
    assert titles and titles[0]["as"] == "title"


def test_no_hit_says_what_to_do(client):
    found = page(client, q="Zyzzyva")
    assert found.says("Nothing here is called “Zyzzyva”") and found.says("Try one word")
    assert "/ask" in found.links


def test_a_slip_is_told(client):
    assert page(client, q="brigde").says("Nothing is spelt “brigde”")


def test_csv_has_the_same_rows(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv?q=aven").text)))
    assert rows == hits(client, q="aven")
    assert client.get("/search.csv?q=aven").mimetype == "text/csv"


@pytest.mark.parametrize(
    ("query", "said"),
    [("q=a&kind=tree", "kind is 'tree'"), (f"q={'a' * 201}", "201")],
)
def test_wrong_parameters_are_said_to_be_wrong(client, query, said):
    answer = client.get(f"/search.json?{query}")
    assert answer.status_code == 400 and said in answer.json["detail"]


def test_many_hits_are_paged(altered):
    many = [
        Quad(NamedNode(f"{BASE}place/p{i:03}"), ALSO, Literal(f"Orrin {i}"), GRAPH)
        for i in range(120)
    ]
    client = create_app(altered(*many)).test_client()
    first = page(client, q="orrin")
    assert first.says("Places 120")
    (all_,) = [link for link in first.links if "kind=place" in link]
    assert "kind=place" in all_ and Page(client.get(all_).text).says("page 1 of 3")
    last = page(client, q="orrin", kind="place", page=3)
    assert last.tags.count("li") == 20 and last.says("page 3 of 3")
    answer = client.get("/search.json?q=orrin&kind=place&page=9")
    assert answer.status_code == 404 and "pages 1 to 1" in answer.json["detail"]
    assert len(hits(client, q="orrin")) == 120


def test_hostile_names_are_found_as_text(altered):
    place = NamedNode(f"{BASE}place/aven")
    names = ["<script>alert(1)</script>", "\u202egnorts\u2066 zzz", "y" * 10_000]
    client = create_app(
        altered(*(Quad(place, ALSO, Literal(name), GRAPH) for name in names))
    ).test_client()
    for typed in ("<script>alert(1)</script>", "zzz", "yyyy", "<", "%", "\u202e", "\x00a"):
        found = page(client, q=typed)
        assert "script" not in found.tags
    assert "scriptalert" not in page(client, q="script").text
    assert page(client, q="alert").says("<script>alert(1)</script>")
    assert len(page(client, q="yyyy").text) < 5_000


def test_what_is_not_to_be_shown_is_not_found(altered, valley):
    client = create_app(altered(excerpt="none"), valley.content).test_client()
    assert not [hit for hit in hits(client, q="hold both banks") if hit["kind"] == "quotation"]
    assert hits(client, q="aven bridge")
