"""The first page; what holds for all pages; hostile content."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from urllib.parse import urldefrag, urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.init import init_workspace
from kg.release.build import build
from kg.release.read import open_release
from kg.workspace import open_workspace
from markup import Page
from server import create_app
from server.headers import HEADERS
from server.site import follow

BASE = "https://example.org/valley/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
GRAPH = NamedNode(f"{BASE}graph/authorities")
SCRIPTED = ("/map", "/sparql")
"""The pages that run scripts of this site."""
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_the_first_page_has_three_questions_with_answers_the_release_and_how_to_query(
    client, release
):
    found = Page(client.get("/").text)
    assert found.tags.count("table") == 3
    assert "/ask/who-held.html?place=aven-bridge&date=2026-03-05" in found.links
    assert found.says(release.digest) and found.says("4,") and found.says("/sparql")
    assert "/article" in found.links and found.says("@misc{whoholds-")
    words = [link for link in found.links if link.endswith("#words")]
    assert words and all(client.get(link).status_code == 200 for link in words)


def test_the_lines_that_the_first_page_gives_to_programs_get_a_table(client):
    found = Page(client.get("/").text).text
    address = re.search(r"curl '(http://localhost/ask/[^']+)'", found)[1]
    assert found.count(address) == 3 and f'read.csv("{address}")' in found
    assert client.get(address).mimetype == "text/csv"
    query = re.search(r"--data-urlencode 'query=([^']+)'", found)[1]
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200 and answer.text.startswith("place,claims")


def test_the_first_page_lists_the_files_of_a_release_that_lists_them(altered):
    release = altered(version="2026.1")
    listed = [{"name": "claims.csv", "media": "text/csv", "says": "claims", "bytes": 2048}]
    (release.folder / "files.json").write_text(json.dumps(listed), "utf-8")
    found = Page(create_app(release).test_client().get("/").text)
    assert "/dumps/altered/claims.csv" in found.links and found.says("2.0 kB, claims")
    assert found.says("Version 2026.1") and found.says("@misc{whoholds-2026.1,")


def test_every_page_leads_to_what_the_application_has_and_says_where_one_is(client):
    for address in ("/", "/ask", "/search", "/sparql", "/about"):
        text = client.get(address, headers={"Accept": "text/html"}).text
        found = Page(text)
        assert {"/", "/ask", "/search", "/sparql", "/about", "/limits"} <= set(found.links), address
        assert f'<a href="{address}" aria-current="page">' in text
        assert found.tags.count("nav") >= 2 and "#main" in found.links


def test_the_list_of_articles_is_data_too(client):
    rows = client.get("/article.json").json["rows"]
    assert {row["article"].rpartition("/")[2] for row in rows} >= {"aven", "aven-arabic"}
    assert client.get("/article.csv").text.startswith("article,title,publisher,published,claims")
    assert client.get("/article.xls").status_code == 404


def test_a_first_page_is_light(client):
    sent = [client.get(one).data for one in ("/", "/static/style.css", "/static/things.css")]
    assert len(gzip.compress(b"".join(sent))) < 150 * 1024


def test_a_release_without_articles_still_has_a_first_page(tmp_path):
    init_workspace(tmp_path / "empty", base="https://example.org/empty/", title="Nothing yet")
    folder = tmp_path / "releases"
    build(open_workspace(tmp_path / "empty"), folder, jobs=1)
    client = create_app(open_release(folder)).test_client()
    for address in ("/", "/ask", "/article", "/sparql?query=ASK{}", "/ask/who-held"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/ask", "/article/aven.html", "/nowhere", "/static/style.css"]
)
def test_every_answer_forbids_what_pages_do_not_need(client, address):
    answer = client.get(address)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "'none'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.slow
def test_all_pages_are_sound_and_no_link_is_broken(client):
    waiting, seen, pages = ["/"], {"/"}, 0
    while waiting:
        answer = client.get(address := waiting.pop(), headers={"Accept": "text/html"})
        assert answer.status_code in (200, 303), address
        if answer.mimetype != "text/html" or answer.status_code == 303:
            continue
        pages += 1
        found = Page(answer.text)
        assert "script" not in found.tags or address.startswith(SCRIPTED), address
        assert "style" not in found.tags, address
        assert found.tags.count("h1") == found.tags.count("main") == 1, address
        assert all(urlsplit(one).netloc == "" for one in found.loads), address
        for link in found.links:
            parts = urlsplit(link)
            assert parts.scheme in ("", "http", "https"), (address, link)
            if not parts.netloc and (target := urldefrag(link).url) not in seen:
                seen.add(target)
                waiting += [target] if target else []
    assert pages > 300


def test_the_style_sheet_asks_for_nothing_from_elsewhere(client):
    css = client.get("/static/style.css").text
    assert "url(" not in css and "@import" not in css
    assert "prefers-color-scheme: dark" in css


@pytest.fixture(scope="module")
def hostile(altered_once, valley):
    """The release with labels and links that somebody wrote to harm."""
    actor = NamedNode(f"{BASE}actor/ines-varro")
    label, match = NamedNode(f"{SKOS}altLabel"), NamedNode(f"{SKOS}exactMatch")
    place = NamedNode(f"{BASE}place/aaa")
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads = [
        Quad(actor, label, Literal(SCRIPT, language="en"), GRAPH),
        Quad(actor, label, Literal("\u202eevil\u2066", language="en"), GRAPH),
        Quad(actor, label, Literal("x" * 10_000), GRAPH),
        Quad(actor, match, NamedNode("javascript:alert(1)"), GRAPH),
        Quad(actor, match, NamedNode("data:text/html,x"), GRAPH),
        Quad(place, kind, NamedNode("https://w3id.org/whoholds/ns#Place"), GRAPH),
        Quad(place, NamedNode(f"{SKOS}prefLabel"), Literal(SCRIPT, language="en"), GRAPH),
    ]
    evil = altered_once(*quads, title=SCRIPT, publisher=SCRIPT)
    return create_app(evil, valley.content).test_client()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/actor/ines-varro.html",
        "/place/aaa.html",
        "/ask/who-held",
        "/ask/who-held?place=%3Cscript%3Ealert(1)%3C/script%3E&date=x",
        "/ask/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/sparql?query=SELECT * { ?s skos:altLabel|skos:exactMatch|skos:prefLabel ?o }",
        "/sparql?query=%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_hostile_content_is_shown_as_text(hostile, address):
    answer = hostile.get(address, headers={"Accept": "text/html"})
    found = Page(answer.text)
    assert answer.mimetype == "text/html"
    assert "img" not in found.tags
    scripts = [one for one in found.loads if one.endswith(".js")]
    assert found.tags.count("script") == len(scripts)
    assert not [link for link in found.links if link.lower().startswith(("javascript", "data"))]


def test_hostile_content_is_there_nevertheless(hostile):
    found = Page(hostile.get("/actor/ines-varro.html").text)
    assert "<script>alert(1)</script>" in found.text and "javascript:alert(1)" in found.text
    assert '<bdi lang="en">\u202eevil\u2066</bdi>' in hostile.get("/actor/ines-varro.html").text


@pytest.mark.slow
def test_a_new_release_is_served_without_a_restart(valley, tmp_path):
    workspace = open_workspace(shutil.copytree(valley.root, tmp_path / "valley"))
    folder = tmp_path / "releases"
    build(workspace, folder, jobs=1)
    client = create_app(follow(folder)).test_client()
    before = client.get("/article/aven.html").text
    mapping = workspace.mapping_path("aven")
    source = mapping.read_text("utf-8")
    mapping.write_text(source.replace("Troops take Aven bridge", "Another title"), "utf-8")
    build(open_workspace(workspace.root), folder, jobs=1)
    after = client.get("/article/aven.html").text
    assert "Another title" in after and "Another title" not in before
    assert "Another title" in client.get("/").text
