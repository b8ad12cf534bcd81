"""Every answer says what it varies by, whether it is still the same, and what is around it."""

from __future__ import annotations

import os
import re
from datetime import timedelta

import pytest

from kg.release.read import open_release
from markup import Page
from server import create_app

CLAIM = "/claim/aven.bridge-taken"
LINK = re.compile(r'<([^>]*)>; rel="(\w+)"(?:; type="([^"]+)")?')
FORMS = ("html", "ttl", "jsonld", "nt", "rdf")


def links(answer):
    """Targets and types by relation."""
    found = {}
    for header in answer.headers.getlist("Link"):
        target, relation, media = LINK.fullmatch(header).groups()
        found.setdefault(relation, {})[target] = media
    return found


@pytest.mark.parametrize("accept", ["text/turtle", "text/html", "image/png"])
def test_what_is_negotiated_varies(client, accept):
    assert "Accept" in client.get(CLAIM, headers={"Accept": accept}).headers["Vary"]
    assert "Vary" not in client.get(f"{CLAIM}.ttl").headers


@pytest.mark.parametrize("suffix", FORMS)
def test_a_description_names_its_other_forms_its_licence_and_its_thing(client, suffix):
    found = links(client.get(f"{CLAIM}.{suffix}"))
    assert set(found["canonical"]) == {f"https://example.org/valley{CLAIM}.{suffix}"}
    assert set(found["alternate"]) == {
        f"{CLAIM}.{s}" for s in (*FORMS, "csv", "json") if s != suffix
    }
    for target, media in found["alternate"].items():
        assert client.get(target).mimetype == media
    assert next(iter(found["license"])).startswith("https://")
    assert set(found["describedby"]) == {"/.well-known/void"}


def test_where_graphs_stand_under_several_licences_each_is_told(altered):
    own = "https://creativecommons.org/publicdomain/zero/1.0/"
    usual = "https://creativecommons.org/licenses/by/4.0/"
    client = create_app(altered(licences=[usual, own])).test_client()
    assert set(links(client.get(f"{CLAIM}.ttl"))["license"]) == {usual, own}
    for address in ("/about", "/limits"):
        assert {usual, own} <= set(Page(client.get(address).text).links), address


def test_a_thing_is_described_by_every_form(client):
    found = links(client.get(CLAIM))["describedby"]
    assert found[f"{CLAIM}.ttl"] == "text/turtle" and len(found) == len(FORMS)


def test_links_keep_the_prefix_that_the_site_is_served_below(client):
    answer = client.get(f"{CLAIM}.ttl", environ_overrides={"SCRIPT_NAME": "/below"})
    assert f"/below{CLAIM}.nt" in links(answer)["alternate"]


def test_a_licence_that_is_no_iri_stays_in_its_link(altered):
    client = create_app(altered(licences=['x>; rel="next"\r\nSet-Cookie: a=b'])).test_client()
    answer = client.get(f"{CLAIM}.ttl")
    assert "Set-Cookie" not in answer.headers and "next" not in links(answer)


@pytest.mark.parametrize("address", [f"{CLAIM}.{s}" for s in FORMS] + ["/", "/ns.html", "/ask"])
def test_who_has_it_is_told_so(client, address):
    first = client.get(address)
    tag = first.headers["ETag"]
    assert tag.startswith('"') and "max-age" in first.headers["Cache-Control"]
    for method in (client.get, client.head):
        again = method(address, headers={"If-None-Match": f'"other", W/{tag}'})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag and "Cache-Control" in again.headers
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.head(address).headers["ETag"] == tag


def test_every_form_address_and_page_has_its_own_tag(client):
    addresses = [*(f"{CLAIM}.{s}" for s in FORMS), "/place/aven.ttl", "/place/aven.ttl?page=1"]
    tags = {client.get(address).headers["ETag"] for address in addresses}
    assert len(tags) == len(addresses)


def test_another_release_has_other_tags(client, altered):
    other = create_app(altered(digest="sha256:" + "0" * 64)).test_client()
    for suffix in ("ttl", "html"):
        address = f"{CLAIM}.{suffix}"
        assert client.get(address).headers["ETag"] != other.get(address).headers["ETag"]


def test_a_page_with_its_text_is_not_taken_for_one_without(client, bare):
    address = f"{CLAIM}.html"
    tag = bare.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200
    assert "Last-Modified" not in client.get(address).headers
    assert client.get(f"{CLAIM}.ttl").headers["ETag"] == bare.get(f"{CLAIM}.ttl").headers["ETag"]


def test_a_date_decides_only_if_it_is_the_release_s_own(client, release):
    address = f"{CLAIM}.ttl"
    date = client.get(address).last_modified
    assert int(date.timestamp()) == int((release.folder / "release.json").stat().st_mtime)
    for shift, status in ((0, 304), (-9, 200), (9, 200)):
        asked = (date + timedelta(seconds=shift)).strftime("%a, %d %b %Y %H:%M:%S GMT")
        for method in (client.get, client.head):
            assert method(address, headers={"If-Modified-Since": asked}).status_code == status
    both = {"If-Modified-Since": client.get(address).headers["Last-Modified"]}
    both["If-None-Match"] = '"other"'
    assert client.get(address, headers=both).status_code == 200


ADDRESSES = (
    f"{CLAIM}.ttl",
    "/sparql?query=SELECT * { ?s ?p ?o }",
    "/sparql.csv?query=SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 10000",
)


@pytest.mark.parametrize("address", [*ADDRESSES, f"{CLAIM}.html", "/dumps/"])
def test_a_state_that_is_not_there_is_412_with_few_words(bare, address):
    usual = bare.get(address)
    tag = usual.headers["ETag"]
    for other in ('"other"', '"a", "b"', f"W/{tag}"):
        answer = bare.get(address, headers={"If-Match": other, "If-None-Match": tag})
        assert (answer.status_code, answer.mimetype) == (412, "application/problem+json"), other
        assert answer.json["status"] == 412 and "If-Match" in answer.json["detail"]
        assert answer.content_length == len(answer.data) < 400
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert bare.head(address, headers={"If-Match": '"other"'}).status_code == 412
    for same in (tag, f'"other", {tag}', "*"):
        answer = bare.get(address, headers={"If-Match": same})
        assert (answer.status_code, answer.data) == (200, usual.data), same


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_has_changed_since_a_date_is_412(bare, address):
    date = bare.get(address).last_modified
    for shift, status in ((-9, 412), (0, 200), (9, 200)):
        asked = (date + timedelta(seconds=shift)).strftime("%a, %d %b %Y %H:%M:%S GMT")
        answer = bare.get(address, headers={"If-Unmodified-Since": asked})
        assert answer.status_code == status and (len(answer.data) < 400) == (status == 412)
    both = {"If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:37 GMT", "If-Match": "*"}
    assert bare.get(address, headers=both).status_code == 200
    assert bare.get(address, headers={"If-Unmodified-Since": "nonsense"}).status_code == 200


def test_a_condition_that_is_met_hides_no_other(bare):
    tag = bare.get(ADDRESSES[0]).headers["ETag"]
    both = {"If-Match": tag, "If-None-Match": tag}
    assert bare.get(ADDRESSES[0], headers=both).status_code == 304


def test_a_browser_is_told_of_an_unmet_condition_by_a_page(bare):
    sent = {"If-Match": '"other"', "Accept": "text/html"}
    answer = bare.get(CLAIM + ".html", headers=sent)
    assert (answer.status_code, answer.mimetype) == (412, "text/html")
    assert "another state" in answer.text


def test_a_release_put_back_is_news_to_who_has_seen_a_newer_one(altered):
    newer = altered()
    date = create_app(newer).test_client().get(f"{CLAIM}.ttl").headers["Last-Modified"]
    path = newer.folder / "release.json"
    os.utime(path, (1_000_000_000, 1_000_000_000))
    older = create_app(open_release(newer.folder.parent, "altered")).test_client()
    answer = older.get(f"{CLAIM}.ttl", headers={"If-Modified-Since": date})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "address", ["/", CLAIM, f"{CLAIM}.ttl", "/nowhere", "/ask/who-held?place=x", "/dumps/"]
)
def test_other_origins_may_read_every_answer_and_its_headers(client, address):
    for answer in (client.get(address), client.get(address, headers={"Accept": "image/png"})):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        exposed = answer.headers["Access-Control-Expose-Headers"]
        assert {"ETag", "Link", "Location"} <= set(exposed.split(", "))


def test_a_preflight_allows_what_clients_send(client):
    answer = client.options(f"{CLAIM}.ttl", headers={"Access-Control-Request-Method": "GET"})
    allowed = answer.headers["Access-Control-Allow-Headers"]
    assert {"Accept", "If-None-Match", "Range"} <= set(allowed.split(", "))
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert "POST" in client.options("/sparql").headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("address", ["/nowhere", "/ask/who-held?place=x&date=y"])
def test_errors_are_not_kept(client, address):
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert answer.headers["Cache-Control"] == "no-cache" and "ETag" not in answer.headers
