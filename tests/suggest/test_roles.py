"""The roles of a type of event are those of the shapes."""

from kg.suggest.roles import role_table
from kg.vocabulary import load_vocabulary


def test_every_type_of_event_has_its_row():
    assert set(role_table()) == load_vocabulary().values["event-type"]


def test_a_row_says_what_is_needed_and_what_cannot_be():
    capture, withdrawal = role_table()["capture"], role_table()["withdrawal"]
    assert capture.suffice(frozenset({"place"})) and not capture.suffice(frozenset({"gained-by"}))
    assert capture.allow("gained-by") and not capture.allow("agent")
    assert withdrawal.suffice(frozenset({"lost-by"})) and not withdrawal.allow("gained-by")
    assert role_table()["attack"].suffice(frozenset({"affected"}))
