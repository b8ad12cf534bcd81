"""What stands around a name: words that say it is a place, of which kind, or a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.suggest.names.lexicon import Lexicon, phrase
from kg.suggest.words import Word

_DETERMINERS: Final = frozenset({"the", "a", "an"})


def cued(words: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether the words before say that a place follows: in, near, north of, the town of."""
    before = _back(words, i)
    if before is None:
        return False
    key = words[before].key
    if key in lexicon.cues["surely"] or key in lexicon.cues["compass"]:
        return True
    if key == "of" and before > 0:
        above = words[before - 1].key
        return above in lexicon.cues["direction"] or above in lexicon.place_words
    return False


def located(words: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether any preposition of place stands before: weaker than `cued`, for what is known."""
    before = _back(words, i)
    return before is not None and (
        words[before].key in lexicon.cues["where"] or cued(words, i, lexicon)
    )


def _back(words: Sequence[Word], i: int) -> int | None:
    """The word before a name and its article, in the same phrase."""
    if i == 0 or not words[i].joined:
        return None
    back = i - 1
    if words[back].key in _DETERMINERS and back > 0 and words[back].joined:
        back -= 1
    return back


def place_type_at(words: list[Word], i: int, j: int, lexicon: Lexicon) -> tuple[int, str | None]:
    """Where the name with the words of kind after it ends, and the type that words beside it say.

    "Aven province" is one name; of "the town of Aven" only the last word is.
    """
    known = j < len(words) and words[j].key in lexicon.opening
    for length in (2, 1) if known else ():
        after = phrase(words, j, j + length)
        type_ = lexicon.place_words.get(after)
        follows = j + length <= len(words) and all(word.joined for word in words[j : j + length])
        if type_ is not None and follows and not words[j - 1].possessive:
            return j + length, type_
    if i >= 2 and words[i].joined and words[i - 1].key == "of":
        return j, lexicon.place_words.get(words[i - 2].key)
    return j, None


def opens_person(words: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether a title or a given name stands right before."""
    if i == 0 or not (words[i].joined or words[i].before == ". "):
        return False
    before = words[i - 1]
    return before.key in lexicon.titles or (before.capital and before.key in lexicon.cues["given"])
