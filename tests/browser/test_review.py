"""The page of a review in a real browser: by keys alone, and nothing lost."""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from kg.review.app import create_app
from kg.review.session import adjudicate, sit_down
from kg.workspace import open_workspace
from paths import FIXTURES

TOKEN = "a-token-of-this-test"  # noqa: S105
SLUG = "tarn-ford"


@pytest.fixture
def review(aven):
    folder = aven.root / "articles" / SLUG
    folder.mkdir()
    for name in ("mapping.toml", "proposed.toml"):
        shutil.copy(FIXTURES / "review" / name, folder)
    shutil.copy(FIXTURES / "review" / "tarn-ford.txt", aven.root / "texts")
    with shown_at(sit_down(open_workspace(aven.root), SLUG, "reviewer-1")) as desk:
        yield desk


@contextmanager
def shown_at(desk):
    """The page of a desk, at its `address`."""
    server = make_server("127.0.0.1", 0, create_app(desk, TOKEN), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    desk.address = f"http://127.0.0.1:{server.server_port}/#{TOKEN}"
    yield desk
    server.shutdown()
    thread.join()
    desk.journal.close()


def shown(visit, words: str) -> None:
    expect(visit.page.locator("#message")).to_contain_text(words)


def opened(visit, review):
    visit.open(review.address)
    visit.page.wait_for_selector("#list button")


def test_it_opens_with_its_token_only_and_asks_nobody_else(visit, review):
    opened(visit, review)
    assert visit.page.url.endswith("/")
    assert all(url.startswith("http://127.0.0.1:") for url in visit.requests)
    assert visit.said == []
    assert visit.page.inner_text("h1") == "Riders take Tarn ford"


@pytest.mark.parametrize(
    "visit", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True
)
def test_it_is_accessible_in_light_and_dark(visit, review):
    opened(visit, review)
    visit.page.keyboard.press("j")
    assert visit.violations() == []


def test_accepting_and_rejecting_by_keys_goes_on_to_the_next(visit, review):
    opened(visit, review)
    visit.page.keyboard.press("a")
    shown(visit, "article: accepted")
    visit.page.keyboard.press("r")
    shown(visit, ": rejected")
    visit.page.keyboard.press("z")
    shown(visit, "Undone")
    assert review.item("article").judgement == "positive"
    decided = [i.path for i in review.items.values() if i.judgement and i.kind != "part"]
    assert decided == ["article"]


def test_a_refused_entry_says_why_at_its_field_and_stays(visit, review):
    opened(visit, review)
    visit.page.click("#list >> text=ford-taken")
    visit.page.keyboard.press("e")
    visit.page.keyboard.type("x")
    visit.page.keyboard.press("Tab")
    shown(visit, "kept")
    visit.page.wait_for_selector("[data-key=gained-by] .finding")
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("a")
    shown(visit, "which nothing bears")
    assert review.item("claim/ford-taken").judgement is None
    visit.page.keyboard.press("r")
    shown(visit, "claim/ford-taken: rejected")
    assert all("422" in said for said in visit.said)


def test_words_are_moved_by_keys(visit, review):
    opened(visit, review)
    visit.page.click("#list >> text=ford-taken")
    visit.page.keyboard.press("]")
    shown(visit, "Words kept")
    words = "Council riders seized the Tarn ford on"
    assert review.item("claim/ford-taken").table["words"] == words


def test_a_silent_sentence_is_set_aside_by_keys(visit, review):
    opened(visit, review)
    visit.page.keyboard.press("o")
    shown(visit, "Says nothing yet")
    visit.page.keyboard.press("x")
    shown(visit, "Added: nothing/1")
    visit.page.keyboard.type("background")
    visit.page.keyboard.press("Control+Enter")
    shown(visit, "nothing/1: accepted")
    assert review.item("nothing/1").table["because"] == "background"


def test_what_was_judged_is_there_when_the_page_is_opened_again(visit, review):
    opened(visit, review)
    visit.page.keyboard.press("a")
    shown(visit, "accepted")
    visit.page.reload()
    visit.page.wait_for_selector("#list button")
    assert "3 of 16 decided" in visit.page.inner_text("#progress")


def test_a_tab_that_is_shown_again_shows_what_another_judged(visit, review):
    opened(visit, review)
    review.judge("claim/paved", "negative")
    visit.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(visit.page.locator("#progress")).to_contain_text("3 of 16 decided")


def test_a_whole_review_by_keys_alone_writes_the_mapping(visit, review):
    opened(visit, review)
    for words in ("Riders take Tarn ford", "Colonel Ines Varro denied"):
        visit.page.keyboard.press("o")
        shown(visit, words)
        visit.page.keyboard.press("x")
        shown(visit, "Added: nothing/")
        visit.page.keyboard.type("background")
        visit.page.keyboard.press("Control+Enter")
        shown(visit, ": accepted")
    while any(item.judgement is None for item in review.items.values()):
        left = sum(item.judgement is None for item in review.items.values())
        wrong = visit.page.inner_text("#name").startswith(("advance-on-holm", "paved", "monks"))
        visit.page.keyboard.press("r" if wrong else "a")
        decided = visit.page.locator("#progress")
        expect(decided).not_to_contain_text(f"{len(review.items) - left} of")
    visit.page.keyboard.press("f")
    shown(visit, "say nothing yet: 2")
    visit.page.keyboard.press("f")
    shown(visit, "Written: articles/tarn-ford/mapping.toml")
    assert open_workspace(review.workspace.root).mapping(SLUG).status == "reviewed"
    assert visit.violations() == []


def test_the_search_puts_an_actor_into_a_role(visit, review):
    opened(visit, review)
    visit.page.click("#list >> text=ford-taken")
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("troops")
    visit.page.click("text=as lost-by")
    shown(visit, "lost-by kept")
    assert review.item("claim/ford-taken").table["lost-by"] == ["government-troops"]


def test_a_place_is_renamed_everywhere_and_back_by_one_key_each(visit, review):
    opened(visit, review)
    before = review.items
    visit.page.click("#list >> text=tarn-ford")
    visit.page.keyboard.press("n")
    visit.page.keyboard.type("Tarn Crossing")
    assert visit.violations() == []
    visit.page.keyboard.press("Enter")
    shown(visit, "Renamed: place/tarn-crossing, also in mention/ford, claim/ford-taken")
    assert review.item("claim/ford-taken").table["place"] == ["tarn-crossing"]
    visit.page.keyboard.press("n")
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("z")
    shown(visit, "Undone: place/tarn-ford")
    assert review.items == before


def test_what_one_key_accepted_one_key_takes_back(visit, review):
    opened(visit, review)
    visit.page.click("#list >> text=ford-taken")
    visit.page.keyboard.press("A")
    shown(visit, "claim/ford-taken: accepted")
    visit.page.keyboard.press("z")
    shown(visit, "Undone: claim/ford-taken, ")
    decided = [i.path for i in review.items.values() if i.judgement and i.kind != "part"]
    assert decided == []


def test_selected_words_become_a_claim(visit, review):
    opened(visit, review)
    visit.page.evaluate(SELECT, "denied that the ford was lost")
    visit.page.keyboard.press("c")
    shown(visit, "Added: claim/denied-that-the-ford")
    table = review.item("claim/denied-that-the-ford").table
    assert table == {"words": "denied that the ford was lost"}
    visit.page.keyboard.press("Escape")
    visit.page.evaluate(SELECT, "hold the north")
    visit.page.keyboard.press("c")
    shown(visit, "Added: claim/hold-the-north")
    assert review.item("claim/hold-the-north").table["voice"] == "ines-varro"


def test_selected_words_become_a_place_and_its_mention_in_one_decision(visit, review):
    opened(visit, review)
    before = review.items
    visit.page.evaluate(SELECT, "north bank")
    visit.page.keyboard.press("p")
    shown(visit, "Added: place/north-bank")
    visit.page.select_option("[data-key=type] select", "area")
    shown(visit, "type kept")
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("A")
    shown(visit, "mention/north-bank, place/north-bank: accepted")
    assert review.item("place/north-bank").table["label"] == {"en": "north bank"}
    for said in ("Undone: place/north-bank, ", "Undone: place/north-bank.", "mention/north-bank"):
        visit.page.keyboard.press("z")
        shown(visit, said)
    assert review.items == before


def test_differences_of_two_reviewers_are_settled_side_by_side(visit, review):
    review.journal.close()
    workspace = review.workspace
    for number, degree in ((1, "full"), (2, "partial")):
        desk = sit_down(workspace, SLUG, f"reviewer-{number}", number=number)
        table = desk.item("claim/bank-held").table | {"degree": degree}
        desk.judge("claim/bank-held", "positive", table)
        for path in [path for path, item in desk.items.items() if item.judgement is None]:
            desk.judge(path, "negative")
        desk.journal.close()
    with shown_at(adjudicate(workspace, SLUG, "adjudicator-1")) as desk:
        opened(visit, desk)
        assert visit.page.inner_text("#progress").startswith("adjudicator-1 · 15 of 16 decided")
        assert visit.page.inner_text(".compared .differs").split() == [
            "degree",
            '"full"',
            '"partial"',
        ]
        assert visit.violations() == []
        visit.page.click("text=take reviewer-2")
        expect(visit.page.locator("#field-degree")).to_have_value("partial")
        assert desk.item("claim/bank-held").table["degree"] == "partial"


SELECT = """words => {
  const runs = [...document.querySelectorAll('#text span')];
  const run = runs.find(one => one.textContent.includes(words));
  const range = document.createRange();
  const at = run.textContent.indexOf(words);
  range.setStart(run.firstChild, at);
  range.setEnd(run.firstChild, at + words.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
