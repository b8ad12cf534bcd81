"""What the shipped release answers, compared with golden/questions, which people have read.

The goldens are the first example of each question, as CSV with whole IRIs. After a mapping or a
rule has changed on purpose, write them anew, and read the difference against the articles:

    UPDATE_GOLDEN=1 pytest tests/question/test_answers.py
"""

import pytest

from goldens import assert_golden
from kg.question import load_question, load_questions
from kg.question.show import as_csv, short

ELSEWHERE = {"panel", "who-held"}
"""Questions whose answers have tests of their own."""


def cells(answer, names, *columns):
    """The rows of an answer as short words, in the columns named."""
    at = [answer.columns.index(column) for column in columns]
    return [tuple(short(row[i], names) for i in at) for row in answer.rows]


@pytest.mark.parametrize("name", sorted(load_questions().keys() - ELSEWHERE))
def test_the_answer_is_the_one_that_was_read(name, asked):
    given = dict(word.split("=", 1) for word in load_question(name).examples[0].split())
    found = as_csv(asked(name, **given)).replace("\r\n", "\n")
    assert_golden(f"questions/{name}.csv", found)


def test_local_sources_reach_the_page_through_the_observatory(asked, shipped):
    answer = asked("attribution-chain", claim="asianews-entire-border.forces-fled")
    assert cells(answer, shipped.names, "step", "form", "speaker")[1:] == [
        ("2", "IndirectQuotation", "syrian-observatory-for-human-rights"),
        ("3", "OutletVoice", "asianews"),
    ]


def test_one_utterance_in_two_articles_has_one_number(asked, shipped):
    answer = asked("quotations", speaker="barack-obama")
    rows = cells(answer, shipped.names, "utterance", "article", "words")
    training = {row[:2] for row in rows if row[2].startswith("The training of Iraqi security")}
    assert len({utterance for utterance, _ in training}) == 1
    assert {article for _, article in training} == {
        "article:border-crossings-monitor",
        "article:grip-on-border",
    }


def test_a_label_in_quoted_words_is_its_speakers_and_no_other(asked, shipped):
    rows = cells(asked("labels"), shipped.names, "label", "article", "speaker")
    assert ("IS terrorists", "article:grip-on-border", "syrian-state-media") in rows
    assert ("The terrorists", "article:asianews-entire-border", "") in rows
    # who is named where the quotation is introduced does not name himself
    assert ("Fabrice Balanche", "article:grip-on-border", "") in rows
    assert ("Syrian state media", "article:grip-on-border", "") in rows


def test_the_delay_has_two_ends(asked, shipped):
    answer = asked("reporting-delay", article="grip-on-border")
    rows = cells(answer, shipped.names, "event", "least", "most")
    assert ("event:al-tanf-takeover", "1", "1") in rows  # "late on Thursday", printed on Friday
    assert ("event:husseiba-takeover", "0", "1") in rows  # "overnight"
    assert all(int(least) <= int(most) for _, least, most in rows)


def test_origins_are_counted_once_however_often_they_are_relayed(asked, shipped):
    rows = cells(asked("corroboration"), shipped.names, "event", "origins", "articles")
    found = {event: (int(origins), int(articles)) for event, origins, articles in rows}
    # the Observatory in two articles; grip-on-border, border-crossings-monitor; Jim Muir
    assert found["event:al-tanf-takeover"] == (4, 3)
    assert found["event:tikrit-takeover"] == (0, 1)  # "analysts say"


def test_a_denial_is_told_with_what_it_denies(asked_aven, invented):
    rows = cells(asked_aven("denied"), invented.names, "claim", "how", "reply", "by")
    denial = ("claim:aven.bridge-taken", "denies", "claim:aven.bridge-denied")
    assert (*denial, "free-valley-council") in rows


def test_who_withdrew_is_not_said_of_another_place(asked, shipped):
    answer = asked("withdrawals", place="palmyra")
    assert cells(answer, shipped.names, "actor", "place", "origin") == [
        ("syrian-armed-forces", "palmyra", "syrian-state-media")
    ]


def test_what_follows_if_habbaniya_falls(asked, shipped):
    rows = cells(asked("not-completed"), shipped.names, "factuality", "place", "consequence")
    assert any(
        factuality == "Conditional" and place == "habbaniya" and consequence
        for factuality, place, consequence in rows
    )


def test_no_day_of_evidence_is_a_day_without(asked):
    answer = asked("no-evidence", **{"from": "2015-05-20", "to": "2015-05-23", "place": "palmyra"})
    assert answer.rows == ()
