"""Countries and capitals that stand for their governments: who decides is no territory."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.suggest.names.context import located
from kg.suggest.names.hit import Hit
from kg.suggest.names.known import Known
from kg.suggest.names.lexicon import Lexicon, fold, phrase
from kg.suggest.names.words import Word

_MOST_HELPING: Final = 4


def take_sides(
    hits: list[Hit], words: list[Word], known: Known, lexicon: Lexicon, seats: dict[str, str]
) -> list[Hit]:
    """The hits, where a country or its capital acts as an actor, and where it lies as a place."""
    return [_taken(hit, words, known, lexicon, seats) for hit in hits]


def seats_of(lexicon: Lexicon) -> dict[str, str]:
    """The country of every name and capital that can stand for its government."""
    found: dict[str, str] = {}
    for country in lexicon.countries:
        names = (country.name, *country.also, *((country.capital,) if country.capital else ()))
        found.update((fold(name), country.name) for name in names)
    return found


def _taken(
    hit: Hit, words: list[Word], known: Known, lexicon: Lexicon, seats: dict[str, str]
) -> Hit:
    country = seats.get(phrase(words, hit.first, hit.last))
    if country is None:
        return hit
    why = _decides(hit, words, lexicon)
    if hit.kind == "place" and why is not None:
        government = known.governments.get(country)
        return replace(
            hit, kind="actor", rule="names.government", because=why, type="government",
            refers_to=government, record=None, also=(),
        )
    if hit.kind == "actor" and hit.type == "government" and why is None:
        return _territory(hit, words, known, lexicon, country)
    return hit


def _decides(hit: Hit, words: list[Word], lexicon: Lexicon) -> str | None:
    """Why a country's name stands for its government here, or None."""
    after = _after(hit, words, lexicon)
    if words[hit.last - 1].possessive:
        owned = {phrase(words, hit.last, hit.last + n) for n in (1, 2)}
        found = owned & lexicon.cues["belongs"]
        return f"it has a {sorted(found)[0]} of its own" if found else None
    if located(words, hit.first, lexicon):
        return None
    if after is not None:
        return f"it is what does: {after}"
    before = {phrase(words, max(0, hit.first - n), hit.first) for n in (1, 2)}
    found = before & lexicon.cues["addressed"]
    return f"after {sorted(found)[0]}" if found else None


def _after(hit: Hit, words: list[Word], lexicon: Lexicon) -> str | None:
    """The verb of deciding that follows, past helping verbs and adverbs."""
    at = hit.last
    while at < len(words) and at - hit.last <= _MOST_HELPING and words[at].before == " ":
        if words[at].key in lexicon.decides:
            return words[at].text
        if words[at].key not in lexicon.cues["helping"] and not words[at].key.endswith("ly"):
            return None
        if words[at].key == "and":
            return None
        at += 1
    return None


def _territory(
    hit: Hit, words: list[Word], known: Known, lexicon: Lexicon, country: str
) -> Hit:
    """The place, where an authority file has the name for the government but it lies somewhere."""
    if not located(words, hit.first, lexicon):
        return hit
    forms = known.forms.get(phrase(words, hit.first, hit.last), ())
    place = next((form for form in forms if form.kind == "place"), None)
    if place is None:
        return hit
    why = f"{words[hit.first - 1].text} says where, not who"
    return replace(
        hit, kind="place", rule="names.territory", because=why, type=place.type,
        refers_to=place.id, also=(hit.refers_to,) if hit.refers_to else (),
    )
