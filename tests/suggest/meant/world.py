"""An invented front of the Chaco, as authority files have it, and statements by their words."""

from __future__ import annotations

from kg.authority import Authorities, Entry
from kg.suggest.found import By, Filled, Statement
from kg.suggest.meant import take_meant
from kg.suggest.names import know, name
from kg.suggest.reading import read_text

BY = By("control.test", "a test")

PLACES = (
    Entry("place", "bolivia", "country", {"en": "Bolivia"}),
    Entry("place", "paraguay", "country", {"en": "Paraguay"}),
    Entry("place", "oruna-governorate", "governorate", {"en": "Oruna"}, part_of="bolivia"),
    Entry("place", "oruna", "city", {"en": "Oruna"}, part_of="oruna-governorate"),
    Entry("place", "telma-governorate", "governorate", {"en": "Telma Province"}, part_of="bolivia"),
    Entry("place", "selm", "town", {"en": "Selm"}, part_of="oruna-governorate"),
    Entry("place", "la-paz", "city", {"en": "La Paz"}, part_of="bolivia"),
    Entry("place", "holm", "town", {"en": "Holm"}, part_of="paraguay"),
    Entry("place", "aven-crossing", "border-crossing", {"en": "Aven crossing"}, part_of="bolivia"),
    Entry("place", "selm-hospital", "hospital", {"en": "Hospital in Selm"}, part_of="selm"),
    Entry("place", "east-of-selm", "area", {"en": "Area east of Selm"}, part_of="bolivia"),
    Entry(
        "place", "all-crossings", "place-set", {"en": "All crossings between Bolivia and Paraguay"}
    ),
    Entry("place", "northern-bolivia", "region", {"en": "Northern Bolivia"}, part_of="bolivia"),
    Entry("place", "eastern-bolivia", "region", {"en": "Eastern Bolivia"}, part_of="bolivia"),
)
ACTORS = (
    Entry("actor", "river-guard", "armed-group", {"en": "River Guard"}),
    Entry("actor", "salt-front", "armed-group", {"en": "Salt Front"}),
    Entry("actor", "bolivian-government", "government", {"en": "Bolivian government"}),
    Entry(
        "actor",
        "bolivian-army",
        "state-forces",
        {"en": "Bolivian armed forces"},
        part_of="bolivian-government",
    ),
    Entry(
        "actor",
        "bolivian-air-force",
        "state-forces",
        {"en": "Bolivian Air Force"},
        part_of="bolivian-government",
    ),
    Entry("actor", "oruna-fighters", "militia", {"en": "Tribal fighters in Oruna"}),
    Entry("actor", "chilean-government", "government", {"en": "Chilean government"}),
    Entry("actor", "chile-coalition", "coalition", {"en": "Chile-led coalition"}),
    Entry("actor", "ada-varro", "leader", {"en": "Ada Varro"}, {"en": ("Varro",)}),
    Entry("actor", "aven-herald", "news-outlet", {"en": "Aven Herald"}),
)
KNOWN = know(Authorities({e.slug: e for e in ACTORS}, {e.slug: e for e in PLACES}))


class Told:
    """A text, in which statements are made of its words."""

    def __init__(self, text):
        self.reading = read_text(text)
        self.names = name(self.reading, KNOWN)

    def at(self, words, after=0):
        start = self.reading.text.index(words, after)
        return start, start + len(words)

    def statement(self, words, type_="capture", **given):
        roles = given.pop("roles", {})
        span = self.at(words)
        filled = tuple(self.filled(role, each, span) for role, each in roles.items())
        return Statement(span, BY, type=type_, roles=filled, **given)

    def filled(self, role, words, span):
        low, _ = self.reading.sentence(span)
        at = self.at(words, low)
        named = next((n for n in self.names if n.span[0] <= at[0] and at[1] <= n.span[1]), None)
        named = named if named is not None and named.refers_to else None
        return Filled(role.replace("_", "-"), at, named)

    def taken(self, *statements):
        return take_meant(self.reading, self.names, statements, KNOWN)


def who(statement, *roles):
    """The ids that fill some roles of a statement, or None for words that name nobody."""
    return [f.named.refers_to if f.named else None for f in statement.filling(*roles)]
