"""Whom words without a name mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.suggest.meant.world import Told, who


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The River Guard came. The militants took Selm.", "militants", "river-guard"),
        ("The River Guard came. Militants took Selm.", "Militants", "river-guard"),
        ("The River Guard and the Salt Front came. Militants took Selm.", "Militants", None),
        ("The River Guard came. Other militants took Selm.", "militants", None),
        ("The River Guard came. A militant group took Selm.", "militant group", None),
        ("The River Guard came. The Bolivian militants took Selm.", "Bolivian militants", None),
        ("The River Guard came. They took Selm.", "They", "river-guard"),
        ("The army took Selm.", "army", "bolivian-army"),
        ("Regime troops took Selm.", "Regime troops", "bolivian-army"),
        ("Bolivian soldiers took the bridge.", "Bolivian soldiers", "bolivian-army"),
        ("Forces loyal to the general took Selm.", "Forces", "bolivian-army"),
        ("The regime took Selm.", "regime", "bolivian-government"),
        ("Pro-government forces took Selm.", "Pro-government forces", None),
        ("Forces took Selm.", "Forces", None),
        ("The army took Holm.", "army", None),
        ("Tribal fighters took Selm.", "Tribal fighters", "oruna-fighters"),
        ("Its rivals, the Salt Front, took Selm.", "rivals", "salt-front"),
    ],
)
def test_words_mean_who_is_of_their_kind_and_country(text, words, expected):
    told = Told(text)
    place = next((p for p in ("Selm", "Holm") if p in text), None)
    roles = {"gained_by": words, **({"place": place} if place else {})}
    statement = told.statement("took", roles=roles)
    assert who(told.taken(statement)[0], "gained-by") == [expected]


def test_a_pronoun_that_nothing_explains_fills_no_role():
    told = Told("The rain was heavy. It took Selm.")
    (taken,) = told.taken(told.statement("took Selm", roles={"gained_by": "It", "place": "Selm"}))
    assert who(taken, "gained-by") == [] and who(taken, "place") == ["selm"]


def test_they_are_people_in_arms_before_they_are_a_government():
    told = Told("The Bolivian government met the River Guard. They took Selm.")
    (taken,) = told.taken(told.statement("took Selm", roles={"gained_by": "They", "place": "Selm"}))
    assert who(taken, "gained-by") == ["river-guard"]


def test_who_only_leads_an_alliance_is_not_the_alliance():
    told = Told("There were Chile-led air strikes on Selm.")
    statement = told.statement("strikes", "air-strike", roles={"agent": "Chile", "place": "Selm"})
    (taken,) = told.taken(statement)
    assert who(taken, "agent") == ["chile-coalition"]


def test_people_that_nobody_names_are_told_as_one():
    told = Told("Clerks and bakers were killed in Selm.")
    first, second = (
        told.filled("affected", "Clerks", (0, 1)),
        told.filled("affected", "bakers", (0, 1)),
    )
    statement = told.statement("killed in Selm", "killing", roles={"place": "Selm"})
    (taken,) = told.taken(replace(statement, roles=(*statement.roles, first, second)))
    assert [told.reading.words(f.words) for f in taken.filling("affected")] == ["Clerks and bakers"]


def test_a_persons_regime_is_the_government_where_it_acts():
    told = Told("Varro's regime shelled Selm.")
    roles = {"agent": "Varro's regime", "place": "Selm"}
    statement = told.statement("shelled", "attack", roles=roles)
    person = next(n for n in told.names if n.refers_to == "ada-varro")
    agent = replace(statement.roles[0], named=person)
    (taken,) = told.taken(replace(statement, roles=(agent, *statement.roles[1:])))
    assert who(taken, "agent") == ["bolivian-government"]


def test_a_stranger_who_stands_nearer_is_not_passed_over():
    told = Told("The River Guard waits. The Holm Brigade said they took Selm.")
    stranger = [n for n in told.names if n.kind == "actor" and n.refers_to is None]
    assert stranger, "the text names somebody of whom nothing is known"
    statement = told.statement("took Selm", roles={"gained_by": "they", "place": "Selm"})
    assert who(told.taken(statement)[0], "gained-by") == []
