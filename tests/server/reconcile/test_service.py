"""The reconciliation service: the manifest, queries, suggestions, previews, data extension."""

from __future__ import annotations

import json
import shutil

import pytest

from kg.release.build import build
from kg.release.read import open_release
from kg.workspace import open_workspace
from markup import Page
from paths import FIXTURES
from server import create_app

BATCH = {"q0": {"query": "Aven"}, "q1": {"query": "جسر آفن", "type": "Place"}, "": {"query": "zz"}}


def test_the_manifest_says_what_there_is(service):
    found = service.get("/reconcile").json
    assert found["versions"] == ["0.2"] and found["batchSize"] == 100
    assert found["identifierSpace"] == "https://example.org/valley/"
    assert [one["id"] for one in found["defaultTypes"]] == ["Place", "Actor", "Event"]
    assert found["view"]["url"] == "http://localhost/{{id}}"
    below = service.get("/reconcile", environ_overrides={"SCRIPT_NAME": "/below"}).json
    assert below["preview"]["url"] == "http://localhost/below/reconcile/preview?id={{id}}"


def test_every_address_of_the_manifest_answers(service):
    found = service.get("/reconcile").json
    name = "place%2Faven"
    assert service.get(found["view"]["url"].replace("{{id}}", name)).status_code == 303
    assert service.get(found["preview"]["url"].replace("{{id}}", name)).mimetype == "text/html"
    assert service.get(found["feature_view"]["url"].replace("{{id}}", "country")).status_code == 200
    assert service.get(found["documentation"]).status_code == 200
    assert service.get(found["logo"]).status_code == 200
    ids = {"entity": name, "type": "place-type%2FTown", "property": "country"}
    for what, one in found["suggest"].items():
        address = one["service_url"] + one["service_path"]
        assert service.get(address, query_string={"prefix": "a"}).json["result"]
        flyout = one["flyout_service_url"] + one["flyout_service_path"]
        shown = service.get(flyout.replace("${id}", ids[what])).json
        assert shown["id"] and shown["html"].startswith("<p><strong><bdi>")
    proposed = found["extend"]["propose_properties"]
    assert service.get(proposed["service_url"] + proposed["service_path"]).json["properties"]


def test_a_batch_is_answered_alike_by_post_and_get(service, send):
    posted = send(queries=BATCH)
    got = service.get("/reconcile", query_string={"queries": json.dumps(BATCH)})
    assert posted.mimetype == got.mimetype == "application/json"
    assert posted.json == got.json and list(posted.json) == list(BATCH)
    assert posted.json[""] == {"result": []}
    best = posted.json["q0"]["result"][0]
    assert (best["id"], best["name"], best["match"]) == ("place/aven", "Aven", True)
    assert best["description"] == "Town in Aven district, Tarn"
    assert [one["id"] for one in best["type"]] == ["place-type/Town", "Place"]
    assert posted.json["q1"]["result"][0]["id"] == "place/aven-bridge"
    assert send(queries={}).json == {}


def test_a_gazetteer_knows_other_places_of_a_name(shipped_releases):
    client = create_app(open_release(shipped_releases)).test_client()

    def first(**asked):
        batch = json.dumps({"q": asked})
        return client.post("/reconcile", data={"queries": batch}).json["q"]["result"][0]

    iraq = [{"pid": "country", "v": "Iraq"}]
    assert first(query="Sinjar")["match"] is False
    assert first(query="Sinjar", properties=iraq)["match"] is True
    assert first(query="Palmyra")["match"] is True


def test_what_is_kept_is_checked_and_open_to_all(service, send):
    address = f"/reconcile?queries={json.dumps(BATCH)}"
    got = service.get(address)
    assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age" in got.headers["Cache-Control"] and got.last_modified
    tag = {"If-None-Match": got.headers["ETag"]}
    assert service.get(address, headers=tag).status_code == 304
    assert service.get("/reconcile", headers=tag).status_code == 200
    posted = send(queries=BATCH)
    assert posted.headers["Access-Control-Allow-Origin"] == "*"
    assert posted.headers["Cache-Control"] == "no-cache"
    asks = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
    allowed = service.options("/reconcile", headers=asks).headers
    assert "POST" in allowed["Access-Control-Allow-Methods"]


def test_only_previews_are_shown_in_frames_of_others(service):
    for address in ("/reconcile/preview?id=place/aven", "/reconcile/feature?id=name"):
        policy = service.get(address).headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy and "default-src 'none'" in policy
    policy = service.get("/reconcile").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy


def test_a_preview_is_a_whole_page_that_loads_no_more_than_style(service):
    page = Page(service.get("/reconcile/preview?id=place/aven-bridge").text)
    assert "Aven bridge" in page.text and "جسر آفن" in page.text
    assert page.loads == ["/static/style.css"] and page.links == ["/place/aven-bridge.html"]


def test_an_older_client_gets_a_script(service):
    got = service.get("/reconcile?callback=jQuery1.done_2")
    assert got.mimetype == "application/javascript"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    start, end = "/**/jQuery1.done_2(", ");"
    assert got.text.startswith(start) and got.text.endswith(end)
    assert json.loads(got.text[len(start) : -len(end)]) == service.get("/reconcile").json


@pytest.mark.parametrize("name", ["alert(1)//", "a b", "a..b", "<x>", "x" * 200, ""])
def test_a_callback_that_is_no_name_is_refused(service, name):
    assert service.get("/reconcile", query_string={"callback": name}).status_code == 400


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        ("entity?prefix=av", ["place/aven", "place/aven-bridge"]),
        ("entity?prefix=bri", ["place/bridges-of-the-valley", "place/aven-bridge"]),
        ("entity?prefix=آف", ["place/aven"]),
        ("entity?prefix=place/holm", ["place/holm"]),
        ("entity?prefix=", []),
        ("type?prefix=tow", ["place-type/Town"]),
        ("property?prefix=coun", ["country"]),
    ],
)
def test_suggestions_begin_so(service, address, ids):
    found = [one["id"] for one in service.get(f"/reconcile/suggest/{address}").json["result"]]
    assert found[: len(ids)] == ids


def test_suggestions_go_on_at_a_cursor(service):
    every = service.get("/reconcile/suggest/type?prefix=").json["result"]
    rest = service.get("/reconcile/suggest/type?prefix=&cursor=3").json["result"]
    assert every[3:] == rest[: len(every) - 3] and len(every) == 20


def test_properties_are_proposed_by_type(service):
    def proposed(query=""):
        return [
            one["id"] for one in service.get(f"/reconcile/properties{query}").json["properties"]
        ]

    assert {"coordinates", "gained-by", "holders"} <= set(proposed())
    assert "coordinates" in proposed("?type=place-type/Town")
    assert "coordinates" not in proposed("?type=Event") and "gained-by" in proposed("?type=Event")
    assert service.get("/reconcile/properties?type=Place&limit=2").json["limit"] == 2
    assert service.get("/reconcile/properties?type=Plaec").status_code == 400


def test_data_extension_fetches_values(send):
    names = ("name-en", "name-ar", "coordinates", "latitude", "type", "part-of", "country")
    asked = [*names, "other-names", "exact-match", "wikidata", "first-day"]
    query = {
        "ids": ["place/aven-bridge", "https://example.org/valley/actor/valley-monitor"],
        "properties": [{"id": one} for one in asked],
    }
    found = send(extend=query).json
    assert [one["id"] for one in found["meta"]] == asked
    bridge = found["rows"]["place/aven-bridge"]
    assert bridge["name-ar"] == [{"str": "جسر آفن"}] and bridge["type"] == [{"str": "Facility"}]
    assert bridge["part-of"] == [{"id": "place/aven", "name": "Aven"}]
    assert bridge["country"] == [{"id": "place/tarn", "name": "Tarn"}]
    assert bridge["other-names"] == [{"str": "the bridge"}]
    assert bridge["exact-match"] == [{"str": "https://example.org/almanac/3"}]
    assert bridge["wikidata"] == [] and bridge["first-day"] == []
    latitude = bridge["latitude"][0]["float"]
    assert bridge["coordinates"][0]["str"].startswith(f"{latitude:g},")
    actor = found["rows"]["https://example.org/valley/actor/valley-monitor"]
    assert actor["name-en"] == [{"str": "Valley Monitor"}] and actor["coordinates"] == []


def test_data_extension_asks_who_held_a_place(send):
    def held(**settings):
        asked = {"id": "holders", "settings": settings}
        found = send(extend={"ids": ["place/aven-bridge"], "properties": [asked]})
        return found.json["rows"]["place/aven-bridge"]["holders"]

    attested = {"id": "actor/valley-government", "name": "Government of the Valley"}
    assert [one["id"] for one in held(date="2026-03-03")] == [attested["id"]]
    assert held(date="2026-03-03")[0]["description"].startswith("attested")
    assert held(date="1999-01-01") == []
    assert {one["id"] for one in held()} > {attested["id"]}
    assert len(held(limit="1")) == 1


def test_an_events_row_tells_place_day_and_who_gained(send):
    asked = [{"id": one} for one in ("place", "first-day", "last-day", "lost-by")]
    found = send(extend={"ids": ["event/aven-bridge-retaking"], "properties": asked}).json
    assert found["rows"]["event/aven-bridge-retaking"] == {
        "place": [{"id": "place/aven-bridge", "name": "Aven bridge"}],
        "first-day": [{"date": "2026-03-04T00:00:00Z"}],
        "last-day": [{"date": "2026-03-04T00:00:00Z"}],
        "lost-by": [{"id": "actor/government-troops", "name": "Government troops"}],
    }


def test_each_version_has_its_own(tmp_path):
    root = shutil.copytree(FIXTURES / "aven", tmp_path / "aven")
    aven = open_workspace(root)
    releases = aven.home / "releases"
    before = build(aven, releases, jobs=1).name
    places = root / "authorities" / "places.toml"
    places.write_text(places.read_text("utf-8").replace('"Holm"', '"Holm Harbour"'), "utf-8")
    build(open_workspace(root), releases, jobs=1)
    client = create_app(open_release(releases)).test_client()

    def called(address):
        return client.get(f"{address}/suggest/entity?prefix=place/holm").json["result"][0]["name"]

    assert called("/reconcile") == "Holm Harbour" and called(f"/v/{before}/reconcile") == "Holm"
    place = f"http://localhost/v/{before}/reconcile"
    assert client.get(place).json["suggest"]["type"]["service_url"] == place
