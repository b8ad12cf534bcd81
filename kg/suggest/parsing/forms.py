"""Parts of speech and lemmas: what a word's tag and label make of it is found once, then known.

The model's own components say it, the attribute ruler by some hundred patterns, of which only a few
look at two words, and the lemmatizer by the word and its part of speech.
https://spacy.io/api/attributeruler
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
from spacy.matcher import Matcher
from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.language import Language

_SEEN: Final[list[int | str]] = ["TAG", "ORTH", "DEP"]
_SAID: Final[list[int | str]] = ["POS", "LEMMA", "MORPH"]
_READ: Final = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
"""The attributes of a token that a pattern may look at: all are in `_SEEN`, some by the word."""
_MOST: Final = 1 << 14
"""How many words are known at once: memory stays flat over any number of articles."""

Key = tuple[int, ...]
"""A word by its tag, wording and label."""
Form = tuple[int, ...]
Kind = tuple[int, int, str | bool]


class Forms:
    """What is known of words by tag, wording and label."""

    def __init__(self, pipeline: Language) -> None:
        self._vocab = cast("Any", pipeline.vocab)
        self._ruler = cast("Any", pipeline.get_pipe("attribute_ruler"))
        self._lemmatizer = cast("Any", pipeline.get_pipe("lemmatizer"))
        self._known: dict[Key, Form] = {}
        self._ruled: dict[Kind, Form] = {}
        self._opening: set[Key] = set()
        patterns = _patterns(self._ruler)
        wordings = (asked for p in patterns if len(p) == 1 for asked in _wordings(p))
        self._asked = re.compile("|".join(dict.fromkeys(wordings)))
        self._joint, self._first = Matcher(pipeline.vocab), Matcher(pipeline.vocab)
        for n, pattern in enumerate(pattern for pattern in patterns if len(pattern) > 1):
            self._joint.add(str(n), [pattern])
            self._first.add(str(n), [pattern[:1]])

    def assign(self, docs: Sequence[Doc]) -> None:
        """Gives the words of tagged and parsed texts their part of speech and lemma."""
        seen = [[*map(tuple, doc.to_array(_SEEN).tolist())] for doc in docs]
        new = self._said(
            [*dict.fromkeys(key for keys in seen for key in keys if key not in self._known)]
        )
        said = [[new[k] if k in new else self._known[k] for k in keys] for keys in seen]
        for doc, keys, forms in zip(docs, seen, said, strict=True):
            if not self._opening.isdisjoint(keys) and self._joint(doc, allow_missing=True):
                self._lemmatizer(self._ruler(doc))
            else:
                doc.from_array(_SAID, cast("Any", np.array(forms, dtype=np.uint64)))
        self._keep(new)

    def _keep(self, new: dict[Key, Form]) -> None:
        """Knows some words from now on; in a memory zone their lemmas are forgotten with the text.

        Where there are too many, all others are forgotten.
        """
        if len(self._known) + len(new) > _MOST or len(self._lemmatizer.cache) > _MOST:
            self._known.clear()
            self._lemmatizer.cache.clear()
        if not self._vocab.in_memory_zone:
            self._known.update(new)

    def _said(self, keys: list[Key]) -> dict[Key, Form]:
        """What the components say of words that stand alone."""
        if not keys:
            return {}
        opening = {keys[at] for _, at, _ in self._first(self._doc(keys), allow_missing=True)}
        self._opening |= opening
        apart = [key for key in keys if key not in opening]
        return dict(zip(apart, self._told(apart), strict=True)) | {
            key: self._told([key])[0] for key in opening
        }

    def _told(self, keys: list[Key]) -> list[Form]:
        """What the components say of words none of which begins a pattern with the next."""
        kinds = [self._kind(key) for key in keys]
        new = {kind: key for kind, key in zip(kinds, keys, strict=True) if kind not in self._ruled}
        found = self._ruler(self._doc([*new.values()])).to_array(_SAID).tolist()
        ruled = self._ruled | dict(zip(new, found, strict=True))
        if not self._vocab.in_memory_zone:
            self._ruled = ruled
        doc = self._doc(keys)
        forms = np.array([ruled[kind] for kind in kinds], dtype=np.uint64)
        doc.from_array(_SAID, cast("Any", forms.reshape(-1, len(_SAID))))
        return [*map(tuple, self._lemmatizer(doc).to_array(_SAID).tolist())]

    def _kind(self, key: Key) -> Kind:
        """What the ruler looks at: tag, label, and the wording if a pattern has it, else space."""
        tag, orth, label = key
        word = self._vocab.strings[orth].lower()
        return tag, label, word if self._asked.search(word) else word.isspace()

    def _doc(self, keys: list[Key]) -> Doc:
        """Words one after the other, each with its tag and label."""
        doc = Doc(self._vocab, words=[self._vocab.strings[orth] for _, orth, _ in keys])
        for word, (tag, _, label) in zip(doc, keys, strict=True):
            word.tag, word.dep = tag, label
        return doc


def forms_of(pipeline: Language) -> Forms | None:
    """The forms of a pipeline, None where its patterns or lemmas look at more than is known."""
    ruler = cast("Any", pipeline.get_pipe("attribute_ruler"))
    lemmatizer = pipeline.get_pipe("lemmatizer")
    alone = [pattern[0] for pattern in _patterns(ruler) if len(pattern) == 1]
    read = {attribute for token in alone for attribute in token}
    fits = (
        read <= _READ and all(map(_is_plain, alone)) and getattr(lemmatizer, "mode", "") == "rule"
    )
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
