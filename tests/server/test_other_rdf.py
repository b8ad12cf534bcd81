"""A release of other people's RDF: its pages show what there is, and lead nowhere else."""

import re

import pytest

from kg.release.adhoc import Source, publish_files
from kg.release.read import open_release
from kg.workspace import Settings
from server import create_app

BASE = "https://example.org/valley/"
TEXT = """
@prefix ex: <https://example.org/valley/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:bridge a ex:Bridge ; skos:prefLabel "Aven bridge"@en, "جسر آفن"@ar ;
  ex:near [ skos:prefLabel "ford" ] ; ex:seen "2014-02-30"^^<urn:day> .
<urn:isbn:1> skos:prefLabel "A book" ; ex:about ex:bridge .
_:x ex:crosses ex:bridge .
"""
PAGES = ("", "search", "search?q=aven", "search?q=book", "search?q=none", "map", "ask",
         "ask/who-held", "disagreements", "article", "about", "limits", "corrections",
         "labels-policy", "dumps/", "bridge.html", "graph/a.ttl.html")  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("other")
    (folder / "a.ttl").write_text(TEXT, "utf-8")
    settings = Settings(base=BASE, title="Valley", licence="")
    publish_files([Source(folder / "a.ttl", f"{BASE}graph/a.ttl")], folder / "releases", settings)
    return create_app(open_release(folder / "releases")).test_client()


def page(client, path):
    return client.get(f"/{path}", headers={"Accept": "text/html"})


@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands(client, path):
    answer = page(client, path)
    assert answer.status_code == 200
    assert 'href=""' not in answer.text and "None" not in answer.text


@pytest.mark.parametrize("path", ["", "search?q=aven", "about", "dumps/", "bridge.html"])
def test_no_link_of_ours_leads_to_what_is_not_there(client, path):
    for target in sorted(set(re.findall(r'href="(/[^"#]*)"', page(client, path).text))):
        found = client.get(target.replace("&amp;", "&"), headers={"Accept": "text/html"})
        assert found.status_code in {200, 303}, target


def test_the_first_page_speaks_of_the_files_alone(client):
    text = page(client, "").text
    assert "Valley" in text and "licence unstated" in text
    assert not re.search(r"Disagreements|Questions|/map|quotations|Evidence of who", text)


def test_a_thing_has_its_page_and_its_data(client):
    text = page(client, "bridge.html").text
    assert "Aven bridge" in text and "جسر آفن" in text
    turtle = client.get("/bridge.ttl")
    assert turtle.status_code == 200 and "جسر آفن" in turtle.text
    assert all('rel="license"' not in link for link in turtle.headers.getlist("Link"))


def test_the_endpoint_answers_with_the_usual_prefixes(client):
    query = 'SELECT ?thing { ?thing skos:prefLabel "جسر آفن"@ar ; rdf:type ?class }'
    answer = client.get("/sparql.csv", query_string={"query": query})
    assert answer.text.split() == ["thing", f"{BASE}bridge"]


def test_the_files_are_offered(client):
    listed = client.get("/dumps/", headers={"Accept": "application/json"}).get_json()
    assert [one["name"] for one in listed["files"]] == [
        "data.nq", "metadata.nq", "release.json", "files.json", "SHA256SUMS"
    ]  # fmt: skip
    assert all(client.get(one["href"]).status_code == 200 for one in listed["files"])
