"""States that only authority files have, and for whom their commanders and speakers act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.authority import Authorities, Entry
from kg.suggest.found import By, Named, Utterance
from kg.suggest.meant import take_meant
from kg.suggest.names import know, name
from kg.suggest.names.states import is_demonym
from kg.suggest.reading import read_text
from tests.suggest.meant.world import Told, who

ENTRIES = (
    Entry("place", "tarnland", "country", {"en": "Kingdom of Tarnland"}),
    Entry("place", "oster", "town", {"en": "Oster"}, part_of="tarnland"),
    Entry("place", "oster-mine", "facility", {"en": "Oster silver mine"}, part_of="oster"),
    Entry("place", "oster-gate", "facility", {"en": "Oster north gate"}, part_of="oster"),
    Entry("actor", "tarnish-government", "government", {"en": "Tarnish government"}),
    Entry(
        "actor",
        "tarnish-army",
        "state-forces",
        {"en": "Tarnish army"},
        part_of="tarnish-government",
    ),
    Entry(
        "actor",
        "tarnish-flyers",
        "state-forces",
        {"en": "Tarnish air corps"},
        part_of="tarnish-government",
    ),
    Entry("actor", "bishops-men", "armed-group", {"en": "Bishop's forces"}),
    Entry(
        "actor", "hale", "military-officer", {"en": "Ines Hale"}, {"en": ("Hale",)}, "bishops-men"
    ),
)
KNOWN = know(
    Authorities(
        {e.slug: e for e in ENTRIES if e.kind == "actor"},
        {e.slug: e for e in ENTRIES if e.kind == "place"},
    )
)


class Here(Told):
    """A text of Tarnland."""

    def __init__(self, text):
        self.reading = read_text(text)
        self.names = name(self.reading, KNOWN)

    def taken(self, *statements):
        return take_meant(self.reading, self.names, statements, KNOWN)


@pytest.mark.parametrize(
    ("word", "country", "of"),
    [
        ("tarnish", "tarnland", True),
        ("caldrian", "caldria", True),
        ("oruni", "oruna", True),
        ("tarragon", "tarnland", False),
        ("tarnland", "tarnland", False),
    ],
)
def test_a_word_is_of_a_country_by_its_stem_and_ending(word, country, of):
    assert is_demonym(word, country) is of


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The army took Oster.", "army", "tarnish-army"),
        ("Tarnish troops took Oster.", "Tarnish troops", "tarnish-army"),
        ("Government jets took Oster.", "Government jets", "tarnish-flyers"),
        ("The government took Oster.", "government", "tarnish-government"),
        ("The Bishop's dragoons took Oster.", "Bishop's dragoons", "bishops-men"),
        ("The Bishop took Oster.", "Bishop", "bishops-men"),
        ("Ines Hale took Oster.", "Ines Hale", "bishops-men"),
        ("Ines Hale rode on. Her troops took Oster.", "Her troops", "bishops-men"),
    ],
)
def test_forces_are_known_by_their_state_their_lord_or_their_commander(text, words, expected):
    told = Here(text)
    (taken,) = told.taken(told.statement("took", roles={"gained_by": words, "place": "Oster"}))
    assert who(taken, "gained-by") == [expected]


def test_we_are_those_for_whom_the_speaker_speaks():
    told = Here("“We took Oster,” said Ines Hale.")
    hale = next(n for n in told.names if n.refers_to == "hale")
    voice = Utterance("direct", (told.at("We took Oster"),), By("test", "said"), named=hale)
    statement = told.statement("took", roles={"gained_by": "We", "place": "Oster"})
    (taken,) = told.taken(replace(statement, voice=voice))
    assert who(taken, "gained-by") == ["bishops-men"]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Oster silver mine is old. The army took the mine.", "mine", "oster-mine"),
        ("Oster is old. The army took the north gate.", "north gate", "oster-gate"),
        ("Oster is old. The army took the east gate.", "east gate", "oster"),
        ("Oster is old. The army took it.", "it", "oster"),
    ],
)
def test_a_place_is_known_by_its_noun_where_its_town_was_told_of(text, words, expected):
    told = Here(text)
    (taken,) = told.taken(told.statement("took", roles={"place": words}))
    assert who(taken, "place") == [expected]


def test_a_name_of_nobody_known_stays_as_it_is():
    told = Here("The Abbot's dragoons took Oster.")
    statement = told.statement("took", roles={"gained_by": "Abbot's dragoons", "place": "Oster"})
    assert who(told.taken(statement)[0], "gained-by") == [None]
    assert all(isinstance(n, Named) for n in told.names)
