"""What a figure is about, by its measure and its sentence."""

from __future__ import annotations

from kg.suggest.about import about
from kg.suggest.found import By, Figure, Filled, Named, Proposals, Statement
from kg.suggest.names import Known
from kg.suggest.reading import read_text

TEXT = (
    "Tarn is at war. The River Guard holds Selm and 40 per cent of the country. "
    "The Coast Air Force flew 12 air strikes on Holm. Holm is nine miles from Selm."
)
BY = By("figures.test", "a test")


def at(words, nth=1):
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def place(words, slug, type_, nth=1):
    return Named(at(words, nth), "place", BY, refers_to=slug, type=type_)


GUARD = Named(at("River Guard"), "actor", BY, refers_to="river-guard", type="armed-group")
PILOTS = Named(at("Coast Air Force"), "actor", BY, refers_to="air-force", type="state-forces")
NAMES = [
    place("Tarn", "tarn", "country"),
    GUARD,
    place("Selm", "selm", "town"),
    PILOTS,
    place("Holm", "holm", "town"),
    place("Holm", "holm", "town", 2),
    place("Selm", "selm", "town", 2),
]
HOLDS = Statement(
    at("holds Selm"), BY, degree="full", roles=(Filled("controller", at("River Guard"), GUARD),)
)


def roles(words, measure, **changed):
    figure = Figure(at(words), words, 1, BY, measure=measure)
    names, told = changed.get("names", NAMES), changed.get("told", [HOLDS])
    found = Proposals(names=names, statements=told, figures=[figure])
    filled = about(found, read_text(TEXT), Known())[figure]
    return [(one.role, one.named.refers_to) for one in filled]


def test_land_has_a_holder_and_lies_in_the_country_named_last():
    names = [n for n in NAMES if n.refers_to != "selm"]
    expected = [("controller", "river-guard"), ("place", "tarn")]
    assert roles("40 per cent", "territory-share", names=names) == expected
    assert roles("40 per cent", "territory-share", names=names, told=[]) == expected


def test_strikes_have_an_agent_and_the_nearest_place():
    assert roles("12 air strikes", "air-strikes") == [("agent", "air-force"), ("place", "holm")]


def test_a_distance_lies_between_two_places():
    assert roles("nine miles", "distance") == [("place", "holm"), ("place", "selm")]
