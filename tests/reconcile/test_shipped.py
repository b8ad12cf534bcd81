"""The shipped release, asked with the names that mislead: never a match that is another place."""

import pytest

from kg.gazetteer.features import kilometres
from kg.gazetteer.lookup import load
from kg.reconcile.answer import reconcile
from kg.reconcile.asked import Query, Wanted
from kg.reconcile.elsewhere import by_gazetteer
from kg.reconcile.index import Index
from kg.reconcile.properties import find_property
from kg.reconcile.read import read_things
from kg.release.read import open_release

NEAR = 25
"""Kilometres within which a record is of the place that is called a match."""


@pytest.fixture(scope="module")
def asked(shipped_releases):
    """Asks for a name, of a type where one is given: the candidates, and the match or None."""
    release = open_release(shipped_releases)
    things = read_things(release.store, release.names)
    index, elsewhere = Index(things), by_gazetteer(load(), things)

    def ask(name, *kinds, **having):
        wanted = tuple(Wanted(find_property(one), (value,)) for one, value in having.items())
        found = reconcile(index, Query(name, kinds, wanted=wanted), elsewhere)
        return [one.thing for one in found], next((one.thing for one in found if one.match), None)

    return ask


@pytest.mark.parametrize(
    ("name", "best", "sure"),
    [
        ("Palmyra", "place/palmyra", True),
        ("Tadmur", "place/palmyra", True),
        ("تدمر", "place/palmyra", True),
        ("Ramadi", "place/ramadi", True),
        ("Mosul", "place/mosul", True),
        ("Anbar province", "place/anbar-governorate", True),
        ("Anbar", "place/anbar-governorate", False),
        ("Nineveh", "place/nineveh-governorate", False),
        ("Nineveh province", "place/nineveh-governorate", True),
        ("Baghdad province", "place/baghdad-governorate", True),
        ("the province of Diyala", "place/diyala-governorate", True),
        ("Baghdad", "place/baghdad", False),
        ("London", "place/london", False),
        ("Aleppo", "place/aleppo", False),
        ("Deir ez-Zor", "place/deir-ez-zor", False),
        ("Hasakah", "place/al-hasakah", False),
        ("Husseiba", "place/husseiba", False),
        ("Husaybah", "place/husseiba", False),
        ("Sinjar", "place/sinjar", False),
        ("Nimrud", "place/nimrud", False),
        ("Kobani", "place/kobani", True),
        ("Al-Tanf / Al-Walid border crossing", "place/al-tanf-crossing", True),
        ("Barack Obama", "actor/barack-obama", True),
        ("Kerry", "actor/john-kerry", False),
        ("Islamic State", "actor/islamic-state", True),
    ],
)
def test_a_name_that_misleads_is_no_match(asked, name, best, sure):
    candidates, match = asked(name)
    assert candidates[0].id == best
    assert (match is not None) is sure and (match is None or match.id == best)


@pytest.mark.parametrize(
    ("name", "kind", "meant"),
    [
        ("Aleppo", "City", "place/aleppo"),
        ("Aleppo", "Governorate", "place/aleppo-governorate"),
        ("Raqqa", "City", "place/raqqa"),
        ("حمص", "Governorate", "place/homs-governorate"),
        ("Nineveh", "Governorate", "place/nineveh-governorate"),
        ("Baghdad", "Governorate", "place/baghdad-governorate"),
        ("Diyala", "Governorate", "place/diyala-governorate"),
        ("Saladin", "Governorate", "place/saladin-governorate"),
        ("Baghdad", "City", "place/baghdad"),
    ],
)
def test_a_type_tells_a_city_from_its_governorate(asked, name, kind, meant):
    candidates, match = asked(name, f"place-type/{kind}")
    assert candidates[0].id == meant
    assert match is None or match.id == meant


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("London", ("place-type/City", "place-type/Town")),
        ("Baghdad", ("place-type/City", "place-type/Governorate")),
        ("Washington", ("Place", "Actor")),
        ("France", ("Place", "Actor")),
        ("Paris", ("Place", "Actor")),
        ("Damascus", ("Place", "Actor")),
        ("Nineveh", ("Place",)),
        ("Nineveh", ("place-type/Governorate", "place-type/ArchaeologicalSite")),
    ],
)
def test_of_several_types_none_makes_a_name_certain(asked, name, types):
    assert asked(name, *types)[1] is None


@pytest.mark.parametrize(
    ("name", "country", "sure"),
    [
        ("Sinjar", "Iraq", True),
        ("Ramadi", "Iraq", True),
        ("London", "United Kingdom", True),
        ("Nineveh", "Iraq", False),
        ("Baghdad", "Iraq", False),
        ("Ramadi", "Syria", False),
    ],
)
def test_a_country_rules_out_namesakes_elsewhere_and_none_in_it(asked, name, country, sure):
    assert (asked(name, country=country)[1] is not None) is sure


@pytest.mark.slow
def test_no_name_of_the_gazetteer_is_taken_for_a_place_far_away(asked):
    """A district is called as the town in it: its bare name means the town."""
    wrong = []
    for record in load():
        name = record.label.get("en") or next(iter(record.label.values()))
        _, match = asked(name)
        if match and record.type not in ("district", "country"):
            near = match.point and kilometres(match.point, record.point) <= NEAR
            wrong += [] if near else [(name, record.id, match.id)]
    assert wrong == []
