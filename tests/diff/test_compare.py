"""What changed is told in words: things in their order, and answers with the claims behind them."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from kg.diff.compare import compare
from kg.diff.plain import listed, plain
from kg.diff.show import show
from kg.diff.text import as_text

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def edited(first, changed):
    return compare(first, changed)


@pytest.fixture(scope="module")
def removed(changed, fewer):
    return compare(changed, fewer)


def section(found, title):
    return next(s for s in found.sections if s.title == title)


def test_a_changed_claim_says_what_it_was_and_is(edited):
    claims = section(edited, "claims")
    assert claims.counts["changed"] >= 1
    (taken,) = [entry for entry in claims.entries if entry.name == "claim:aven.bridge-taken"]
    told = {detail.property: detail.says for detail in taken.details}
    assert told["event type"] == "Capture → Attack"
    assert told["agent"] == "not stated → Government troops"
    assert told["gained by"] == "Government troops → not stated"
    assert taken.within == "Troops take Aven bridge"


def test_the_text_has_the_sections_in_their_order(edited, removed):
    for found in (edited, removed):
        titles = re.findall(r"^([A-Z]+):", as_text(found), re.MULTILINE)
        order = [
            "ARTICLES",
            "CLAIMS",
            "VOICES",
            "EVENTS",
            "PERIODS",
            "DISAGREEMENTS",
            "AUTHORITIES",
            "TIMELINES",
            "ANSWERS",
        ]
        assert titles == [title for title in order if title in titles]
        assert {"CLAIMS", "ANSWERS"} <= set(titles)


def test_a_removed_article_takes_its_claims_along(removed):
    articles, claims = section(removed, "articles"), section(removed, "claims")
    assert articles.summary == "1 went"
    assert {
        e.how for e in claims.entries if e.iri.rpartition("/")[2].startswith("aven-courier.")
    } == {"went"}
    assert removed.added < removed.removed


def test_an_answer_that_changed_names_the_claim_behind_it(edited):
    held = [change for change in edited.answers.changes if change.question == "who-held"]
    assert held
    bridge = next(change for change in held if change.about == "Aven bridge on 2026-03-01")
    told = "all sources together · holder Valley Government · state attested"
    assert any(row.startswith(told) for row in bridge.gone)
    assert not any(row.startswith(told) for row in bridge.new)
    assert any(why.startswith("claim:aven.bridge-taken changed (") for why in bridge.why)
    hands = [change for change in edited.answers.changes if change.question == "changed-hands"]
    assert any("gainer Government troops" in row for change in hands for row in change.gone)


def test_the_places_whose_timelines_changed_are_named(edited, first):
    assert edited.timelines == ("Aven bridge",)
    for form in ("text", "html"):
        assert "The timeline of 1 place changed: Aven bridge." in unmarked(show(edited, form))
    assert not compare(first, first).timelines


def test_the_history_of_a_place_that_changed_is_told_with_its_claim(edited, removed):
    told = [change for change in edited.answers.changes if change.question == "place-timeline"]
    taken = next(c for c in told if any("claim:aven.bridge-taken changed" in w for w in c.why))
    assert taken.about == "Aven bridge"
    assert any("what Capture" in row for row in taken.gone)
    assert any("what Attack" in row for row in taken.new)
    gone = [c for c in removed.answers.changes if c.question == "place-timeline"]
    assert any(c.why == ("claim:aven-courier.no-garrison went with its article",) for c in gone)
    assert "place-timeline" in edited.answers.asked


def test_the_places_asked_of_are_bounded(changed, fewer, monkeypatch):
    monkeypatch.setattr("kg.diff.answers.PLACES", 1)
    found = compare(changed, fewer)
    assert any(c.startswith("place-timeline: asked of 1 of ") for c in found.answers.cut)


def unmarked(shown):
    """The words of a difference, without what marks them up."""
    return re.sub(r"<[^>]*>", "", shown)


def test_every_answer_that_changed_has_a_reason(edited, removed):
    assert all(c.why for found in (edited, removed) for c in found.answers.changes)
    assert any(
        why.endswith("went with its article") for c in removed.answers.changes for why in c.why
    )


def test_what_went_one_way_comes_the_other(changed, fewer, removed):
    back = compare(fewer, changed)
    assert (back.added, back.removed) == (removed.removed, removed.added)
    for one, other in zip(removed.sections, back.sections, strict=True):
        assert (one.counts["went"], one.counts["came"]) == (
            other.counts["came"],
            other.counts["went"],
        )
    assert {(c.gone, c.new) for c in back.answers.changes} == {
        (c.new, c.gone) for c in removed.answers.changes
    }


def test_a_rules_new_version_is_told_as_such(fewer, anew):
    found = compare(fewer, anew)
    assert "rule periods: version 1 → 9" in found.said
    periods = section(found, "periods")
    assert not periods.entries and not found.timelines
    assert re.fullmatch(r"\d+ derived anew by rule periods 9, otherwise the same", periods.summary)
    assert [s.title for s in found.sections] == ["periods"]
    assert not found.answers.changes
    assert "No answer changed." in as_text(found)


def test_a_rules_new_version_is_told_beside_what_else_changed(first, anew):
    periods = section(compare(first, anew), "periods")
    rules = [d.says for e in periods.entries for d in e.details if d.property == "derived anew"]
    assert set(rules) <= {"by rule periods 9 (before: periods 1)"}


def test_equal_releases_are_said_to_be_equal(first):
    found = compare(first, first)
    assert found.same
    for form in ("text", "html", "atom"):
        assert f"Both releases hold the same statements ({first.digest})." in show(found, form)


def test_what_is_not_told_is_counted(changed, fewer):
    found = compare(changed, fewer, most=1)
    claims = section(found, "claims")
    assert len(claims.entries) == 1 and claims.cut == claims.counts.total() - 1 > 0
    assert f"… and {claims.cut} more; --most tells more of them" in as_text(found)
    assert found.answers.cut
    assert all(f"… {cut}; --most tells more" in as_text(found) for cut in found.answers.cut)


def test_the_days_asked_for_are_bounded(first, changed, monkeypatch):
    monkeypatch.setattr("kg.diff.answers.DAYS", 1)
    found = compare(first, changed)
    assert any(cut.startswith("who-held: asked for 1 of ") for cut in found.answers.cut)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.open, self.attributes = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_and_hostile_labels_are_harmless(edited):
    page = show(edited, "html")
    parser = Tags()
    parser.feed(page)
    assert not parser.open
    assert "script" not in parser.tags
    assert not any(name.startswith("on") or name == "src" for name, _ in parser.attributes)
    assert all(v.startswith("https://") for name, v in parser.attributes if name == "href")
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page and "\u009b" not in page


def test_hostile_labels_do_not_steer_a_terminal(edited):
    text = as_text(edited)
    assert "\\u202e" in text and "\\u009b" in text
    assert "\u202e" not in text and "\u009b" not in text


def test_the_feed_is_atom_and_has_an_entry_a_claim_and_answer(edited, changed):
    feed = ET.fromstring(show(edited, "atom"))  # noqa: S314 - made here
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(list(edited.claims())) + len(edited.answers.changes)
    for node in (feed, *entries):
        assert all(node.findtext(f"{ATOM}{name}") for name in ("id", "title"))
        assert node.findtext(f"{ATOM}updated") == f"{changed.summary['date']}T00:00:00Z"
    ids = [node.findtext(f"{ATOM}id") for node in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert all(
        i.startswith(f"{changed.names.base}release/sha256-{changed.digest[7:]}#") for i in ids
    )
    assert all(node.find(f"{ATOM}content") is not None for node in entries)
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None


@pytest.mark.parametrize("form", ["text", "html", "atom"])
def test_the_same_releases_give_the_same_bytes(first, changed, edited, form):
    assert show(compare(first, changed), form) == show(edited, form)


def test_plain_spells_out_what_steers_and_cuts_what_is_long():
    assert plain("a\nb\tc\u202ed") == "a\\u000ab\\u0009c\\u202ed"
    assert plain("جسر آفن") == "جسر آفن"
    assert len(plain("x" * 10_000)) < 300


def test_listed_counts_the_rest():
    assert listed("abc") == "a, b, c"
    assert listed("abcdefg", 2) == "a, b and 5 more"


def test_words_are_not_shown_where_the_policy_forbids_it(changed, fewer):
    old, new = (replace(r, summary=r.summary | {"excerpt": "none"}) for r in (changed, fewer))
    (shown, hidden) = (section(compare(*pair), "claims") for pair in ((changed, fewer), (old, new)))
    assert all("“" in entry.about for entry in shown.entries)
    assert not any("“" in entry.about for entry in hidden.entries if "“" not in entry.within)
    assert all(re.search(r"\[\d+–\d+\]", entry.about) for entry in hidden.entries)


def test_what_a_release_says_of_itself_is_told(first):
    found = compare(first, replace(first, summary=first.summary | {"title": "Aven, again"}))
    assert found.same
    assert f"title: {first.summary['title']} → Aven, again" in as_text(found)
