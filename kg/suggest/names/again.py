"""A new name stands for the same wherever the article has it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.suggest.names.context import opens_person
from kg.suggest.names.hit import LIKELY, Hit
from kg.suggest.names.lexicon import Lexicon, phrase
from kg.suggest.names.shaped import unlikely
from kg.suggest.words import Stretch, Word

_PERSONS: Final = (
    *("expert", "journalist", "leader", "military-officer", "official", "private-person"),
    "spokesperson",
)
_HEADLINE: Final = 25
"""How many words at the beginning may use a name that the article tells in full behind them."""
_NEW: Final = frozenset(
    {"names.preposition", "names.place-word", "names.gazetteer", "names.row", "names.comma"}
)


def find_again(
    words: list[Word], stretches: list[Stretch], found: list[Hit], lexicon: Lexicon
) -> Iterator[Hit]:
    """Places found once by what stands beside them, and persons by their last name alone."""
    taken = {i for hit in found for i in range(hit.first, hit.last)}
    places = {_name(words, hit): hit for hit in reversed(found) if hit.rule in _NEW}
    persons = {
        words[hit.last - 1].key: hit for hit in reversed(found) if hit.rule == "names.titled"
    }
    for low, high in stretches:
        if not taken.isdisjoint(range(low, high)) or opens_person(words, low, lexicon):
            continue
        name = phrase(words, low, high)
        if name in places:
            seen = places[name]._replace(first=low, last=high, weight=LIKELY)
            yield seen._replace(rule="names.again", because="a place elsewhere in the article")
        elif name in persons:
            seen = persons[name]._replace(first=low, last=high, weight=LIKELY)
            yield seen._replace(rule="names.again", because="a person's last name, named before")


def find_short(
    words: list[Word], stretches: list[Stretch], found: list[Hit], lexicon: Lexicon
) -> Iterator[Hit]:
    """Parts of known actors' names told before, or behind a headline: "the Front"."""
    taken = {i for hit in found for i in range(hit.first, hit.last)}
    whole = [hit for hit in found if hit.kind == "actor" and hit.refers_to is not None]
    bodies = [hit for hit in whole if hit.last - hit.first > 1 and hit.type not in _PERSONS]
    for low, high in stretches if bodies else ():
        if not taken.isdisjoint(range(low, high)) or not _is_short(words, low, high, lexicon):
            continue
        fitting = [hit for hit in bodies if _has(words, hit, low, high)]
        before = [hit for hit in fitting if hit.last <= low]
        fitting = before if before or low >= _HEADLINE else fitting
        if len({hit.refers_to for hit in fitting}) == 1:
            short = fitting[-1]._replace(first=low, last=high, weight=LIKELY)
            yield short._replace(rule="names.again", because="part of a name told elsewhere")


def _is_short(words: list[Word], low: int, high: int, lexicon: Lexicon) -> bool:
    """Whether capitalised words can be part of a name: behind "the", or before what is theirs."""
    if any(w.key in lexicon.demonyms or w.key in lexicon.cues["compass"] for w in words[low:high]):
        return False
    definite = low > 0 and words[low].joined and words[low - 1].key == "the"
    follows = high < len(words) and words[high].joined and not words[high].capital
    return definite or words[high - 1].possessive or follows


def _has(words: list[Word], hit: Hit, low: int, high: int) -> bool:
    """Whether the words of a hit have some words in a row among them."""
    size = high - low
    sought = [word.key for word in words[low:high]]
    own = [word.key if word.capital else "" for word in words[hit.first : hit.last]]
    return any(own[i : i + size] == sought for i in range(len(own) - size + 1))


def find_beside(
    words: list[Word], stretches: list[Stretch], found: list[Hit], lexicon: Lexicon
) -> Iterator[Hit]:
    """Names in a row with a place ("in Aven, Holm and Tarn"), or with a known one after a comma."""
    ends = {hit.last: hit for hit in found if hit.kind == "place"}
    starts = {hit.first: hit for hit in found if hit.kind == "place"}
    taken = {i for hit in found for i in range(hit.first, hit.last)}
    free = [(low, high) for low, high in stretches if taken.isdisjoint(range(low, high))]
    for low, high in reversed(free):
        larger = starts.get(high)
        within = larger is not None and larger.type in ("country", "region", "governorate")
        if not within or words[high].before != ", " or opens_person(words, low, lexicon):
            continue
        if not unlikely(words, low, high, lexicon):
            because = f"before {words[high].text} and a comma"
            yield Hit(low, high, "place", "names.comma", because, weight=LIKELY)
    yield from _rows(words, free, ends, lexicon)


def _rows(
    words: list[Word], stretches: list[Stretch], ends: dict[int, Hit], lexicon: Lexicon
) -> Iterator[Hit]:
    """What follows a place with "and", and with commas where an "and" ends the row."""
    waiting: list[Hit] = []
    for low, high in stretches:
        joint = words[low - 1].key == "and" and words[low].joined if low else False
        reached = low - 1 if joint else low
        comma = words[low].before == ", "
        in_row = reached in ends and (joint or comma)
        if not in_row or unlikely(words, low, high, lexicon):
            waiting = []
            continue
        because = f"in a row with {words[ends[reached].first].text}"
        hit = Hit(low, high, "place", "names.row", because, weight=LIKELY)
        ends[high] = hit
        waiting.append(hit)
        if joint and _row_ends(words, high):
            yield from waiting
            waiting = []


def _row_ends(words: list[Word], at: int) -> bool:
    """Whether a row may end here: before a full stop or comma, or a word with a small letter."""
    return at >= len(words) or not words[at].joined or not words[at].capital


def _name(words: list[Word], hit: Hit) -> str:
    """The capitalised words of a hit: "Aven" of "Aven province"."""
    last = hit.last
    while last - hit.first > 1 and not words[last - 1].capital:
        last -= 1
    return phrase(words, hit.first, last)
