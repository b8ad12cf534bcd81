"""Actors that a text describes: "government troops", "the rebels", "Iranian-backed militiamen"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.suggest.names.hit import LIKELY, Hit
from kg.suggest.names.known import Known
from kg.suggest.names.lexicon import Lexicon, phrase
from kg.suggest.names.words import Word

_MOST_MODIFIERS: Final = 5
_BACKED: Final = frozenset({"backed", "led", "allied", "aligned", "supported", "trained", "linked"})


def find_described(words: list[Word], known: Known, lexicon: Lexicon) -> Iterator[Hit]:
    """Nouns for who fights or governs, with the words before that say whose they are."""
    i = 0
    while i < len(words):
        length, type_ = _noun(words, i, lexicon)
        if type_ is None:
            i += 1
            continue
        low = _modified(words, i, known, lexicon)
        if low < i or _stands_alone(words, i, length, type_):
            yield _described(words, low, i, i + length, type_, known, lexicon)
        i += length


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
    return _whose(words, at, known) is not None


def _whose(words: list[Word], at: int, known: Known) -> str | None:
    """The id of the actor that a word before such a noun names: "IS fighters"."""
    if not words[at].capital:
        return None
    for form in known.forms.get(words[at].key, ()):
        capital_alike = not form.words[0].text.isupper() or words[at].text.isupper()
        if form.kind == "actor" and form.id is not None and len(form.words) == 1 and capital_alike:
            return form.id
    return None


def _described(
    words: list[Word], low: int, noun: int, last: int, type_: str, known: Known, lexicon: Lexicon
) -> Hit:
    modifiers = words[low:noun]
    named = words[noun].text if last - noun == 1 else f"{words[noun].text} {words[last - 1].text}"
    own = [_whose(words, at, known) for at in range(low, noun)]
    backed = any(word.key in _BACKED for word in modifiers)
    whose = next((identifier for identifier in own if identifier is not None), None)
    side = next((lexicon.sides[w.key] for w in reversed(modifiers) if w.key in lexicon.sides), None)
    if type_ == "forces":
        type_ = _of_forces(modifiers, side, whose is not None, lexicon)
    elif type_ in ("government", "armed-group") or side in (None, "any"):
        pass
    elif side in ("coalition", "militia") and type_ == "state-forces":
        type_ = side
    refers_to = whose if type_ == "armed-group" and not backed else None
    why = f"describes who acts by {named}"
    return Hit(
        low, last, "actor", "names.described", why, type_, refers_to=refers_to, weight=LIKELY
    )


def _of_forces(modifiers: list[Word], side: str | None, owned: bool, lexicon: Lexicon) -> str:
    """What "forces" are by the words before: a state's where a demonym or nothing says else."""
    if side is not None and side != "any":
        return side
    if owned:
        return "armed-group"
    keys = {word.key for word in modifiers}
    return "state-forces" if keys & lexicon.demonyms.keys() or "security" in keys else "armed-group"
