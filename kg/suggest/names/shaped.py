"""Names that their own form gives away: a head word, a title, a preposition. Nothing is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.suggest.names.context import cued, opens_person, place_type_at
from kg.suggest.names.hit import LIKELY, Hit
from kg.suggest.names.lexicon import Lexicon, phrase
from kg.suggest.words import Stretch, Word, Written, starts_name

_LONGEST_TITLE: Final = 3
_LONGEST_NAME: Final = 5
_OPENERS: Final = frozenset(("the", "a", "an", "its", "their", "our", "his", "her", "this"))
"""What only stands before an organisation's name."""
_OF: Final = frozenset({"of", "for"})
_WHOSE: Final = frozenset({"of", "for", "to"})
_SHORT: Final = 5


def find_places(words: list[Word], stretches: list[Stretch], lexicon: Lexicon) -> Iterator[Hit]:
    """Runs with a word of kind or a preposition, where they are not more likely something else."""
    for whole, high in stretches:
        low = _without_opening(words, whole, high, lexicon)
        hit = _placed(words, low, high, lexicon) if low < high else None
        person = hit is None or opens_person(words, low, lexicon)
        if hit is not None and not person and not unlikely(words, low, high, lexicon):
            yield hit


def find_actors(written: Written, stretches: list[Stretch], lexicon: Lexicon) -> Iterator[Hit]:
    """Organisations by a head word, persons by a title, offices by whose they are."""
    for low, high in stretches:
        yield from _organisation(written.words, low, high, lexicon)
    yield from _titled(written, lexicon)
    yield from _offices(written, lexicon)


def _organisation(words: list[Word], low: int, high: int, lexicon: Lexicon) -> Iterator[Hit]:
    """A run with a head word: "Tarn Liberation Front", "Ministry of Defence of Tarnland"."""
    for i in range(high - 1, low - 1, -1):
        if words[i].key not in lexicon.organisation_openings:
            continue
        two = phrase(words, i, min(i + 2, high))
        type_ = lexicon.organisation_heads.get(two) or lexicon.organisation_heads.get(words[i].key)
        if type_ is None or not words[i].capital:
            continue
        low += words[low].key in _OPENERS and low < i
        last = _reach(words, max(i + 1, high))
        if words[high - 1].key in lexicon.place_heads:
            return
        if last - low == 1 or (high - low == 1 and last == high):
            return
        why = f"capitalised words around {words[i].text}"
        yield Hit(low, last, "actor", "names.organisation", why, type_)
        return


def _reach(words: list[Word], at: int) -> int:
    """Where a name that goes on with "of the …" or "for …" ends."""
    while at < len(words) and words[at].key in _OF and words[at].joined:
        onward = at + 1
        if onward < len(words) and words[onward].key == "the" and words[onward].joined:
            onward += 1
        if onward >= len(words) or not words[onward].joined or not starts_name(words, onward):
            return at
        while onward < len(words) and words[onward].joined and starts_name(words, onward):
            onward += 1
            if words[onward - 1].possessive:
                break
        at = _second(words, onward)
    return at


def _second(words: list[Word], at: int) -> int:
    """Where "and …" goes on with what an organisation is of: Tarn and the Coast."""
    if at + 1 >= len(words) or words[at].key != "and":
        return at
    onward = at + 2 if words[at + 1].key == "the" else at + 1
    return onward + 1 if onward < len(words) and starts_name(words, onward) else at


def _placed(words: list[Word], low: int, high: int, lexicon: Lexicon) -> Hit | None:
    if high - low > 1 and words[high - 1].key in lexicon.place_heads:
        why = f"a capitalised name ending in {words[high - 1].text}"
        type_ = lexicon.place_words.get(words[high - 1].key)
        return Hit(low, high, "place", "names.place-word", why, type_)
    if high - low > 1 and words[low].key in lexicon.place_openings:
        why = f"a capitalised name beginning with {words[low].text}"
        type_ = lexicon.place_words.get(words[low].key)
        return Hit(low, high, "place", "names.place-word", why, type_, weight=LIKELY)
    end, type_ = place_type_at(words, low, high, lexicon)
    if type_ is not None:
        why = f"the words beside it say {type_}"
        return Hit(low, end, "place", "names.place-word", why, type_, weight=LIKELY)
    plain = high - low <= _LONGEST_NAME and not words[high - 1].possessive
    if plain and cued(words, low, lexicon):
        why = f"capitalised after {words[low - 1].text}"
        return Hit(low, high, "place", "names.preposition", why, weight=LIKELY)
    return None


def _without_opening(words: list[Word], low: int, high: int, lexicon: Lexicon) -> int:
    """The run without what only stands there as a sentence begins, or says where: The, Northern."""
    while low < high and (
        words[low].key in ("the", "a", "an", "this", "that", "in", "near", "at", "from")
        or words[low].key in lexicon.cues["compass"]
        or words[low].key in lexicon.demonyms
    ):
        low += 1
    return low


def unlikely(words: list[Word], low: int, high: int, lexicon: Lexicon) -> bool:
    """Whether a run is more likely a day, a person, an initialism, or no name at all."""
    first = words[low]
    name = phrase(words, low, high)
    return (
        first.key in lexicon.cues["other"]
        or first.key in lexicon.cues["given"]
        or first.key in lexicon.titles
        or first.key in lexicon.demonyms
        or (high - low == 1 and first.key in lexicon.cues["compass"])
        or (high - low == 1 and first.text.isupper() and len(first.text) <= _SHORT)
        or (high - low == 1 and (len(first.text) < 3 or name in lexicon.place_words))
        or (high < len(words) and words[high].joined and words[high].before in ("-", "‑"))
        or first.key in lexicon.cues["ship"]
        or (low > 0 and first.joined and words[low - 1].key in lexicon.cues["ship"])
        or (
            words[high - 1].key not in lexicon.place_heads
            and any(word.key in lexicon.organisation_heads for word in words[low:high])
        )
    )


def _titled(written: Written, lexicon: Lexicon) -> Iterator[Hit]:
    """Persons by the title before them: "Colonel Ines Varro"; the title is not the name."""
    words, free = written.words, 0
    for i in written.where(lexicon.title_openings):
        for length in range(_LONGEST_TITLE, 0, -1) if i >= free else ():
            type_ = lexicon.titles.get(phrase(words, i, i + length))
            last = _person_ends(words, i + length, lexicon) if type_ is not None else 0
            if last > i + length:
                why = f"a name after {words[i].text}"
                yield Hit(i + length, last, "actor", "names.titled", why, type_)
                free = i + length
                break


def _offices(written: Written, lexicon: Lexicon) -> Iterator[Hit]:
    """Posts and governments "of", "for" or "to" what has a name: "the minister for the Coast"."""
    words = written.words
    for i in written.where(_WHOSE):
        word = words[i]
        if i == 0 or i + 1 == len(words) or not word.joined:
            continue
        type_ = lexicon.offices.get(words[i - 1].key)
        at = i + 2 if words[i + 1].key == "the" else i + 1
        if type_ is None or at >= len(words) or not words[at].joined:
            continue
        last = _reach(words, i)
        if last > at and (word.key == "of" or words[i - 1].capital):
            why = f"whose {words[i - 1].text} it is"
            yield Hit(i - 1, last, "actor", "names.office", why, type_)


def _person_ends(words: list[Word], at: int, lexicon: Lexicon) -> int:
    """Where the name after a title ends: a person's name has no head word of another kind."""
    last = at
    while (
        last < len(words)
        and last - at < _LONGEST_NAME
        and (words[last].joined or words[last].before == ". ")
        and starts_name(words, last)
        and words[last].key not in lexicon.organisation_heads
        and words[last].key not in lexicon.titles
        and words[last].key not in lexicon.demonyms
        and not (last > at and words[last - 1].possessive)
    ):
        last += 1
    return last
