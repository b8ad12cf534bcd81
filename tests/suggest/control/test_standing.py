"""What sentences say of how their statements stand: done or going on, so or only thought of."""

from __future__ import annotations

import pytest

from kg.suggest.control import state
from kg.suggest.model import load_model, parse
from kg.suggest.names import name
from kg.suggest.reading import read_text
from tests.suggest.meant.world import KNOWN

pytest.importorskip("spacy")


def standings(text):
    (reading,) = parse(load_model(), [read_text(text)])
    found = state(reading, name(reading, KNOWN), [], [])
    return [(s.type or s.degree, s.completion, s.factuality, s.certainty) for s in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It was the last town held by the River Guard.",
            ("full", "completed", "asserted", "underspecified"),
        ),
        (
            "The River Guard seized the last town under the control of the Salt Front.",
            ("full", "completed", "asserted", "underspecified"),
        ),
        (
            "The River Guard's capture of Selm could help its leaders.",
            ("capture", "completed", "asserted", "underspecified"),
        ),
        (
            "The capture of Selm could help its leaders.",
            ("capture", "completed", "conditional", "underspecified"),
        ),
        (
            "Selm is being attacked by the River Guard.",
            ("attack", "ongoing", "asserted", "underspecified"),
        ),
        (
            "Families left as the River Guard pushed into Selm.",
            ("advance", "completed", "asserted", "underspecified"),
        ),
        (
            "Families leave as the River Guard pushes into Selm.",
            ("advance", "ongoing", "asserted", "underspecified"),
        ),
        (
            "If the River Guard takes Selm, Holm is captured by the Salt Front.",
            ("capture", "completed", "conditional", "underspecified"),
        ),
        (
            "The mayor confirmed that the River Guard had captured Selm.",
            ("capture", "completed", "asserted", "certain"),
        ),
        (
            "There will be work after the liberation of Selm.",
            ("capture", "completed", "predicted", "underspecified"),
        ),
    ],
)
def test_a_statement_stands_as_the_words_around_it_say(text, expected):
    assert expected in standings(text)
