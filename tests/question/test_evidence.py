"""From a statement back to its words."""

import pytest

from kg.question.evidence import Words, claims_behind, sentence_around, show_evidence, trace
from kg.workspace import open_workspace
from paths import FIXTURES

TEXT = "Rain fell. Troops took the bridge on Sunday. Nobody was hurt."
AT = (TEXT.index("took"), TEXT.index(" on Sunday"))


def claim(release, local):
    return release.names.iri("claim", local)


def test_the_chain_runs_from_the_innermost_voice_to_the_outlet(shipped):
    local = "asianews-entire-border.forces-fled"
    found = trace(shipped.store, claim(shipped, local), shipped.names)
    assert " ← ".join(found.chain) == (
        "Local sources ← Syrian Observatory for Human Rights ← AsiaNews"
    )
    assert found.article == "asianews-entire-border"
    assert found.title == "Islamic State takes entire border between Syria and Iraq"


def test_an_outlet_that_names_no_publisher_is_the_outlet(invented):
    found = trace(invented.store, claim(invented, "aven.twelve-dead"), invented.names)
    assert found.chain[-1] == "the outlet (unstated)"


def test_the_words_are_those_of_the_text(invented, aven_text):
    found = trace(invented.store, claim(invented, "aven.bridge-taken"), invented.names)
    assert found.words == (Words(41, 61, "took the Aven bridge"),)
    assert aven_text[41:61] == "took the Aven bridge"


def test_every_claim_of_both_releases_has_words_an_article_and_an_outlet(shipped, invented):
    query = "SELECT ?claim WHERE { ?claim a wh:Claim } ORDER BY ?claim"
    for release in (shipped, invented):
        found = release.store.query(query, prefixes=release.names.prefixes())
        claims = [row["claim"].value for row in found]
        assert claims
        for iri in claims:
            traced = trace(release.store, iri, release.names)
            assert traced.words and traced.chain and traced.title and traced.article, iri
            assert claims_behind(release.store, iri) == [iri]


def test_an_event_rests_on_claims_of_its_articles(shipped):
    event = shipped.names.iri("event", "al-tanf-takeover")
    found = claims_behind(shipped.store, event)
    articles = {iri.rpartition("/")[2].partition(".")[0] for iri in found}
    assert articles == {"asianews-entire-border", "border-crossings-monitor", "grip-on-border"}
    assert found == sorted(found)


@pytest.mark.parametrize("kind", ["Event", "ControlPeriod", "Disagreement", "Question"])
def test_every_derived_thing_rests_on_a_claim(kind, shipped):
    query = f"SELECT ?thing WHERE {{ ?thing a wh:{kind} }}"
    found = shipped.store.query(query, prefixes=shipped.names.prefixes())
    things = [row["thing"].value for row in found]
    assert things
    for thing in things:
        assert claims_behind(shipped.store, thing), thing


def test_nothing_stands_behind_what_is_not_there(shipped):
    nowhere = shipped.names.iri("event", "nowhere")
    assert claims_behind(shipped.store, nowhere) == []


def test_a_sentence_is_whole_around_its_span():
    start, end = sentence_around(TEXT, AT)
    assert TEXT[start:end].strip() == "Troops took the bridge on Sunday."


def test_a_span_over_two_sentences_takes_both():
    start, end = sentence_around(TEXT, (TEXT.index("fell"), AT[1]))
    assert TEXT[start:end].strip() == "Rain fell. Troops took the bridge on Sunday."


def test_without_the_text_the_anchor_is_shown(asked, shipped):
    answer = asked("withdrawals", place="palmyra")
    shown = show_evidence(shipped.store, answer, shipped.names, lambda _: None)
    assert "row 1" in shown
    assert "“loyalist troops withdrew" in shown
    assert "Syrian state media ← " in shown
    assert "⟦" not in shown


def test_with_the_text_the_whole_sentence_is_shown(asked_aven, invented):
    workspace = open_workspace(FIXTURES / "aven")
    answer = asked_aven("evidence", thing="claim/aven.bridge-taken")
    shown = show_evidence(invented.store, answer, invented.names, workspace.content)
    assert "⟦took the Aven bridge⟧" in shown
    assert "Government troops" in shown
    assert "[41–61]" in shown


def test_the_question_and_the_trace_agree(asked_aven, invented):
    answer = asked_aven("evidence", thing="claim/aven.bridge-taken")
    (row,) = answer.rows
    cells = dict(zip(answer.columns, row, strict=True))
    found = trace(invented.store, cells["claim"].value, invented.names)
    assert found.words == (
        Words(int(cells["start"].value), int(cells["end"].value), cells["words"].value),
    )
