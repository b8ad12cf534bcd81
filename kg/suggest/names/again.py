"""A new name stands for the same wherever the article has it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.suggest.names.context import opens_person
from kg.suggest.names.hit import LIKELY, Hit
from kg.suggest.names.lexicon import Lexicon, phrase
from kg.suggest.names.words import Word, runs

_NEW: Final = frozenset({"names.preposition", "names.place-word", "names.gazetteer"})


def find_again(words: list[Word], found: list[Hit], lexicon: Lexicon) -> Iterator[Hit]:
    """Places found once by what stands beside them, and persons by their last name alone."""
    taken = {i for hit in found for i in range(hit.first, hit.last)}
    places = {_name(words, hit): hit for hit in reversed(found) if hit.rule in _NEW}
    persons = {
        words[hit.last - 1].key: hit for hit in reversed(found) if hit.rule == "names.titled"
    }
    for low, high in runs(words):
        if not taken.isdisjoint(range(low, high)) or opens_person(words, low, lexicon):
            continue
        name = phrase(words, low, high)
        if name in places:
            seen = replace(places[name], first=low, last=high, weight=LIKELY)
            yield replace(seen, rule="names.again", because="a place elsewhere in the article")
        elif name in persons:
            seen = replace(persons[name], first=low, last=high, weight=LIKELY)
            yield replace(seen, rule="names.again", because="a person's last name, named before")


def _name(words: list[Word], hit: Hit) -> str:
    """The capitalised words of a hit: "Aven" of "Aven province"."""
    last = hit.last
    while last - hit.first > 1 and not words[last - 1].capital:
        last -= 1
    return phrase(words, hit.first, last)
