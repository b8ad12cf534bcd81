"""What is known of whom and what names stand for: where places lie, whose forces are whose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.authority import Entry
from kg.suggest.found import By, Named
from kg.suggest.names.known import Known
from kg.suggest.names.lexicon import fold, load_lexicon
from kg.text import Span

_WHOLE: Final = ("forces", "army", "military", "troops")
"""What the forces of a state as a whole are called, and its branches are not."""
_BRANCHES: Final = ("air", "navy", "naval", "guard", "police", "border", "special", "coast")


@dataclass(slots=True)
class Atlas:
    """The authorities and the gazetteer as those ask that resolve what words mean."""

    known: Known
    _countries: dict[str, str | None] = field(default_factory=dict)

    def entries(self, kind: str) -> dict[str, Entry]:
        """The entries of the authorities of a kind, by id."""
        authorities = self.known.authorities
        if authorities is None:
            return {}
        return authorities.actors if kind == "actor" else authorities.places

    def actor(self, slug: str, words: Span) -> Named:
        """An actor of the authorities, as words mean it."""
        by = By("meant.actor", f"described like actor {slug}")
        return Named(words, "actor", by, refers_to=slug, type=self.entries("actor")[slug].type)

    def site(self, slug: str, words: Span) -> Named:
        """A place of the authorities, as words mean it."""
        by = By("meant.place", f"described like place {slug}")
        return Named(words, "place", by, refers_to=slug, type=self.entries("place")[slug].type)

    def around(self, identifier: str) -> Iterator[str]:
        """A place's id and those of the places that it lies in, innermost first."""
        places, seen = self.entries("place"), set[str]()
        current: str | None = identifier
        while current is not None and current not in seen:
            yield current
            seen.add(current)
            current = places[current].part_of if current in places else None

    def names(self, identifier: str) -> list[str]:
        """What a place is called, in English."""
        entry = self.entries("place").get(identifier)
        return entry.names_in("en") if entry is not None else []

    def country(self, named: Named) -> str | None:
        """The country in which a named place lies, by its English name."""
        own = named.refers_to or named.record
        if own is None:
            return None
        if own not in self._countries:
            self._countries[own] = next(self._found(own), None)
        return self._countries[own]

    def _found(self, identifier: str) -> Iterator[str]:
        seats = self.known.seats
        for one in self.around(identifier):
            entry = self.entries("place").get(one)
            if entry is not None and entry.type == "country":
                yield from (seats[fold(n)] for n in self.names(one) if fold(n) in seats)
        gazetteer = self.known.gazetteer
        record = gazetteer.record(identifier) if gazetteer is not None else None
        if gazetteer is None or record is None:
            return
        for parent in record.parents:
            above = gazetteer.record(parent)
            if above is not None and above.type == "country":
                yield from (seats[fold(n)] for n in above.names if fold(n) in seats)

    def demonym(self, words: Iterable[str]) -> str | None:
        """The country of which words say that something is, if any does."""
        return next((d for w in words if (d := self.known.demonyms.get(fold(w)))), None)

    def place(self, country: str, words: Span) -> Named | None:
        """A country as a place that words mean; None where no authority has it."""
        for form in self.known.forms.get(fold(country), ()):
            if form.kind == "place" and form.type == "country" and form.id is not None:
                by = By("meant.country", f"the country is {country}")
                return Named(words, "place", by, refers_to=form.id, type="country")
        return None

    def government(self, country: str) -> str | None:
        """The actor that is a country's government, if an authority file has one."""
        return self.known.governments.get(country)

    def forces(self, country: str) -> str | None:
        """The actor that a state's forces as a whole are; None where there is none, or several."""
        return self.forces_under(self.government(country))

    def forces_under(self, government: str | None, *, aloft: bool = False) -> str | None:
        """The forces of a government as a whole; or those that fly for it, if there are such."""
        flying = [slug for slug, words in self._organs(government) if aloft and "air" in words]
        if flying:
            return flying[0]
        wholes = [slug for slug, words in self._organs(government) if _is_whole(words)]
        return wholes[0] if len(wholes) == 1 else None

    def _organs(self, government: str | None) -> Iterator[tuple[str, set[str]]]:
        """The forces of a government, each with the words of its names."""
        for slug, entry in self.entries("actor").items():
            under = government is not None and entry.part_of == government
            if under and entry.type == "state-forces":
                yield slug, {fold(word) for label in entry.label.values() for word in label.split()}

    def capital(self, country: str) -> str | None:
        """The id of a country's capital, if an authority file has it as a city."""
        capitals = (c.capital for c in load_lexicon().countries if c.name == country)
        for capital in capitals:
            for form in self.known.forms.get(fold(capital), ()) if capital else ():
                if form.kind == "place" and form.type == "city" and form.id is not None:
                    return form.id
        return None


def _is_whole(words: set[str]) -> bool:
    return bool(words & set(_WHOLE)) and not words & set(_BRANCHES)
