"""Control events against a gold layer: ours, and the development set where it is there."""

from __future__ import annotations

import json

import pytest

from kg.errors import TextError
from kg.evaluate.counts import Counts
from kg.evaluate.tasks import control

pytest.importorskip("spacy")

TEXT = (
    "Ottoman troops besieged Vienna in spring. The Habsburg army failed to retake Belgrade.\n"
    "Ottoman troops control Athens. Saxon riders captured Prague."
)


def event(anchor: str, kind: str, actors: list[str], places: list[str], status: str) -> dict:
    return {
        "doc": "one",
        "anchor": anchor,
        "anchor_start": TEXT.index(anchor),
        "type": kind,
        "actor_alternatives": actors,
        "place_alternatives": places,
        "status": status,
        "optional": False,
    }


def write(folder, events):
    gold = folder / "re3d"
    gold.mkdir()
    (gold / "articles.jsonl").write_text(json.dumps({"_id": "one", "text": TEXT}))
    (gold / "control_events.jsonl").write_text("\n".join(json.dumps(e) for e in events))


def test_type_and_place_then_actor_and_status(tmp_path):
    write(
        tmp_path,
        [
            event("besieged Vienna", "besiege", ["troops"], ["Vienna"], "asserted"),
            event("retake Belgrade", "capture", ["army"], ["Belgrade"], "unrealised"),
            event("control Athens", "control", ["riders"], ["Athens"], "negated"),
            event("in spring", "withdraw", [], ["Vienna"], "asserted"),
        ],
    )
    found, actor, status = control.measure(tmp_path)
    assert found.total == Counts(right=3, proposed=4, found=3, wanted=4)
    assert found.rules["control.capture-verb"] == Counts(right=0, proposed=1)
    assert (actor.total.found, actor.total.wanted) == (2, 3)
    assert (status.total.found, status.total.wanted) == (2, 3)


def test_what_finds_only_an_optional_event_is_neither_right_nor_wrong(tmp_path):
    optional = event("captured Prague", "capture", [], ["Prague"], "asserted") | {"optional": True}
    write(tmp_path, [optional])
    found, _, _ = control.measure(tmp_path)
    assert "control.capture-verb" not in found.rules
    assert found.total.wanted == 0


def test_a_folder_without_the_set_is_said(tmp_path):
    with pytest.raises(TextError, match="--gold"):
        control.measure(tmp_path)


def test_the_development_set_reaches_what_it_must(shared):
    found, actor, status = control.measure(shared / "gold")
    assert found.total.f >= 0.85
    assert actor.total.precision >= 0.90
    assert status.total.precision >= 0.94
