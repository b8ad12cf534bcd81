"""Actors that a text describes: "government troops", "the rebels", "Iranian-backed militiamen"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.suggest.names.hit import Hit
from kg.suggest.names.known import Form, Known
from kg.suggest.names.lexicon import Lexicon, phrase
from kg.suggest.words import Word, Written

_MOST_MODIFIERS: Final = 5
_PERSONS: Final = ("expert", "journalist", "leader", "military-officer", "official", "spokesperson")
_GROUPS: Final = ("armed-group", "militia")
_FORCES: Final = ("coalition", "state-forces")
"""Whose fighters, and whose troops and aircraft, are the body itself."""
_BACKED: Final = frozenset({"backed", "led", "allied", "aligned", "supported", "trained", "linked"})


def find_described(written: Written, known: Known, lexicon: Lexicon) -> Iterator[Hit]:
    """Nouns for who fights or governs, with the words before that say whose they are."""
    words, free = written.words, 0
    for i in written.where(lexicon.opening):
        length, type_ = _noun(words, i, lexicon)
        if type_ is None or i < free:
            continue
        low = _modified(words, i, known, lexicon)
        if low < i or _stands_alone(words, i, length, type_):
            own = (_whose(words, at, end, known) for at, end in _stretches(low, i))
            whose = next((form for form in own if form is not None), None)
            yield _described(words, (low, i, i + length), type_, whose, lexicon)
        free = i + length


def _noun(words: list[Word], i: int, lexicon: Lexicon) -> tuple[int, str | None]:
    for length in (2, 1):
        if i + length <= len(words):
            type_ = lexicon.described.get(phrase(words, i, i + length))
            if type_ is not None and all(w.joined for w in words[i + 1 : i + length]):
                modifies = i + length < len(words) and words[i + length].joined
                if not (modifies and _goes_on(words, i + length, lexicon)):
                    return length, type_
    return 1, None


def _goes_on(words: list[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a noun only describes the one after it: "army officers", "government troops"."""
    return words[at].key in lexicon.described or words[at].before == "-"


def _stands_alone(words: list[Word], i: int, length: int, type_: str) -> bool:
    """Whether the noun says enough without more: "the army", "rebels", but not "forces"."""
    if type_ == "forces" or words[i + length - 1].capital:
        return False
    plural = words[i + length - 1].key.endswith("s")
    definite = i > 0 and words[i].joined and words[i - 1].key in ("the", "its", "their")
    return definite or (plural and type_ in ("armed-group", "militia", "state-forces"))


def _modified(words: list[Word], i: int, known: Known, lexicon: Lexicon) -> int:
    """Where the words begin that say whose the noun's people are."""
    low = i
    while low > 0 and i - low < _MOST_MODIFIERS and words[low].joined:
        before = words[low - 1]
        if (named := _named_before(words, low, known)) is not None and not before.possessive:
            low = named
            continue
        hyphened = before.key in _BACKED and low > 1 and words[low - 1].before == "-"
        if before.possessive or not (hyphened or _modifies(words, low - 1, known, lexicon)):
            break
        low -= 2 if hyphened else 1
    return low


def _modifies(words: list[Word], at: int, known: Known, lexicon: Lexicon) -> bool:
    key = words[at].key
    if key in lexicon.demonyms or key in lexicon.sides or key in ("pro", "anti"):
        return True
    if key in lexicon.described and words[at].joined:
        return True
    return _whose(words, at, at + 1, known) is not None or _where(words, at, known)


def _stretches(low: int, high: int) -> Iterator[tuple[int, int]]:
    """The stretches of words from low up to high, the longer first at each word."""
    return ((at, end) for at in range(low, high) for end in range(high, at, -1))


def _named_before(words: list[Word], end: int, known: Known) -> int | None:
    """Where an actor's name of several words begins that ends before a word."""
    for at in range(max(0, end - _MOST_MODIFIERS), end - 1):
        if not words[at].capital or _whose(words, at, end, known) is None:
            continue
        if all(word.joined for word in words[at + 1 : end]):
            return at
    return None


def _where(words: list[Word], at: int, known: Known) -> bool:
    """Whether a word names a known place: "Aven police"."""
    forms = known.forms.get(words[at].key, ())
    return words[at].capital and any(form.kind == "place" for form in forms)


def _whose(words: list[Word], at: int, end: int, known: Known) -> Form | None:
    """The actor that words before such a noun name: "IS fighters"."""
    if not words[at].capital:
        return None
    for form in known.forms.get(phrase(words, at, end), ()):
        capital_alike = not form.words[0].text.isupper() or words[at].text.isupper()
        fights = form.kind == "actor" and form.type not in _PERSONS
        if fights and form.id is not None and capital_alike:
            return form
    return None


def _described(
    words: list[Word], at: tuple[int, int, int], type_: str, whose: Form | None, lexicon: Lexicon
) -> Hit:
    """The hit of modifiers, noun and end; its type is the noun's unless what stands before says."""
    low, noun, last = at
    modifiers = words[low:noun]
    sides = [lexicon.sides[word.key] for word in modifiers if word.key in lexicon.sides]
    side = next((side for side in reversed(sides) if side != "any"), None)
    if type_ == "forces":
        stated = any(word.key in lexicon.demonyms or word.key == "security" for word in modifiers)
        type_ = side or ("state-forces" if stated and whose is None else "armed-group")
    elif type_ == "state-forces" and side in ("coalition", "militia"):
        type_ = side
    backed = any(word.key in _BACKED or word.key in ("pro", "anti") for word in modifiers)
    own = whose is not None and (type_ in _GROUPS or whose.type in _FORCES) and not backed
    refers_to = whose.id if whose is not None and own else None
    why = f"describes who acts by {' '.join([word.text for word in words[noun:last]])}"
    return Hit(low, last, "actor", "names.described", why, type_, refers_to=refers_to)
