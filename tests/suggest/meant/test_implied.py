"""What a statement leaves to the others of its article."""

from __future__ import annotations

from dataclasses import replace

from kg.suggest.found import By
from tests.suggest.meant.world import Told, who


def test_who_takes_a_place_elsewhere_takes_it_here():
    told = Told("The River Guard took Selm. The fall of Selm is news.")
    first = told.statement("took Selm", roles={"gained_by": "River Guard", "place": "Selm"})
    second = told.statement("fall of Selm", roles={"place": "Selm"})
    found = told.taken(first, second)[1]
    assert who(found, "gained-by") == ["river-guard"]
    assert "gained-by: who takes it elsewhere here" in found.by.because


def test_a_place_that_two_take_says_nothing_of_its_fall():
    text = "The River Guard took Selm. The Salt Front took Selm. The fall of Selm is news."
    told = Told(text)
    first = told.statement("took Selm", roles={"gained_by": "River Guard", "place": "Selm"})
    second = told.statement("Salt Front took", roles={"gained_by": "Salt Front", "place": "Selm"})
    third = told.statement("fall of Selm", roles={"place": "Selm"})
    assert who(told.taken(first, second, third)[2], "gained-by") == []


def test_what_fell_was_taken_where_the_article_says_by_whom():
    told = Told("The River Guard took Selm. Selm fell at night.")
    first = told.statement("took Selm", roles={"gained_by": "River Guard", "place": "Selm"})
    fell = told.statement("fell at night", "loss-of-control", roles={"place": "Selm"})
    fell = replace(fell, by=By("control.loss-fell", "'fell'"))
    found = told.taken(first, fell)[1]
    assert (found.type, who(found, "gained-by")) == ("capture", ["river-guard"])


def test_who_held_it_until_then_lost_it():
    told = Told("The River Guard took Selm, held by the Salt Front.")
    taking = told.statement("took Selm", roles={"gained_by": "River Guard", "place": "Selm"})
    hold = told.statement(
        "held by",
        None,
        degree="full",
        completion="completed",
        roles={"controller": "Salt Front", "place": "Selm"},
    )
    assert who(told.taken(taking, hold)[0], "lost-by") == ["salt-front"]
    still = replace(hold, completion="ongoing")
    assert who(told.taken(taking, still)[0], "lost-by") == []


def test_an_attack_on_what_is_somebodys_is_on_them():
    told = Told("Soldiers attacked the Salt Front's camps in Selm.")
    attack = told.statement(
        "attacked the Salt Front's camps in Selm", "attack", roles={"place": "Selm"}
    )
    camps = told.statement(
        "camps in Selm",
        None,
        degree="presence",
        roles={"controller": "Salt Front", "place": "Selm"},
    )
    assert who(told.taken(attack, camps)[0], "affected") == ["salt-front"]


def test_a_killing_is_where_the_sentence_before_it_is():
    told = Told("The River Guard took Selm. Nine people were killed.")
    taking = told.statement("took Selm", roles={"gained_by": "River Guard", "place": "Selm"})
    killing = told.statement("killed", "killing", roles={"affected": "Nine people"})
    assert who(told.taken(taking, killing)[1], "place") == ["selm"]


def test_takings_of_two_places_are_two():
    told = Told("The River Guard took Selm and Holm.")
    taking = told.statement("took Selm", roles={"gained_by": "River Guard", "place": "Selm"})
    both = replace(taking, roles=(*taking.roles, told.filled("place", "Holm", taking.span)))
    assert [who(s, "place") for s in told.taken(both)] == [["selm"], ["holm"]]
    hold = replace(both, type=None, degree="full")
    assert [who(s, "place") for s in told.taken(hold)] == [["selm", "holm"]]
    part = replace(both, extent=told.at("took"))
    assert [who(s, "place") for s in told.taken(part)] == [["selm", "holm"]]
