"""The page of an article, and the words behind things."""

from __future__ import annotations

import re

import pytest

from markup import Page
from server import create_app


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return Page(answer.text)


def test_words_are_marked_in_their_sentence_where_the_text_is_attached(client):
    found = page(client, "/article/aven.html")
    assert len(found.marked) == len(found.said) == 6
    assert "took the Aven bridge" in found.marked
    said = [words for _, _, words in found.said]
    assert "The Free Valley Council denied it." in said
    assert found.says("The text is attached")


def test_a_claim_on_two_spans_marks_both(client):
    marked = page(client, "/article/aven-courier.html").marked
    assert "still holds" in marked and "the eastern bank" in marked


def test_without_the_text_only_the_anchors_are_shown(bare):
    found = page(bare, "/article/aven.html")
    assert found.marked == [] and found.says("not attached")
    assert found.said[0][2] == "took the Aven bridge"
    assert not found.says("said Colonel Ines Varro of")


def test_another_text_than_the_mapped_one_is_not_shown(release, valley):
    client = create_app(release, lambda slug: valley.content(slug) + b" ").test_client()
    assert page(client, "/article/aven.html").marked == []
    client = create_app(release, lambda _: b"\xff").test_client()
    assert page(client, "/article/aven.html").marked == []


@pytest.mark.parametrize(("policy", "shown"), [("none", 0), ("anchor", 6)])
def test_the_excerpt_policy_bounds_what_is_shown(altered, valley, policy, shown):
    client = create_app(altered(excerpt=policy), valley.content).test_client()
    found = page(client, "/article/aven.html")
    assert len(found.said) == shown and found.marked == []
    assert not found.says("said Colonel Ines Varro of the northern")


def test_each_claim_shows_its_standing_time_and_roles(client):
    found = page(client, "/article/aven.html")
    assert found.says("Asserted as done; on 2026-03-01")
    assert found.says("Said under a condition")
    assert found.says("People killed: Twelve people")
    assert "/claim/aven.bridge-taken.html" in found.links
    assert "/event-type/Capture.html" in found.links
    assert {"aven.bridge-taken", "aven.valley-cut"} <= found.ids


def test_the_chain_of_voices_runs_from_the_innermost_to_the_outlet(client):
    lists = re.findall(
        r'<ol class="chain">(.*?)</ol>', client.get("/article/aven.html").text, re.DOTALL
    )
    chains = [re.sub(r"<[^>]+>|\s+", " ", one).split("  ") for one in lists]
    said = [[" ".join(name.split()) for name in one if name.strip()] for one in chains]
    assert ["local doctors", "Valley Monitor", "the outlet"] in said
    assert ["Ines Varro", "Colonel", "the outlet"] in said and ["the outlet"] in said


def test_what_is_concluded_is_told_from_what_is_said(client):
    found = page(client, "/article/aven-courier.html")
    assert found.says("Concluded from the text: about event.")
    assert found.says("Because: follows the report of the fighting.")


def test_metadata_say_who_published_coded_and_when(client):
    found = page(client, "/article/aven-courier.html")
    assert found.says("2026-03-03 to 2026-03-04") and found.says("coder-2")
    assert "https://example.org/courier/bridge" in found.links
    assert "/actor/tarn-courier.html" in found.links


def test_it_says_how_to_cite_what_was_mapped_of_it(client):
    found = page(client, "/article/aven-courier.html")
    assert found.says("Cite it") and found.says("/article/aven-courier")


def test_arabic_is_marked_as_such_and_finds_its_own_direction(client):
    text = client.get("/article/aven-arabic.html").text
    found = Page(text)
    assert {(lang, direction) for lang, direction, _ in found.said} == {("ar", "auto")}
    assert "استعاد حرس الوادي الحر جسر آفن" in found.marked
    assert '<h1 dir="auto" lang="ar">' in text


def test_a_figure_whose_unit_is_implied_is_shown_as_printed(client):
    assert page(client, "/article/aven-arabic.html").says("People killed: 12 Asserted")


def test_all_articles_are_listed(client):
    found = page(client, "/article")
    assert {f"/article/{s}.html" for s in ("aven", "aven-arabic", "aven-courier")} <= set(
        found.links
    )
    assert found.says("not stated")


@pytest.mark.parametrize(
    ("path", "claims"),
    [
        ("claim/aven.bridge-taken", {"aven.bridge-taken"}),
        ("voice/aven.doctors", {"aven.twelve-dead"}),
        (
            "event/aven-bridge-retaking",
            {"aven-arabic.bridge-retaken", "aven-arabic.troops-left"},
        ),
        (
            "disagreement/time--aven-courier_bridge-fell--aven_bridge-taken",
            {"aven-courier.bridge-fell", "aven.bridge-taken"},
        ),
    ],
)
def test_the_words_behind_a_thing_are_those_of_its_claims(client, path, claims):
    found = page(client, f"/{path}.html")
    assert {one for one in found.ids if "." in one} == claims
    assert found.marked


def test_the_page_of_an_article_has_its_mentions_and_how_much_is_mapped(client):
    text = client.get("/article/aven.html").text
    assert "What is mapped of it" in text and re.search(r"[1-9]\d* mentions? of actors", text)
    assert "/mention/aven." in text
