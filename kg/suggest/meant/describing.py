"""A description taken apart: "the last border crossing with Tarn" is of a kind, and the last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.suggest.meant.lexicon import load_lexicon, singular
from kg.suggest.names.lexicon import fold
from kg.suggest.names.lexicon import load_lexicon as load_names
from kg.suggest.reading import Reading
from kg.text import Span

_ENDS: Final = frozenset(
    (
        *("of", "in", "with", "from", "at", "near", "on", "under", "between", "for", "to", "by"),
        *("loyal", "who", "which", "that", "held", "close", "east", "west", "north", "south"),
    )
)
"""Words behind a noun that begin what only tells more of it."""
_ONE: Final = ("it", "its", "he", "she", "his", "her", "my")
_BEHIND: Final = re.compile(r"\s+([\w-]+)(?:\s+[\w-]+){0,6}")
_MEASURED: Final = re.compile(r"\d|-(?:kilometre|kilometer|km|mile|metre|meter|hectare|acre|lane)$")
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Description:
    """The words for somebody or some place: their head in the singular, and what stands about it.

    `points` is "definite", "indefinite", "several", "bare" or "pronoun"; `rest` the words behind.
    """

    words: tuple[str, ...]
    head: str
    before: tuple[str, ...]
    rest: tuple[str, ...]
    points: str
    plural: bool

    @property
    def demonym(self) -> str | None:
        """The country whose people or things the words before the head say it is of."""
        demonyms = load_names().demonyms
        return next((demonyms[fold(w)] for w in self.before if fold(w) in demonyms), None)

    @property
    def untold(self) -> tuple[str, ...]:
        """The words before the head that could tell it from others of its kind."""
        telling = load_lexicon().telling
        demonyms = load_names().demonyms
        plain = (w for w in self.before if w not in telling and fold(w) not in demonyms)
        return tuple(w for w in plain if not _MEASURED.search(w))


def describe(reading: Reading, span: Span) -> Description | None:
    """What the words of a span describe, with those that go on behind it; None for no words."""
    behind = _BEHIND.match(reading.text, span[1])
    onward = behind is not None and behind[1].casefold() in _ENDS
    words = reading.words(span) + (behind[0] if behind is not None and onward else "")
    return take_apart(words, _word_before(reading.text, span[0]))


def take_apart(text: str, word_before: str = "") -> Description | None:
    """What some words describe, with the word that stands before them."""
    lexicon = load_lexicon()
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words:
        return None
    if len(words) == 1 and words[0] in lexicon.pronouns | lexicon.owners | lexicon.personal:
        return Description(tuple(words), words[0], (), (), "pronoun", words[0] not in _ONE)
    determiner = word_before
    while len(words) > 1 and (words[0].endswith("ly") or words[0].endswith(("'s", "’s"))):
        determiner, words = "the" if not words[0].endswith("ly") else determiner, words[1:]
    if words[0] in lexicon.definite | lexicon.indefinite | lexicon.owners and len(words) > 1:
        determiner, words = words[0], words[1:]
    end = next((i for i, word in enumerate(words) if i and word in _ENDS), len(words))
    core, rest = words[:end], words[end:]
    head = singular(core[-1])
    points = _points(determiner, core)
    return Description(tuple(core), head, tuple(core[:-1]), tuple(rest), points, head != core[-1])


def _points(determiner: str, core: list[str]) -> str:
    lexicon = load_lexicon()
    if lexicon.several & {*core[:-1], determiner} or determiner in ("these", "those"):
        return "several"
    if core[0] in lexicon.indefinite or determiner in lexicon.indefinite:
        return "indefinite"
    if determiner in lexicon.definite or determiner in lexicon.owners:
        return "definite"
    return "bare"


def _word_before(text: str, position: int) -> str:
    found = re.search(r"(\w+)\s+$", text[max(0, position - 20) : position])
    return found[1].casefold() if found else ""
