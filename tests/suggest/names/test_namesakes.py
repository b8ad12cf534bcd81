"""The town, or the province that is called like it."""

from __future__ import annotations

import pytest

from kg.suggest.names import name
from kg.suggest.reading import read_text
from tests.suggest.meant.world import KNOWN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell on Oruna.", ["oruna"]),
        ("Rain fell on the province of Oruna.", ["oruna-governorate"]),
        ("Rain fell on the provinces of Telma and Oruna.", ["oruna-governorate"]),
        ("Rain fell on Telma Province and Oruna.", ["telma-governorate", "oruna-governorate"]),
        ("Rain fell on Oruna and Selm.", ["oruna", "selm"]),
        ("The Guard holds villages in Oruna.", ["oruna-governorate"]),
        ("The province of Oruna is dry. Rain fell on Oruna.", ["oruna-governorate"] * 2),
        ("The province of Oruna is dry. The city of Oruna is not.", ["oruna-governorate", "oruna"]),
    ],
)
def test_a_name_means_what_its_words_and_its_row_say(text, expected):
    found = [n.refers_to for n in name(read_text(text), KNOWN) if n.kind == "place"]
    assert [one for one in found if one is not None] == expected
