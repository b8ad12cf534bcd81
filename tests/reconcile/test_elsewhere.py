"""What a gazetteer knows of names: a place of ours is meant only where no other may be."""

from dataclasses import replace

import pytest

from kg.gazetteer.lookup import read, write
from kg.gazetteer.record import Record
from kg.reconcile.answer import Said
from kg.reconcile.elsewhere import by_gazetteer
from tests.reconcile.valley import INDEX


def record(number, kind, name, point, population=0):
    return Record(
        f"x:{number}", kind, {"en": name}, point, "TA", names=(name,), population=population
    )


LISTED = (
    record(1, "country", "Tarn", (10.0, 20.0), 5_000_000),
    record(2, "town", "Aven", (12.0, 22.0), 40_000),
    record(3, "town", "Holm", (11.0, 21.0), 30_000),
    record(4, "town", "Holm", (15.0, 25.0), 30_000),
    record(5, "town", "Deir ez-Zahur", (16.0, 26.0), 90_000),
    record(6, "city", "Qasr", (10.6, 20.6), 300_000),
    record(7, "governorate", "Qasr", (10.5, 20.5)),
    record(8, "governorate", "Varro", (10.2, 20.2)),
)


@pytest.mark.parametrize(
    ("name", "thing", "kind", "expected"),
    [
        ("Aven", "place/aven", None, False),  # the one that it lists is ours
        ("Holm", "place/holm-north", None, True),  # it lists two
        ("Holm", "place/holm-south", None, True),  # of another country it knows nothing
        ("Deir ez-Zahur", "place/deir-zahur", None, True),  # the one that it lists is far away
        ("Brae", "place/brae", None, False),  # it lists none
        ("Qasr", "place/qasr", None, True),  # the governorate may be meant
        ("Qasr", "place/qasr", "city", False),
        ("Aven border crossing", "place/aven-crossing", None, False),  # no crossing of the name
        ("Tarn", "place/tarn", None, False),
    ],
)
def test_a_name_means_our_place_where_the_gazetteer_has_no_other(name, thing, kind, expected):
    elsewhere = by_gazetteer(read(write(LISTED), "x"), INDEX.things)
    assert elsewhere(Said(name, kind), INDEX.things.by_id[thing]) is expected


@pytest.mark.parametrize(
    ("name", "thing", "expected"),
    [
        ("Holm", "place/holm-south", False),  # no other of Marnia is listed
        ("Holm", "place/holm-north", True),  # Tarn has two
        ("Qasr", "place/qasr", True),  # the city and the governorate are both in Tarn
        ("Aven", "place/aven", False),
        ("Deir ez-Zahur", "place/deir-zahur", True),
    ],
)
def test_where_its_country_is_said_the_country_alone_is_looked_at(name, thing, expected):
    others = tuple(replace(one, id=f"y:{n}", country="MA") for n, one in enumerate(LISTED[1:3]))
    elsewhere = by_gazetteer(read(write((*LISTED, *others)), "x"), INDEX.things)
    assert elsewhere(Said(name, country=True), INDEX.things.by_id[thing]) is expected


def test_a_gazetteer_of_other_countries_has_nothing_to_say():
    foreign = replace(LISTED[0], label={"en": "Farland"}, names=("Farland",))
    elsewhere = by_gazetteer(read(write((foreign, *LISTED[1:])), "x"), INDEX.things)
    assert elsewhere(Said("Holm"), INDEX.things.by_id["place/holm-north"]) is False
