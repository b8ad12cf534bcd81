"""Standing and time in words."""

import pytest

from server.show import dates, standing
from server.show.dates import Bounds
from server.show.standing import Standing
from server.show.term import spoken, words_in


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("Positive", "Completed", "Asserted", "Underspecified"), "Asserted as done"),
        (("Positive", "Ongoing", "Asserted", "Certain"), "Asserted as going on, for certain"),
        (("Positive", "Failed", "Asserted", "Probable"), "Asserted as failed, as probable"),
        (("Positive", "Unspecified", "Asserted", "Underspecified"), "Asserted"),
        (("Negative", "Completed", "Asserted", "Underspecified"), "Asserted not to be so"),
        (("Positive", "Completed", "Planned", "Underspecified"), "Planned"),
        (
            ("Positive", "Completed", "Conditional", "Possible"),
            "Said under a condition, as no more than possible",
        ),
        (("Positive", "Completed", "Feared", "Underspecified"), "Feared"),
        (("Negative", "Completed", "Predicted", "Underspecified"), "Predicted not to be so"),
    ],
)
def test_standing_is_said_in_words(values, words):
    assert standing.in_words(Standing(*values)) == words


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (("1", "1", "1", "1"), "on 1"),
        (("1", "2", "1", "2"), "some time from 1 to 2"),
        ((None, "3", None, "3"), "by 3"),
        ((None, "3", "3", None), "so on 3"),
        ((None, "4", "3", None), "so between 3 and 4"),
        ((None, "2", "3", None), "begun by 2, still so on 3"),
        (("1", "1", "3", None), "from 1, still so on 3"),
        (("1", "2", "3", "4"), "begun from 1 to 2, ended from 3 to 4"),
        (("1", "1", "3", "3"), "from 1, until 3"),
        ((None, None, None, "3"), "over by 3"),
        (("1", None, None, None), "not before 1"),
        ((None, None, None, None), ""),
    ],
)
def test_time_is_said_in_words(bounds, words):
    assert dates.in_words(Bounds(*bounds)) == words


def test_names_are_said_in_words():
    assert words_in("sinceEarliest") == "since earliest"
    assert spoken("aven.bridge-taken") == "Bridge taken"
    assert spoken("aven.30-51") == "30-51"
    assert dates.days("2026-03-03", "2026-03-03") == "2026-03-03"
