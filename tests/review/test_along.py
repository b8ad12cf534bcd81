"""One decision a statement: what goes along with a claim, an actor or a place."""

import pytest

from kg.review.along import along_with, judge_along
from kg.review.desk import NotAccepted
from kg.review.session import sit_down


def test_a_claim_is_accepted_with_its_voice_its_actors_and_places_and_their_names(desk):
    expected = {"actor/council-riders", "mention/riders", "place/tarn-ford", "mention/ford"}
    assert set(along_with(desk, "claim/ford-taken", "positive")) == expected | {
        "voice/valley-monitor"
    }
    judged = judge_along(desk, "claim/ford-taken", "positive")
    assert judged[-1] == "claim/ford-taken" and len(judged) == 6
    assert all(desk.item(path).judgement == "positive" for path in judged)
    assert [r.path for r in desk.journal.records if r.do == "judge"] == judged


def test_what_one_key_judged_is_undone_by_one(desk, valley):
    desk.judge("claim/paved", "negative")
    before = desk.items
    judged = judge_along(desk, "claim/ford-taken", "positive")
    assert desk.undo() == judged[::-1]
    assert desk.items == before
    desk.journal.close()
    again = sit_down(valley, "tarn-ford", "reviewer-1")
    assert again.items == before
    assert again.undo() == ["claim/paved"] and again.undo() == []
    again.journal.close()


def test_what_was_judged_before_stays_as_it_was(desk):
    desk.judge("mention/riders", "negative")
    assert "mention/riders" not in judge_along(desk, "claim/ford-taken", "positive")
    assert desk.item("mention/riders").judgement == "negative"


def test_a_place_is_rejected_with_its_mentions_and_a_claim_alone(desk):
    assert judge_along(desk, "place/tarn-ford", "negative") == ["mention/ford", "place/tarn-ford"]
    assert judge_along(desk, "claim/paved", "negative") == ["claim/paved"]


def test_where_one_cannot_be_accepted_none_is_and_it_is_said_which(desk):
    desk.edit("voice/valley-monitor", desk.item("voice/valley-monitor").table | {"form": "sung"})
    with pytest.raises(NotAccepted, match="voice/valley-monitor"):
        judge_along(desk, "claim/ford-taken", "positive")
    assert all(item.judgement is None for item in desk.items.values() if item.kind != "part")
