"""The page of a day, its data, and what other pages show of it."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.init import init_workspace
from kg.release.build import build
from kg.release.read import open_release
from kg.workspace import open_workspace
from markup import Page
from server import create_app
from server.headers import HEADERS
from server.map import svg_of

SKOS = "http://www.w3.org/2004/02/skos/core#"
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
DAY = "day=2026-03-05"


def read(client, address):
    return Page(client.get(address).text)


def test_the_page_shows_the_day_with_most_places_by_one_origin_that_it_names(client):
    answer = client.get("/map")
    found = Page(answer.text)
    assert answer.status_code == 200 and found.tags.count("h1") == 1
    assert found.says("the origin that speaks of most places on this day")
    assert {"map-wide-title", "map-wide-desc", "map-narrow-title"} <= found.ids
    assert found.tags.count("table") == 1


def test_all_sources_together_are_said_to_be_that(client):
    found = read(client, f"/map?{DAY}&origin=all")
    assert found.says("All sources taken together, as if they were one")
    assert found.says("Boundaries are there for orientation and endorse nobody.")


def test_script_is_allowed_on_the_map_alone_and_only_our_own(client):
    policy = client.get("/map").headers["Content-Security-Policy"]
    assert policy.startswith(HEADERS["Content-Security-Policy"])
    assert "script-src 'self'; connect-src 'self'" in policy and "unsafe" not in policy
    for address in ("/", "/map.json", "/map?day=x"):
        served = client.get(address).headers["Content-Security-Policy"]
        assert ("script-src" in served) == address.startswith("/map?")
    loads = read(client, "/map").loads
    assert all(load.startswith("/static/") or load == "/map" for load in loads)


def test_the_table_has_the_rows_of_the_data(client):
    rows = json.loads(client.get(f"/map.json?{DAY}&origin=all").text)["rows"]
    assert rows
    text = read(client, f"/map?{DAY}&origin=all").text
    for row in rows:
        assert row["placeLabel"] in text and row["holderLabel"] in text
    lines = list(csv.DictReader(io.StringIO(client.get(f"/map.csv?{DAY}&origin=all").text)))
    assert [line["period"] for line in lines] == [row["period"] for row in rows]
    features = json.loads(client.get(f"/map.geojson?{DAY}&origin=all").text)["features"]
    assert [one["properties"]["period"] for one in features] == [row["period"] for row in rows]
    assert {one["geometry"]["type"] for one in features if one["geometry"]} == {"Point"}


def test_an_origin_of_the_day_can_be_chosen_by_the_address(client):
    rows = json.loads(client.get(f"/map.json?{DAY}").text)
    assert rows["origin"]
    origin = rows["origin"].removeprefix("https://example.org/valley/")
    chosen = json.loads(client.get(f"/map.json?{DAY}&origin={origin}").text)
    assert chosen["rows"] == rows["rows"] and {r["origin"] for r in chosen["rows"]} == {
        rows["origin"]
    }


def test_a_day_of_which_nothing_is_known_is_shown_as_unknown(client):
    found = read(client, "/map?day=1900-01-01&origin=all")
    assert found.says("That is not to say that nobody held anything.")
    data = json.loads(client.get("/map.json?day=1900-01-01&origin=all").text)
    assert data["rows"] == [] and data["unknown"]
    header = client.get("/map.csv?day=1900-01-01&origin=all").text.splitlines()
    full = client.get(f"/map.csv?{DAY}&origin=all").text.splitlines()
    assert header == full[:1]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("day=yesterday", "expected a day like"),
        ("origin=actor/nobody", "expected all, actor/… or article/…"),
        ("extent=1,2,3", "expected west,south,east,north"),
        ("dya=2026-03-05", "no parameter 'dya'"),
        ("day=2026-03-05&day=2026-03-06", "is given 2 times"),
    ],
)
def test_a_wrong_parameter_is_explained(client, query, says):
    page, data = client.get(f"/map?{query}"), client.get(f"/map.json?{query}")
    assert page.status_code == data.status_code == 400
    assert Page(page.text).says(says) and says in data.get_json(force=True)["detail"]


def test_there_is_no_other_form(client):
    assert client.get("/map.xls").status_code == 404


def test_the_days_of_change_are_linked(client):
    found = read(client, f"/map?{DAY}&origin=all")
    days = [link for link in found.links if link.startswith("/map?day=")]
    assert days and all("origin=all" in link for link in days)


def test_other_pages_show_the_map_without_script(client):
    with client.application.test_request_context("/"):
        found = Page(svg_of())
    assert found.tags.count("svg") >= 3 and "script" not in found.tags
    assert found.says("endorse nobody")


def test_a_release_without_periods_has_a_page_and_no_map(tmp_path):
    init_workspace(tmp_path / "empty", base="https://example.org/empty/", title="Nothing yet")
    build(open_workspace(tmp_path / "empty"), tmp_path / "releases", jobs=1)
    client = create_app(open_release(tmp_path / "releases")).test_client()
    assert read(client, "/map").says("there is nothing to map")
    assert client.get("/map.json").status_code == 404
    with client.application.test_request_context("/"):
        assert svg_of() == ""


def test_hostile_names_are_shown_as_text(altered, release):
    rows = create_app(release).test_client().get(f"/map.json?{DAY}&origin=all").get_json()["rows"]
    graph = NamedNode("https://example.org/valley/graph/authorities")
    named = [
        Quad(
            NamedNode(rows[0][of]),
            NamedNode(f"{SKOS}prefLabel"),
            Literal(text, language="en"),
            graph,
        )
        for of, text in (("place", f" {SCRIPT}"), ("holder", "\u202e" + "x" * 10_000))
    ]
    client = create_app(altered(*named)).test_client()
    found = read(client, f"/map?{DAY}&origin=all")
    assert found.tags.count("script") == 2 and "img" not in found.tags
    assert "<script>alert(1)</script>" in found.text
