"""However many articles are read, the model keeps no more words than it may."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from kg.suggest import model as models
from kg.suggest.model import load_model
from kg.suggest.names import know
from kg.suggest.reading import read_text
from kg.suggest.suggest import propose, propose_each

TEXTS = [
    "Colonel Ines Varro of the Third Corps said that her men had captured the fort of Avenholm.",
    "The Tarnish League lost Holmgarth on Monday.\n\nIt withdrew its gunners from Selmwick, too.",
]


def test_words_that_are_not_kept_change_no_proposal(monkeypatch):
    model, known = load_model(), know(None)
    kept = [repr(propose(read_text(text), known, model)) for text in TEXTS]
    monkeypatch.setattr(models, "_MOST_WORDS", 0)
    for _ in range(2):
        assert [repr(propose(read_text(text), known, model)) for text in TEXTS] == kept


def test_words_beyond_the_most_are_forgotten_with_their_article(monkeypatch):
    model, known = load_model(), know(None)
    monkeypatch.setattr(models, "_MOST_WORDS", 0)
    before = len(model.pipeline.vocab.strings)
    for syllable in ("ba", "do", "ki", "lu"):
        new = (
            f"The Vrax{syllable}mic League captured Qelm{syllable}burgh and shelled Zup{syllable}."
        )
        assert propose(read_text(new), known, model).statements
    assert len(model.pipeline.vocab.strings) <= before + 2


def test_articles_that_are_parsed_together_are_proposed_as_each_alone():
    model, known = load_model(), know(None)
    readings = [read_text(text) for text in (*TEXTS, "Aven is quiet.", *TEXTS, "Holm fell.")]
    alone = [repr(propose(reading, known, model)) for reading in readings]
    assert [repr(found) for found in propose_each(readings, known, model)] == alone
