"""Whether snippets tell that territory changed hands: ours, and the development set."""

from __future__ import annotations

import pytest

from kg.errors import TextError
from kg.evaluate.counts import Counts
from kg.evaluate.tasks import transfer

pytest.importorskip("spacy")

ROWS = (
    ("Rebels captured the town of Belgrade on Monday.", "GOV_REGAINS_TERIT"),
    ("Troops withdrew from the fortress and rebels seized it.", "NON_VIOL_TERRIT_TRANSFER"),
    ("The army vowed to recapture Vienna.", "NON_STATE_ACTOR_OVERTAKES_TER"),
    ("Police seized weapons in a house.", "DISR_WEAP"),
    ("Riders captured the village of Holm, and nobody asked.", "OTHER"),
)


def test_a_snippet_counts_once_and_only_what_came_about(tmp_path):
    (tmp_path / "case2021").mkdir()
    lines = ["id\tEventSnippet\tSubType"]
    lines += [f"{n}\t{text}\t{kind}" for n, (text, kind) in enumerate(ROWS)]
    (tmp_path / "case2021" / "snippets_dev.tsv").write_text("\n".join(lines), encoding="utf-8")
    (measured,) = transfer.measure(tmp_path)
    assert measured.total == Counts(right=2, proposed=3, found=2, wanted=3)
    assert measured.rules["control.withdraw-verb"] == Counts(right=1, proposed=1)


def test_a_folder_without_the_set_is_said(tmp_path):
    with pytest.raises(TextError, match="--gold"):
        transfer.measure(tmp_path)


def test_the_development_set_reaches_what_it_must(shared):
    (measured,) = transfer.measure(shared / "gold")
    assert measured.total.f >= 0.80
