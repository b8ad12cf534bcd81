"""What is read of an entity's JSON: of real ones, and of what is none."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import LookUpFailed
from kg.wikidata.record import is_id, kept, record_of
from wikidata.replay import ARCHIVE, archived, slice_of_wikidata


def statement(value, rank="normal", snaktype="value"):
    snak = {"snaktype": snaktype, "datavalue": {"value": value}}
    return {"mainsnak": snak if snaktype == "value" else {"snaktype": snaktype}, "rank": rank}


def entity(**claims):
    return {"id": "Q1", "labels": {}, "claims": claims}


def test_a_country():
    france = record_of(slice_of_wikidata()["Q142"])
    assert (france.id, france.labels) == ("Q142", {"en": "France", "ar": "فرنسا"})
    assert france.countries == ("Q142",) and len(france.points) == 1
    assert france.geonames and france.geonames[0].isdigit()
    assert france.names[:2] == ("France", "فرنسا")


def test_what_has_no_point_has_none():
    force = record_of(slice_of_wikidata()["Q11223"])
    assert force.points == () and force.geonames == () and force.classes
    assert "USAF" in force.aliases["en"]


def test_nothing_is_written_as_an_empty_list_too():
    found = record_of({"id": "Q1", "labels": [], "aliases": [], "descriptions": [], "claims": []})
    assert found.names == () and found.classes == ()


def test_preferred_values_hold_instead_of_normal_ones_and_deprecated_never():
    some = [
        statement({"id": "Q2"}),
        statement({"id": "Q3"}, "preferred"),
        statement({"id": "Q4"}, "deprecated"),
    ]
    assert record_of(entity(P31=some)).classes == ("Q3",)
    assert record_of(entity(P31=[some[0], some[2]])).classes == ("Q2",)
    assert record_of(entity(P31=[some[2]])).classes == ()


def test_unknown_and_no_values_are_no_values():
    some = [statement(None, snaktype="somevalue"), statement(None, snaktype="novalue")]
    assert record_of(entity(P17=some)).countries == ()


def test_a_point_elsewhere_than_on_the_earth_is_none():
    point = {"latitude": 1.5, "longitude": 2, "globe": "http://www.wikidata.org/entity/Q2"}
    elsewhere = point | {"globe": "http://example.org/moon"}
    found = record_of(entity(P625=[statement(elsewhere), statement(point)]))
    assert found.points == ((1.5, 2.0),)


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        "Q1",
        {},
        {"id": "L1"},
        {"id": 1},
        entity() | {"labels": {"en": "x"}},
        entity() | {"labels": {"en": {"value": 1}}},
        entity() | {"lastrevid": "x"},
        entity() | {"claims": {"P31": {}}} | {"aliases": {"en": {"value": "x"}}},
        entity(P31=[{"rank": "normal"}]),
        entity(P31=[statement({"id": "x/../y"})]),
        entity(P625=[statement({"latitude": 91, "longitude": 0, "globe": None})]) | {"id": "q"},
        entity(P1566=[statement(5)]),
    ],
)
def test_what_is_no_entity_is_said_to_be_none(wrong):
    with pytest.raises(LookUpFailed, match="no entity"):
        record_of(wrong)


@given(st.data())
def test_any_damage_is_told_or_harmless(data):
    """Whatever a part of a real entity is replaced by, there is a record or a LookUpFailed."""
    found = copy.deepcopy(slice_of_wikidata()["Q142"])
    at, keys = found, []
    while isinstance(at, (dict, list)) and at and (not keys or data.draw(st.booleans())):
        keys = [(at, k) for k in (at if isinstance(at, dict) else range(len(at)))]
        holder, key = data.draw(st.sampled_from(keys))
        at = holder[key]
    odd = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3))
    holder[key] = data.draw(st.one_of(odd, st.lists(odd, max_size=2), st.just({})))
    try:
        assert is_id(record_of(found).id)
        json.dumps(kept(found))
    except LookUpFailed:
        pass


@pytest.mark.slow
def test_what_is_kept_reads_the_same_and_is_small(shared):
    path = shared / "wikidata" / ARCHIVE
    if not path.is_file():
        pytest.skip("needs ../shared: the archive of entities")
    found = archived(path)
    assert len(found) == 1_032
    for one in found.values():
        assert record_of(kept(one)) == record_of(one)
        assert kept(kept(one)) == kept(one)
    assert max(len(json.dumps(kept(one))) for one in found.values()) < 2**16
    assert sum(bool(record_of(one).points) for one in found.values()) > 200
    assert record_of(found["P17"]).labels["en"] == "country"


@pytest.mark.slow
def test_the_slice_is_what_the_archive_has(shared):
    path = shared / "wikidata" / ARCHIVE
    if not path.is_file():
        pytest.skip("needs ../shared: the archive of entities")
    for id_, one in slice_of_wikidata().items():
        whole = kept(archived(path)[id_])
        assert whole["claims"] == one["claims"] and whole["labels"] == one["labels"]
        assert all(one["aliases"][k] == v[:4] for k, v in whole["aliases"].items())
