"""Where words without a name mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.suggest.meant.world import Told, who


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Rain fell on Selm. Rebels took the town.", "town", "selm"),
        (
            "Rebels took the last border crossing. Aven crossing is closed.",
            "last border crossing",
            "aven-crossing",
        ),
        ("Rebels took another town. Selm was shelled.", "town", "selm"),
        ("Rebels took another town. Holm and Selm were shelled.", "town", "holm"),
        ("Rebels took a hospital in Selm.", "hospital", "selm-hospital"),
        ("Rebels took Bolivian positions east of Selm.", "Bolivian positions", "east-of-selm"),
        ("Rebels took Bolivian territory.", "Bolivian territory", "bolivia"),
        ("In Bolivia, rebels took vast areas.", "vast areas", "bolivia"),
        ("Rebels took areas in northern Bolivia.", "areas", "northern-bolivia"),
        ("Rebels took some areas.", "areas", None),
        ("Rebels took a hill.", "hill", None),
        ("They met in Selm, a small town that rebels took.", "small town", "selm"),
    ],
)
def test_words_mean_the_place_of_their_kind(text, words, expected):
    told = Told(text)
    statement = told.statement("took", roles={"place": words})
    assert who(told.taken(statement)[0], "place") == [expected]


def test_the_area_is_where_the_statement_before_it_was():
    told = Told("Rebels took Selm after soldiers left the area.")
    first = told.statement("took Selm", roles={"place": "Selm"})
    second = told.statement("left the area", "withdrawal", roles={"place": "area"})
    assert who(told.taken(first, second)[1], "place") == ["selm"]


def test_a_set_of_places_is_not_the_one_in_its_name():
    told = Told("Rebels took all crossings between Bolivia and Paraguay.")
    statement = told.statement(
        "took all crossings", roles={"place": "Bolivia"}, extent=told.at("crossings between")
    )
    assert who(told.taken(statement)[0], "place") == ["all-crossings"]


def test_two_directions_are_two_regions():
    told = Told("Rebels took parts of eastern and northern Bolivia.")
    statement = told.statement(
        "took parts", roles={"place": "northern Bolivia"}, extent=told.at("parts of")
    )
    assert who(told.taken(statement)[0], "place") == ["eastern-bolivia", "northern-bolivia"]


def test_both_countries_are_the_two_named_last():
    told = Told("Bolivia and Paraguay are at war. Families fled in both countries.")
    statement = told.statement("fled", "displacement", roles={"place": "countries"})
    assert sorted(who(told.taken(statement)[0], "place")) == ["bolivia", "paraguay"]


def test_the_capital_told_with_a_name_is_meant_too():
    told = Told("Rebels marched on the capital and the town of Selm.")
    statement = told.statement("marched", "advance", roles={"destination": "Selm"})
    assert who(told.taken(statement)[0], "destination") == ["la-paz", "selm"]


def test_a_country_behind_a_name_only_says_where_it_lies():
    told = Told("Rebels took Selm, Bolivia.")
    statement = told.statement("took", roles={"place": "Selm"})
    both = replace(statement, roles=(*statement.roles, told.filled("place", "Bolivia", (0, 1))))
    assert who(told.taken(both)[0], "place") == ["selm"]
