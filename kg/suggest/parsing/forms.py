"""Parts of speech and lemmas: what a word's tag and label make of it is found once, then known.

The model's own components say it, the attribute ruler by some hundred patterns, of which only a few
look at two words, and the lemmatizer by the word and its part of speech.
https://spacy.io/api/attributeruler
"""

from __future__ import annotations

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
_MOST: Final = 1 << 16
"""How many words are known at once: memory stays flat over any number of articles."""

Key = tuple[int, ...]


class Forms:
    """What is known of words by tag, wording and label."""

    def __init__(self, pipeline: Language) -> None:
        self._vocab = pipeline.vocab
        self._ruler = cast("Any", pipeline.get_pipe("attribute_ruler"))
        self._lemmatizer = cast("Any", pipeline.get_pipe("lemmatizer"))
        self._known: dict[Key, tuple[int, ...] | None] = {}
        self._joint = Matcher(pipeline.vocab)
        patterns = (pattern for entry in self._ruler.patterns for pattern in entry["patterns"])
        for n, pattern in enumerate(patterns):
            if len(pattern) > 1:
                self._joint.add(str(n), [pattern[:1]])

    def assign(self, doc: Doc) -> None:
        """Gives the words of a tagged and parsed text their part of speech and lemma."""
        keys = [*map(tuple, doc.to_array(_SEEN).tolist())]
        for key in {key for key in keys if key not in self._known}:
            self._known[key] = self._said(*key)
        said = [self._known[key] for key in keys]
        if len(self._known) > _MOST:
            self._known.clear()
        if None in said:
            self._lemmatizer(self._ruler(doc))
        else:
            doc.from_array(_SAID, cast("Any", np.array(said, dtype=np.uint64)))

    def _said(self, tag: int, orth: int, label: int) -> tuple[int, ...] | None:
        """What the components say of a word; None where it may begin a pattern of several words."""
        alone = Doc(self._vocab, words=[self._vocab.strings[orth]])
        alone[0].tag, alone[0].dep = tag, label
        if self._joint(alone, allow_missing=True):
            return None
        return tuple(self._lemmatizer(self._ruler(alone)).to_array(_SAID)[0].tolist())


def forms_of(pipeline: Language) -> Forms | None:
    """The forms of a pipeline, None where its patterns or lemmas look at more than is known."""
    ruler = cast("Any", pipeline.get_pipe("attribute_ruler"))
    lemmatizer = pipeline.get_pipe("lemmatizer")
    patterns = [pattern for entry in ruler.patterns for pattern in entry["patterns"]]
    alone = {attribute for p in patterns if len(p) == 1 for attribute in p[0]}
    fits = alone <= _READ and getattr(lemmatizer, "mode", "") == "rule"
    return Forms(pipeline) if fits else None
