"""The things of the invented release."""

import pytest

from kg.reconcile.read import read_things
from kg.release.read import open_release


@pytest.fixture(scope="module")
def things(aven_releases):
    release = open_release(aven_releases)
    return read_things(release.store, release.names)


def test_a_place_has_its_names_its_type_its_point_and_its_links(things):
    bridge = things.by_id["place/aven-bridge"]
    assert bridge.label == {"en": "Aven bridge", "ar": "جسر آفن"}
    assert bridge.names == ("Aven bridge", "جسر آفن", "the bridge")
    assert bridge.types == ("place-type/Facility",) and bridge.kind == "Place"
    assert bridge.links == ("https://example.org/almanac/3",)
    assert bridge.point == (-48.25, -24.5125)
    assert next(things.within(bridge)).id == "place/aven"
    assert things.country(bridge).name == "Tarn"
    assert things.describe(bridge).startswith("Facility in Aven, ")


def test_an_event_has_a_name_of_its_id_its_place_and_its_days(things):
    event = things.by_id["event/aven-bridge-takeover"]
    assert event.label == {"en": "Aven bridge takeover"}
    assert event.related["place"] == ("place/aven-bridge",)
    assert event.days == ("2026-03-01", "2026-03-02")
    said = things.describe(event)
    assert said == "Capture or Loss of control in Aven bridge, 2026-03-01 to 2026-03-02"


def test_what_one_article_alone_knows_is_no_thing(things):
    assert things.by_id and not any("." in one for one in things.by_id)


def test_types_have_names_and_what_is_above_them(things):
    town = things.types["place-type/Town"]
    assert (town.name, town.broader) == ("Town", "Place") and town.description
    assert things.types["Actor"].broader == ""


def test_an_id_may_be_written_as_an_iri(things):
    found = things.find("https://example.org/valley/place/holm")
    assert found is things.find("place/holm") and things.find("place/nowhere") is None
    people = [one.id for one in things.by_id.values() if one.person]
    assert people and all(one.startswith("actor/") for one in people)
