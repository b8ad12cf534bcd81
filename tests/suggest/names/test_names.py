"""Names of actors and places, in texts of our own: other wars, other times, invented names."""

import itertools

import pytest

from kg.authority import Authorities, read_authorities
from kg.errors import ModelError
from kg.gazetteer.lookup import Gazetteer, read, write
from kg.gazetteer.record import Record
from kg.suggest.found import Named
from kg.suggest.model import load_model, parse
from kg.suggest.names import know, name
from kg.suggest.reading import read_text
from kg.vocabulary import load_vocabulary

AUTHORITIES = """
[judgement]
by = "editor-1"
on = 2026-01-01
basis = "outside"
because = "invented"

[actor.greek-government]
type = "government"
label = { en = "Greek government" }
alt = { en = ["Athens"] }
alignment = "party"

[actor.free-riders]
type = "armed-group"
label = { en = "Free Riders of the Tarn" }
alt = { en = ["FRT", "Riders"] }
alignment = "party"

[actor.at]
type = "armed-group"
label = { en = "Army of the Tarn" }
alt = { en = ["AT"] }
alignment = "party"

[place.aven]
type = "city"
label = { en = "Aven", ar = "آفن" }

[place.aven-province]
type = "governorate"
label = { en = "Aven Province" }
alt = { en = ["Aven"] }

[place.dayr-marun]
type = "town"
label = { en = "Dayr al-Marun" }
"""


def record(identifier: str, type_: str, label: str, population: int = 0) -> Record:
    return Record(
        id=identifier,
        type=type_,
        label={"en": label},
        point=(1.0, 2.0),
        country="XX",
        names=(label,),
        population=population,
    )


@pytest.fixture(scope="module")
def authorities() -> Authorities:
    return read_authorities({"authorities.toml": AUTHORITIES}, load_vocabulary())


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    records = [
        record("geonames:1", "village", "Salman"),
        record("geonames:2", "city", "Port Ombra", 90_000),
        record("geonames:3", "village", "Qalat Sura"),
        record("geonames:4", "village", "Home"),
    ]
    return read(write(records), "four places")


@pytest.fixture(scope="module")
def find(authorities, gazetteer):
    known = know(authorities, gazetteer)

    def found(text: str) -> list[tuple[str, str, str | None]]:
        """Words, kind, and what they are taken for, or else the type."""
        reading = read_text(text)
        return [
            (reading.words(n.span), n.kind, n.refers_to or n.record or n.type)
            for n in name(reading, known)
        ]

    return found


def test_authorities_come_first_and_the_words_beside_say_which(find):
    assert find("Rain fell in Aven.") == [("Aven", "place", "aven")]
    assert find("Rain fell in Aven province.") == [("Aven province", "place", "aven-province")]
    assert find("Rain fell in the province of Aven.") == [("Aven", "place", "aven-province")]
    assert find("The Free Riders of the Tarn left.")[0][2] == "free-riders"


def test_what_else_a_name_can_be_stands_beside_it(authorities):
    [aven] = name(read_text("Rain fell in Aven."), know(authorities))
    assert aven.also == ("aven-province",)
    assert (aven.by.rule, aven.type) == ("names.authority", "city")


def test_an_initialism_is_no_small_word(find):
    assert find("They met at noon.") == []
    assert find("The AT left.") == [("AT", "actor", "at")]
    assert find("He told us so.") == []


def test_another_transliteration_is_the_same_place(find):
    assert find("Snow fell in Deir el-Maroun.") == [("Deir el-Maroun", "place", "dayr-marun")]


def test_arabic_labels_are_found(find):
    assert find("وصلت القافلة إلى آفن يوم الأحد.") == [("آفن", "place", "aven")]


def test_the_gazetteer_needs_a_sign_for_a_village_and_none_for_a_city(find):
    assert ("Qalat Sura", "place", "geonames:3") in find("The bridge at Qalat Sura was rebuilt.")
    assert find("Port Ombra was quiet.") == [("Port Ombra", "place", "geonames:2")]
    assert find("Home is where one sleeps.") == []


def test_a_person_named_like_a_place_is_a_person(find):
    assert find("Colonel Ibrahim Salman spoke.") == [
        ("Ibrahim Salman", "actor", "military-officer")
    ]
    assert find("Governor Petra Aven spoke.") == [("Petra Aven", "actor", "official")]
    assert find("Salman spoke to the crowd.") == []


def test_new_places_by_what_stands_beside_them(find):
    assert find("They left the town of Morvane.") == [("Morvane", "place", "town")]
    assert find("Guns were heard near Morvane, Tessaly and Brakk.") == [
        ("Morvane", "place", None),
        ("Tessaly", "place", None),
        ("Brakk", "place", None),
    ]
    assert find("Snow lay on the Tessaly Mountains.") == [("Tessaly Mountains", "place", "region")]
    assert find("She was born in Morvane, Greece.")[0][:2] == ("Morvane", "place")


def test_a_new_place_is_the_same_again(find):
    found = find("They left the town of Morvane. Morvane had been theirs for a week.")
    assert found == [("Morvane", "place", "town")] * 2


@pytest.mark.parametrize("when", ["in January", "in Parliament", "in NATO", "near Colonel Varro"])
def test_not_all_that_follows_a_preposition_is_a_place(find, when):
    assert [n for n in find(f"It happened {when}.") if n[1] == "place"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Athens has denied the report.", "actor"),
        ("Athens told the envoys to leave.", "actor"),
        ("The fleet sailed to Athens.", "place"),
        ("Ties between Greece and Turkey were poor.", "actor"),
        ("A road runs between Greece and Turkey.", "place"),
        ("The treaty was signed with Greece.", "actor"),
        ("Fires burned across Greece.", "place"),
        ("Greece's decision was late.", "actor"),
        ("The Greece-Bulgaria border was shut.", "place"),
        ("Greece-backed bands crossed the river.", "actor"),
    ],
)
def test_a_government_acts_and_a_territory_lies(find, text, kind):
    assert find(text)[0][1] == kind


def test_a_government_of_the_authorities_is_named(find):
    assert find("Greece accused its neighbours.")[0] == ("Greece", "actor", "greek-government")


@pytest.mark.parametrize(
    ("text", "words", "taken_for"),
    [
        ("Ottoman guns met government troops there.", "government troops", "state-forces"),
        ("Then Kurdish fighters came.", "Kurdish fighters", "armed-group"),
        ("Then Bulgarian forces came.", "Bulgarian forces", "state-forces"),
        ("The rebels went home.", "rebels", "armed-group"),
        ("Next day the army left.", "army", "state-forces"),
        ("Tribal militiamen held the pass.", "Tribal militiamen", "militia"),
        ("By noon Riders militants had left.", "Riders militants", "free-riders"),
        ("By noon Aven police had left.", "Aven police", "police"),
    ],
)
def test_who_acts_is_described(find, text, words, taken_for):
    assert (words, "actor", taken_for) in find(text)


def test_a_demonym_is_no_place(find):
    assert [n for n in find("Greek forces and Turkish villagers met.") if n[1] == "place"] == []


def test_an_organisation_holds_the_places_in_its_name(find):
    [bank] = find("The Red Cross of Greece and the Levant sent blankets.")
    assert bank[:2] == ("Red Cross of Greece and the Levant", "actor")
    assert find("The Ministry of Defence of Greece wrote.")[0][2] == "government-office"


def test_a_part_of_a_name_told_before_means_the_same(authorities):
    text = "The Army of the Tarn rode on. The Free Riders of the Tarn fled. Free Riders boats sank."
    found = name(read_text(text), know(authorities))
    assert [n.refers_to for n in found] == ["at", "free-riders", "free-riders"]


def test_nothing_overlaps_and_all_is_in_order(authorities, gazetteer):
    text = "The Aven Liberation Front left Aven city, and Colonel Ines Aven of Aven province wept."
    found = name(read_text(text), know(authorities, gazetteer))
    assert all(a.span[1] <= b.span[0] for a, b in itertools.pairwise(found))
    assert all(isinstance(n, Named) and n.by.because for n in found)


def test_only_parts_are_read(authorities):
    text = "Aven. Rain fell in Aven."
    [aven] = name(read_text(text, [(6, len(text))]), know(authorities))
    assert aven.span == (19, 23)


def test_the_model_adds_what_is_new_and_the_rules_stay(authorities):
    try:
        model = load_model()
    except ModelError as error:
        pytest.skip(str(error))
    text = "Angela Merkel flew to Aven on Monday."
    [reading] = parse(model, [read_text(text)])
    found = {reading.words(n.span): n for n in name(reading, know(authorities))}
    assert found["Aven"].refers_to == "aven"
    assert found["Angela Merkel"].kind == "actor"
    assert found["Angela Merkel"].by.rule.startswith("names.model")
