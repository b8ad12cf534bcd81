"""Which thing a name means; and nothing is called a match that may be another."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reconcile.answer import Said, reconcile
from kg.reconcile.asked import read_batch
from kg.reconcile.index import Index
from kg.reconcile.thing import Things
from tests.reconcile.valley import BASE, INDEX


def ask(text="", index=INDEX, elsewhere=None, **asked):
    query = json.dumps({"q": {"query": text, **asked} if text else asked})
    found = read_batch(query, index.things.types)["q"]
    return reconcile(index, found, elsewhere) if elsewhere else reconcile(index, found)


def first(text="", **asked):
    found = ask(text, **asked)
    return (found[0].thing.id, found[0].match) if found else None


def having(**values):
    return [{"pid": name.replace("_", "-"), "v": value} for name, value in values.items()]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Deir ez-Zahur", "place/deir-zahur"),
        ("DEIR EZ ZAHUR", "place/deir-zahur"),
        ("Dayr az-Zahour", "place/deir-zahur"),
        ("دير الزهور", "place/deir-zahur"),
        ("Al-Aven", "place/aven"),
        ("aven", "place/aven"),
        ("the town of Aven", "place/aven"),
        ("crossing of Aven", "place/aven-crossing"),
        ("Aven border crossing", "place/aven-crossing"),
        ("Free Valley Guard", "actor/free-valley-guard"),
        ("Mira Lund", "actor/mira-lund"),
        ("place/holm-south", "place/holm-south"),
        (f"{BASE}place/holm-south", "place/holm-south"),
    ],
)
def test_what_a_name_surely_means_is_a_match(text, meant):
    found = [one.thing.id for one in ask(text) if one.match]
    assert found == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Qasr", "place/qasr"),  # the governorate is called so, too
        ("Holm", "place/holm-north"),  # two are
        ("Brae", "place/brae"),  # its label says that there are others
        ("us", "actor/us"),  # as a word of English is
        ("Lund", "actor/mira-lund"),  # a name of many people
        ("Oldmark", "actor/oldmark-government"),  # a country that no article has named
        ("Myra Lund", "actor/mira-lund"),
        ("Avan", "place/aven"),  # short, and spelt otherwise
        ("Deir ez-Zahr", "place/deir-zahur"),
        ("Aven takeover", "event/aven-takeover"),  # its words are ours
        ("Valley Guard", "actor/free-valley-guard"),
    ],
)
def test_what_may_be_another_is_a_candidate_and_no_match(text, best):
    found = ask(text)
    assert found[0].thing.id == best
    assert not any(one.match for one in found)
    assert found == sorted(found, key=lambda one: -one.score)


def test_a_government_is_meant_by_its_country_s_name_where_actors_are_asked_for():
    meant = ("actor/oldmark-government", True)
    assert first("Oldmark", type="Actor") == first("Oldmark government") == meant
    assert first("Oldmark", type="actor-type/Government") == meant
    assert first("Oldmark", type="Place") is None
    assert first("Oldmark", type=["Actor", "Place"]) == ("actor/oldmark-government", False)


def test_what_nothing_is_called_has_no_candidates():
    assert ask("Zzyzx") == [] and ask("?!") == [] and ask("x" * 400) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"type": "place-type/City"}, ("place/qasr", True)),
        ({"type": "place-type/Governorate"}, ("place/qasr-governorate", True)),
        ({"type": ["place-type/Governorate", "place-type/City"]}, ("place/qasr", False)),
        ({"type": "Actor"}, None),
        ({"type": "place-type/Village", "type_strict": "any"}, None),
        ({"type": ["place-type/City", "Place"], "type_strict": "all"}, ("place/qasr", True)),
    ],
)
def test_types_decide_between_namesakes(asked, found):
    assert first("Qasr", **asked) == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"country": "Tarn"}, ("place/holm-north", True)),
        ({"country": "تارن"}, ("place/holm-north", True)),
        ({"country": {"id": "place/marnia", "name": "Marnia"}}, ("place/holm-south", True)),
        ({"part_of": f"{BASE}place/marnia"}, ("place/holm-south", True)),
        ({"coordinates": "30.51, 40.49"}, ("place/holm-south", True)),
        ({"coordinates": "POINT(40.49 30.51)"}, ("place/holm-south", True)),
        ({"coordinates": "somewhere"}, ("place/holm-north", False)),
        ({"country": "Elsewhere"}, ("place/holm-north", False)),
        ({"type": "village"}, ("place/holm-south", True)),
        ({"country": ["Elsewhere", "Marnia"]}, ("place/holm-south", True)),
        ({"country": ""}, ("place/holm-north", False)),
        ({"first_day": "2026-03-01"}, ("place/holm-north", False)),
    ],
)
def test_properties_decide_between_namesakes(values, found):
    assert first("Holm", properties=having(**values)) == found


def test_a_property_that_disagrees_unmakes_a_match():
    assert first("Deir ez-Zahur") == ("place/deir-zahur", True)
    far = having(coordinates="50, 60")
    assert first("Deir ez-Zahur", properties=far) == ("place/deir-zahur", False)
    unknown = having(coordinates="12.0, 22.0")
    assert first("Aven border crossing", properties=unknown) == ("place/aven-crossing", False)


def test_a_point_tells_what_brackets_in_a_label_tell_apart():
    assert first("Brae", properties=having(coordinates="11.5,21.5")) == ("place/brae", True)
    assert first("Brae (on the coast)") == ("place/brae", True)
    assert first("Brae", properties=having(country="Tarn")) == ("place/brae", False)


@pytest.mark.parametrize(
    "value",
    [
        "Q0",
        "wikidata:Q0",
        "http://www.wikidata.org/entity/Q0",
        "https://www.wikidata.org/wiki/Q0",
        "https://m.wikidata.org/wiki/Q0#sitelinks",
    ],
)
def test_what_others_call_it_finds_it_without_a_name(value):
    assert first(properties=having(wikidata=value)) == ("place/deir-zahur", True)
    assert first("Dayr Zahur", properties=having(wikidata=value)) == ("place/deir-zahur", True)
    assert first("Dayr Zahur", properties=having(wikidata="Q1")) == ("place/deir-zahur", False)
    assert ask("Holm", properties=having(wikidata=value))[0].match is False


def test_an_empty_cell_s_nan_is_no_id_and_speaks_against_nobody():
    (found,) = ask("Dayr Zahur", properties=having(wikidata="nan"))
    assert (found.score, found.match) == (98.0, False)


def test_a_name_among_the_properties_finds_it():
    assert first(properties=having(name_ar="دير الزهور"))[0] == "place/deir-zahur"
    assert ask(properties=having(country="Tarn")) == []


def test_an_event_is_told_by_its_place_and_day_and_never_sure():
    asked = having(place="Aven", first_day="2026-03-01", gained_by="Free Valley Guard")
    found = ask("Aven takeover", type="Event", properties=asked)
    assert (found[0].score, found[0].match) == (100.0, False)
    wrong = ask("Aven takeover", type="Event", properties=having(place="Holm"))
    assert wrong[0].score < found[0].score


def test_each_feature_is_told_and_all_make_the_score():
    found = ask("Holm", type="place-type/Town", properties=having(country="Tarn"))
    said = {one.id: one.value for one in found[0].features}
    assert said == {"name": 100.0, "same-name": True, "type": True, "country": 100.0}
    assert found[0].score == 100 and found[0].match
    other = {one.id: one.value for one in found[1].features}
    assert other == {"name": 100.0, "same-name": True, "type": False, "country": 0.0}
    assert found[1].score == round(100 * 60 / 80, 2)


def test_a_name_that_means_another_place_elsewhere_is_no_match():
    asked = []

    def elsewhere(said, thing):
        asked.append((thing.id, said))
        return not said.country

    assert not ask("Aven", elsewhere=elsewhere)[0].match
    assert ask("Aven", elsewhere=elsewhere, properties=having(country="Tarn"))[0].match
    assert ask("Aven", elsewhere=elsewhere, properties=having(part_of="Tarn"))[0].match
    assert ask("Mira Lund", elsewhere=elsewhere)[0].match, "of places only"
    in_qasr = having(part_of="Qasr Governorate")
    assert ask("Deir ez-Zahur", elsewhere=elsewhere, properties=in_qasr)[0].match
    assert asked == [
        ("place/aven", Said("Aven", country=country)) for country in (False, True, True)
    ]


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ({"type": "place-type/Town"}, "town"),
        ({"type": ["place-type/Town", "Actor"]}, "town"),
        ({"type": ["Place", "place-type/Town"], "type_strict": "all"}, "town"),
        ({"type": ["Place", "place-type/Town"]}, None),
        ({"type": ["place-type/Town", "place-type/Governorate"]}, None),
        ({"type": "Place"}, None),
    ],
)
def test_of_several_types_none_is_the_kind_that_is_meant(types, kind):
    asked = []

    def elsewhere(said, _):
        asked.append(said.kind)
        return True

    assert not ask("Aven", elsewhere=elsewhere, **types)[0].match
    assert asked == [kind]


def test_the_limit_keeps_the_best():
    assert [one.thing.id for one in ask("Holm", limit=1)] == ["place/holm-north"]
    assert not ask("Holm", limit=1)[0].match, "the one left out is still a rival"


def test_without_things_there_is_nothing_to_find():
    empty = Index(Things({}, INDEX.things.types))
    assert ask("Aven", index=empty) == [] and empty.beginning("a") == []


@given(st.text(max_size=40))
def test_any_text_has_an_answer_and_one_match_at_most(text):
    found = ask(text or "x")
    assert sum(one.match for one in found) <= 1
    assert all(0 <= one.score <= 100 for one in found)
    assert found == ask(text or "x")
