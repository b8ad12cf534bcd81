"""Parts of speech and lemmas: what a word's tag and label make of it is found once, then known.

The model's own components say it, the attribute ruler by some hundred patterns, of which only a few
look at two words, and the lemmatizer by the word and its part of speech.
https://spacy.io/api/attributeruler
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
from spacy.matcher import Matcher
from spacy.tokens import Doc

from kg.suggest.parsing.keys import keys
from kg.suggest.parsing.values import Form

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Token

_SEEN: Final[list[int | str]] = ["TAG", "ORTH", "DEP"]
_RULED: Final[list[int | str]] = ["POS", "LEMMA", "MORPH"]
_READ: Final = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
"""The attributes of a token that a pattern may look at: all are in `_SEEN`, some by the word."""
_LONGEST: Final = 2
"""How many words a pattern looks at."""
_MOST: Final = 1 << 14
"""How many words are known at once: memory stays flat over any number of articles."""

Word = tuple[int, int, int]
"""A word by its tag, wording and label."""
Kind = tuple[int, int, str | bool]


class Forms:
    """What is known of words by tag, wording and label."""

    def __init__(self, pipeline: Language) -> None:
        self._vocab = cast("Any", pipeline.vocab)
        self._ruler = cast("Any", pipeline.get_pipe("attribute_ruler"))
        self._lemmatizer = cast("Any", pipeline.get_pipe("lemmatizer"))
        self._known: dict[int, Form] = {}
        self._joined: dict[tuple[int, ...], list[Form]] = {}
        self._opening: set[int] = set()
        self._ruled: dict[Kind, tuple[int, ...]] = {}
        patterns = _patterns(self._ruler)
        wordings = (asked for p in patterns if len(p) == 1 for asked in _wordings(p))
        self._asked = re.compile("|".join(dict.fromkeys(wordings)))
        self._first = Matcher(pipeline.vocab)
        for n, pattern in enumerate(pattern for pattern in patterns if len(pattern) > 1):
            self._first.add(str(n), [pattern[:1]])

    def of(self, docs: Sequence[Doc]) -> list[Form]:
        """What is said of the words of tagged and parsed texts, one text below the other."""
        seen = np.concatenate([cast("Any", doc).to_array(_SEEN) for doc in docs])
        words = keys(seen).tolist()
        self._learn(words, seen)
        forms = [self._known[word] for word in words]
        if not self._opening.isdisjoint(words):
            ends = np.cumsum([len(doc) for doc in docs]).tolist()
            for start, end in self._runs(words, ends):
                forms[start:end] = self._together(words[start:end], seen[start:end])
        return forms

    def _learn(self, numbers: list[int], seen: NDArray[np.uint64]) -> None:
        """Knows some words from now on; where they are too many, all others are forgotten."""
        new = {key: n for n, key in enumerate(numbers) if key not in self._known}
        if not new:
            return
        if len(self._known) + len(new) > _MOST or len(self._lemmatizer.cache) > _MOST:
            for kept in (self._known, self._joined, self._lemmatizer.cache):
                kept.clear()
            new = {key: n for n, key in enumerate(numbers)}
        words = dict(zip(new, map(tuple, seen[[*new.values()]].tolist()), strict=True))
        begin = {at for _, at, _ in self._first(self._doc(words.values()), allow_missing=True)}
        opening = {key for n, key in enumerate(words) if n in begin}
        apart = [key for key in words if key not in opening]
        self._known.update(zip(apart, self._told([words[key] for key in apart]), strict=True))
        self._known.update((key, self._told([words[key]])[0]) for key in opening)
        self._opening |= opening

    def _runs(self, numbers: list[int], ends: list[int]) -> Iterator[tuple[int, int]]:
        """Where words stand that may make a pattern with the next: first word, last + 1."""
        free = 0
        for start in [n for n, key in enumerate(numbers) if key in self._opening]:
            if start >= free:
                free, last = start + 1, ends[bisect_right(ends, start)]
                while free < last and numbers[free - 1] in self._opening:
                    free += 1
                yield start, free

    def _together(self, numbers: list[int], seen: NDArray[np.uint64]) -> list[Form]:
        """What the components say of words that stand one after the other."""
        run = tuple(numbers)
        if run not in self._joined:
            words = [*map(tuple, seen.tolist())]
            doc = self._lemmatizer(self._ruler(self._doc(words)))
            self._joined[run] = [
                self._form(word, token) for word, token in zip(words, doc, strict=True)
            ]
        return self._joined[run]

    def _told(self, words: list[Word]) -> list[Form]:
        """What the components say of words none of which begins a pattern with the next."""
        if not words:
            return []
        kinds = [self._kind(word) for word in words]
        new = {
            kind: word for kind, word in zip(kinds, words, strict=True) if kind not in self._ruled
        }
        found = self._ruler(self._doc(new.values())).to_array(_RULED).tolist()
        ruled = self._ruled | dict(zip(new, found, strict=True))
        if not self._vocab.in_memory_zone:
            self._ruled = ruled
        doc = self._doc(words)
        said = np.array([ruled[kind] for kind in kinds], dtype=np.uint64)
        doc.from_array(_RULED, cast("Any", said.reshape(-1, len(_RULED))))
        return [*map(self._form, words, self._lemmatizer(doc))]

    def _form(self, word: Word, token: Token) -> Form:
        tag, _, label = (self._vocab.strings[number] for number in word)
        return Form(token.text, token.lower_, token.lemma_, token.pos_, tag, label)

    def _kind(self, word: Word) -> Kind:
        """What the ruler looks at: tag, label, and the wording if a pattern has it, else space."""
        tag, orth, label = word
        lower = self._vocab.strings[orth].lower()
        return tag, label, lower if self._asked.search(lower) else lower.isspace()

    def _doc(self, words: Iterable[Word]) -> Doc:
        """Words one after the other, each with its tag and label."""
        listed = list(words)
        doc = Doc(self._vocab, words=[self._vocab.strings[orth] for _, orth, _ in listed])
        for token, (tag, _, label) in zip(doc, listed, strict=True):
            token.tag, token.dep = tag, label
        return doc


def forms_of(pipeline: Language) -> Forms | None:
    """The forms of a pipeline, None where its patterns or lemmas look at more than is known."""
    ruler = cast("Any", pipeline.get_pipe("attribute_ruler"))
    lemmatizer = pipeline.get_pipe("lemmatizer")
    patterns = _patterns(ruler)
    alone = [pattern[0] for pattern in patterns if len(pattern) == 1]
    read = {attribute for token in alone for attribute in token}
    plain = read <= _READ and all(map(_is_plain, alone)) and max(map(len, patterns)) <= _LONGEST
    fits = plain and getattr(lemmatizer, "mode", "") == "rule"
    return Forms(pipeline) if fits else None


def _patterns(ruler: Any) -> list[list[dict[str, Any]]]:
    """The patterns of an attribute ruler."""
    return [pattern for entry in ruler.patterns for pattern in entry["patterns"]]


def _wordings(pattern: list[dict[str, Any]]) -> list[str]:
    """The expressions for the wordings that a pattern of one word asks for, or asks not to be."""
    asked = pattern[0].get("LOWER", {})
    listed = {"IN": [asked]} if isinstance(asked, str) else asked
    exact = (word for some in ("IN", "NOT_IN") for word in listed.get(some, ()))
    return [*(f"^{re.escape(word)}$" for word in exact), *filter(None, [listed.get("REGEX")])]


def _is_plain(token: dict[str, Any]) -> bool:
    """Whether the wordings that a pattern asks for are known from it."""
    asked = token.get("LOWER", "")
    return isinstance(asked, str) or set(asked) <= {"IN", "NOT_IN", "REGEX"}
