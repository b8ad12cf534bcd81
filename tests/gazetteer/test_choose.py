import pytest

from kg.gazetteer.choose import choose, choose_together
from kg.gazetteer.features import Context, kilometres
from kg.gazetteer.lookup import load, read, write
from kg.gazetteer.record import Record


def place(number, type_, name, point, **more):
    more.setdefault("names", (name, *more.pop("also", ())))
    return Record(f"wof:{number}", type_, {"en": name}, point, **more)


NORTH, SOUTH = {"country": "NA", "parents": ("wof:1",)}, {"country": "SA", "parents": ("wof:2",)}
IN_AVEN = {"country": "NA", "parents": ("wof:3", "wof:1")}
PLACES = [
    place(1, "country", "Norda", (50.0, 20.0), country="NA"),
    place(2, "country", "Surda", (40.0, 20.0), country="SA"),
    place(3, "governorate", "Aven", (50.0, 21.0), **NORTH),
    place(4, "city", "Aven", (50.1, 21.1), population=300_000, **IN_AVEN),
    place(5, "village", "Aven", (40.1, 20.1), **SOUTH),
    place(6, "town", "Holm", (50.2, 21.2), population=20_000, **IN_AVEN),
    place(7, "town", "Holm", (40.2, 20.2), population=20_000, **SOUTH),
    place(8, "village", "Tarn", (50.25, 21.2), **IN_AVEN),
    place(9, "village", "Tarn", (40.9, 25.0), **SOUTH),
    place(10, "city", "Vessin", (40.5, 20.5), population=90_000, also=("Lorrow", "Lorow"), **SOUTH),
    place(11, "town", "Kettle", (40.6, 20.5), population=30_000, also=("Lorrow",), **SOUTH),
    place(12, "town", "Mirrin", (45.0, 22.0), population=40_000, current=False, **SOUTH),
    place(13, "town", "Sallow", (50.0, 22.0), population=40_000, **NORTH),
    place(14, "town", "Sallow", (50.02, 22.0), **NORTH),
]
GAZETTEER = read(write(PLACES), "invented")


def chosen(choice):
    return choice.chosen and choice.chosen.id


def test_the_well_known_one_of_two_is_chosen_and_the_kind_said_decides():
    assert chosen(choose(GAZETTEER, "the city of Aven")) == "wof:4"
    assert chosen(choose(GAZETTEER, "Aven province")) == "wof:3"
    assert chosen(choose(GAZETTEER, "Aven", Context(hint="governorate"))) == "wof:3"


def test_a_city_and_the_governorate_of_its_name_are_never_told_apart_for_certain():
    choice = choose(GAZETTEER, "Aven")
    assert chosen(choice) == "wof:4" and not choice.certain
    assert "wof:3, a governorate, may be meant" in choice.because


def test_a_governorate_is_never_certain_by_its_bare_name():
    varro = place(15, "governorate", "Varro", (50.0, 23.0), **NORTH)
    town = place(16, "town", "Sill", (50.0, 23.1), country="NA", parents=("wof:15", "wof:1"))
    gazetteer = read(write([*PLACES, varro, town]), "invented")
    bare, in_it = choose_together(gazetteer, [("Varro", None), ("the town of Sill", None)])
    assert chosen(bare) == "wof:15" and not bare.certain and chosen(in_it) == "wof:16"
    assert "no word says that the governorate is meant" in bare.because
    assert choose(gazetteer, "Varro province").certain
    assert choose(gazetteer, "Norda").certain, "a country is"


@pytest.mark.parametrize(("country", "right"), [("Norda", "wof:6"), ("Surda", "wof:7")])
def test_of_equals_the_one_in_the_countries_named_is_chosen(country, right):
    assert not choose(GAZETTEER, "Holm").certain
    *_, holm = choose_together(GAZETTEER, [(country, None), ("Holm", None)])
    assert chosen(holm) == right and holm.certain


def test_a_small_place_is_proposed_only_near_others():
    assert choose(GAZETTEER, "Tarn").chosen is None
    asked = [("Norda", None), ("Holm", None), ("Tarn", None)]
    assert chosen(choose_together(GAZETTEER, asked)[2]) == "wof:8"


def test_a_place_of_another_kind_is_not_proposed():
    choice = choose(GAZETTEER, "the Holm border crossing")
    assert choice.chosen is None and not choice.certain
    assert choice.because == "wof:6 is a town, not a border-crossing"
    assert len(choice.candidates) == 2


def test_a_name_nearly_the_same_is_shown_and_not_proposed():
    choice = choose(GAZETTEER, "Vesshin")
    assert choice.chosen is None or not choice.certain
    assert choose(GAZETTEER, "Quxquo").because == "no record has such a name"


def test_a_stray_name_counts_less_than_one_of_several_spellings():
    choice = choose(GAZETTEER, "Lorrow", Context(countries=("SA",)))
    assert chosen(choice) == "wof:10"


def test_what_is_no_more_is_not_proposed():
    assert choose(GAZETTEER, "Mirrin").chosen is None


def test_two_records_of_one_town_do_not_make_it_uncertain():
    choice = choose(GAZETTEER, "Sallow")
    assert chosen(choice) == "wof:13" and choice.certain


def test_every_candidate_says_what_speaks_for_it():
    for candidate in choose(GAZETTEER, "Aven").candidates:
        names = [feature.name for feature in candidate.features]
        assert names == ["label", "type", "size", "agreement", "distance", "parent", "country"]
        assert all(0 <= f.value <= 1 and f.because for f in candidate.features)
        assert 0 <= candidate.score <= 1


def test_the_order_of_the_names_changes_no_choice():
    asked = [("Norda", None), ("Holm", None), ("Tarn", None), ("Aven", "city")]
    forth = {choice.name: chosen(choice) for choice in choose_together(GAZETTEER, asked)}
    back = {choice.name: chosen(choice) for choice in choose_together(GAZETTEER, asked[::-1])}
    assert forth == back


def test_a_degree_of_latitude_is_111_kilometres():
    assert kilometres((0, 0), (1, 0)) == pytest.approx(111.2, abs=0.1)
    assert kilometres((0, 179.5), (0, -179.5)) == pytest.approx(111.2, abs=0.1)


@pytest.mark.parametrize("name", ["Marrick", "Tarrow", "Torrin"])
def test_what_only_sounds_like_a_place_elsewhere_is_none(name):
    choice = choose(load(), name)
    assert load().folded(name)
    assert choice.chosen is None
    assert choice.because.startswith(choice.candidates[0].record.id)
