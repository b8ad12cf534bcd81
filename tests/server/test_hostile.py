"""What somebody wrote to harm is shown as text, and a crowd of claims stays a short page."""

from __future__ import annotations

import gzip
import json
import time

import pytest

from markup import Page
from server import create_app
from tests.server.hostile import BIDI, CROWDED, LONG, PAGES, SCRIPT, crowd, hostile_quads

BASE = "https://example.org/valley/"
SHORT = 150_000


@pytest.fixture(scope="module")
def evil(altered_once, valley):
    return create_app(
        altered_once(*hostile_quads(BASE), title=SCRIPT, publisher=SCRIPT), valley.content
    ).test_client()


@pytest.fixture(scope="module")
def crowded(altered_once, valley):
    return create_app(altered_once(*crowd(BASE)), valley.content).test_client()


def test_no_page_lets_markup_or_addresses_of_scripts_through(evil):
    for address in PAGES:
        answer = evil.get(address)
        assert answer.status_code == 200, address
        found = Page(answer.text)
        assert not {"script", "img", "style"} & set(found.tags), address
        for link in found.links:
            assert link.startswith(("/", "#", "http://", "https://")), (address, link)
        assert found.says("<script>alert(1)</script>"), address


def test_bidirectional_controls_stay_within_their_own_element(evil):
    for address in ("/actor/evil.html", "/place/evil.html"):
        assert f'<bdi dir="auto" lang="en">{BIDI}</bdi>' in evil.get(address).text


def test_what_is_too_long_is_there_whole_and_no_title_is(evil):
    html = evil.get("/actor/evil.html").text
    assert LONG in html and LONG not in html.partition("</title>")[0]
    assert "{{ 7 * 7 }}" in html


def test_tables_of_hostile_things_are_well_formed(evil):
    rows = json.loads(evil.get("/event/evil.json").text)["rows"]
    assert {row["claim"] for row in rows} == {f"{BASE}claim/evil.{n}" for n in ("one", "two")}
    assert SCRIPT in rows[0]["extent"]


def test_a_place_that_thousands_of_claims_name_has_a_short_page(crowded):
    crowded.get(f"/place/{CROWDED}.html")
    began = time.perf_counter()
    answer = crowded.get(f"/place/{CROWDED}.html")
    assert time.perf_counter() - began < 3  # on a crowded machine; 0.2 s on an idle one
    assert len(gzip.compress(answer.data)) < SHORT
    found = Page(answer.text)
    assert found.says("5,000 claims name it") and found.says("1 to 50 of 5,000")
    assert found.says("This page draws 150 of 600 periods")
    last = Page(crowded.get(f"/place/{CROWDED}.html?page=100").text)
    assert last.says("4,951 to 5,000 of 5,000")


def test_there_are_no_other_pages(crowded):
    for page in ("0", "101", "-1", "x", "9" * 40, "²"):
        assert crowded.get(f"/place/{CROWDED}.html?page={page}").status_code == 404, page
