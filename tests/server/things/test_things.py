"""Pages of things: from any statement to its words in two clicks, with what stands beside it."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import NamedNode, Quad

from markup import Page
from server import create_app
from tests.server.hostile import hostile_quads

BASE = "https://example.org/valley/"
WH = "https://w3id.org/whoholds/ns#"
CLASH = "disagreement/time--aven-courier_bridge-fell--aven_bridge-taken"


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Page(answer.text)


# --- evidence ------------------------------------------------------------------------


def test_a_claim_shows_its_sentence_its_chain_its_standing_and_how_to_cite_it(client, release):
    found = page(client, "/claim/aven.bridge-taken.html")
    assert found.marked[0] == "took the Aven bridge"
    assert found.says("Said by Ines Varro, printed by the outlet. Asserted as done; on 2026-03-01")
    assert found.says(f"In: {release.summary['title']}") and found.says(release.digest)
    assert found.says(f"{BASE}claim/aven.bridge-taken") and "words" in found.ids
    assert {"/actor/ines-varro.html", "/voice/aven.varro.html"} <= set(found.links)


def test_the_chain_is_a_list_from_the_innermost_voice_to_the_outlet(client):
    text = client.get("/claim/aven.twelve-dead.html").text
    chain = Page(text.partition('<ol class="voices">')[2].partition("</ol>")[0]).text.split()
    said = " ".join(chain)
    assert said.index("local doctors") < said.index("Valley Monitor") < said.index("the outlet")


def test_denials_and_competing_claims_stand_beside_a_claim(client):
    taken = page(client, "/claim/aven.bridge-taken.html")
    assert taken.says("Denied by") and "/claim/aven.bridge-denied.html" in taken.links
    assert taken.says("Cannot both be true with: Time") and f"/{CLASH}.html" in taken.links
    assert "/claim/aven-courier.bridge-fell.html" in taken.links
    denial = page(client, "/claim/aven.bridge-denied.html")
    assert denial.says("It denies") and "/claim/aven.bridge-taken.html" in denial.links


@pytest.mark.parametrize(("policy", "shown"), [("none", 0), ("anchor", 1)])
def test_the_excerpt_policy_bounds_the_words_of_every_page(altered, valley, policy, shown):
    client = create_app(altered(excerpt=policy), valley.content).test_client()
    for address in ("/claim/aven.bridge-taken.html", "/voice/aven.varro-both-banks.html"):
        found = page(client, address)
        assert not found.marked and bool(found.said) == bool(shown), address
    names = page(client, "/actor/ines-varro.html")
    assert names.says("Colonel Ines Varro") == bool(shown)


def test_every_row_of_an_answer_and_of_a_timeline_leads_to_marked_words(client):
    answers = page(client, "/ask/who-held?place=aven-bridge&date=2026-03-05")
    rows = [one for one in answers.links if one.endswith("#words")]
    timeline = page(client, "/place/aven-bridge.html")
    rows += [one for one in timeline.links if one.endswith("#words")]
    assert len(rows) > 3
    for address in set(rows):
        found = page(client, address.partition("#")[0])
        assert found.marked and "words" in found.ids, address


# --- places and actors ---------------------------------------------------------------


def test_a_place_shows_its_names_where_it_is_and_why_it_is_linked(client):
    found = page(client, "/place/aven.html")
    assert found.says("آفن") and found.says("48.2500° S, 24.5000° W")
    assert found.says("Aven district › Tarn")
    assert any("example" in one or "almanac" in one for one in found.links if one[:4] == "http")


def test_its_periods_are_drawn_all_sources_first_then_by_origin(client):
    text = client.get("/place/aven-bridge.html").text
    found = Page(text)
    assert text.index("All sources together") < text.index("by the account of")
    assert "svg" in found.tags and 'aria-hidden="true"' in text
    assert found.says("last attested 2026-03-03") and found.says("claims name it")


def test_the_periods_of_a_place_are_a_table_too(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/place/aven-bridge.csv").text)))
    assert rows and {row["place"] for row in rows} == {f"{BASE}place/aven-bridge"}
    assert rows[0]["origin"] == "" and rows[-1]["origin"]
    assert client.get("/place/aven-bridge.json").json["rows"][0]["period"] == rows[0]["period"]


def test_an_actor_shows_what_it_holds_gains_says_and_how_it_is_called(client):
    troops = page(client, "/actor/government-troops.html")
    assert troops.says("Said to have gained") and "/claim/aven.bridge-taken.html" in troops.links
    government = page(client, "/actor/valley-government.html")
    assert government.says("The latest period for each place")
    varro = page(client, "/actor/ines-varro.html")
    assert varro.says("We hold both banks") and varro.says("Colonel Ines Varro")


def test_what_rests_on_one_origin_alone_is_told(altered):
    """The event of the harmful article is told by nobody else; the takeover of the bridge is."""
    client = create_app(altered(*hostile_quads(BASE))).test_client()
    text = client.get("/actor/evil.html").text.partition('<section id="alone">')[2]
    assert "/event/evil.html" in Page(text.partition("</section>")[0]).links
    assert "alone" not in page(client, "/actor/ines-varro.html").ids


# --- events, voices, disagreements ---------------------------------------------------


def test_an_event_sets_its_claims_side_by_side_by_origin(client):
    found = page(client, "/event/aven-bridge-takeover.html")
    assert found.says("named origins in") and found.says("disagrees: time")
    assert "/claim/aven.bridge-taken.html" in found.links and f"/{CLASH}.html" in found.links


def test_the_count_of_origins_is_that_of_the_question(client):
    for row in client.get("/ask/corroboration.json").json["results"]["bindings"]:
        path = row["event"]["value"].removeprefix(BASE)
        found = page(client, f"/{path}.html")
        origins, articles = row["origins"]["value"], row["articles"]["value"]
        assert found.says(f"It rests on {origins} named"), path
        assert found.says(f"in {articles} article"), path


def test_a_quotation_shows_its_words_its_speaker_and_what_is_claimed_with_it(client):
    found = page(client, "/voice/aven.varro-both-banks.html")
    assert found.said[0][2] == "We hold both banks" and found.says("Radio Tarn")
    assert found.says("1 claim made with it") and "aven.both-banks" in found.ids


def test_the_same_utterance_is_shown_elsewhere_however_it_is_linked(altered, valley):
    said, other = (NamedNode(f"{BASE}voice/{v}") for v in ("aven.varro", "aven.council"))
    same = Quad(said, NamedNode(f"{WH}sameUtteranceAs"), other, NamedNode(f"{BASE}graph/article/x"))
    client = create_app(altered(same), valley.content).test_client()
    for address in ("/voice/aven.varro.html", "/voice/aven.council.html"):
        assert page(client, address).says("The same utterance elsewhere")


def test_a_disagreement_sets_its_claims_side_by_side_and_marks_what_differs(client):
    text = client.get(f"/{CLASH}.html").text
    found = Page(text)
    assert found.says("when, which differs") and not found.says("place, which differs")
    assert {"aven.bridge-taken", "aven-courier.bridge-fell"} <= found.ids


def test_all_disagreements_are_listed_by_kind(client):
    found = page(client, "/disagreements")
    assert f"/{CLASH}.html" in found.links and "/disagreements?kind=time" in found.links
    one = page(client, "/disagreements?kind=time")
    assert one.tags.count("h1") == 1 and f"/{CLASH}.html" in one.links
    assert client.get("/disagreements?kind=nothing").status_code == 404
    data = client.get("/disagreements.csv?kind=time")
    assert data.status_code == 303
    assert data.headers["Location"] == "/ask/disagreements.csv?kind=time"
    assert client.get("/disagreements.exe").status_code == 404


# --- as data -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        CLASH,
        "actor/government-troops",
        "article/aven",
        "claim/aven.bridge-taken",
        "event/aven-bridge-takeover",
        "voice/aven.varro",
    ],
)
def test_the_claims_of_a_page_are_a_table_too(client, path):
    rows = json.loads(client.get(f"/{path}.json").text)["rows"]
    assert f"{BASE}claim/aven.bridge-taken" in {row["claim"] for row in rows}
    table = list(csv.DictReader(io.StringIO(client.get(f"/{path}.csv").text)))
    assert [row["claim"] for row in table] == [row["claim"] for row in rows]
