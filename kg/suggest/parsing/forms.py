"""Parts of speech and lemmas: what a word's tag and label make of it is found once, then known.

The model's own components say it, the attribute ruler by some hundred patterns, of which only a few
look at two words, and the lemmatizer by the word and its part of speech.
https://spacy.io/api/attributeruler
"""

from __future__ import annotations

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


class Forms:
    """What is known of words by tag, wording and label."""

    def __init__(self, pipeline: Language) -> None:
        self._vocab = cast("Any", pipeline.vocab)
        self._ruler = cast("Any", pipeline.get_pipe("attribute_ruler"))
        self._lemmatizer = cast("Any", pipeline.get_pipe("lemmatizer"))
        self._known: dict[Key, tuple[int, ...] | None] = {}
        self._joint = Matcher(pipeline.vocab)
        patterns = (pattern for entry in self._ruler.patterns for pattern in entry["patterns"])
        for n, pattern in enumerate(patterns):
            if len(pattern) > 1:
                self._joint.add(str(n), [pattern[:1]])

    def assign(self, docs: Sequence[Doc]) -> None:
        """Gives the words of tagged and parsed texts their part of speech and lemma."""
        seen = [[*map(tuple, doc.to_array(_SEEN).tolist())] for doc in docs]
        new = self._said(
            [*dict.fromkeys(key for keys in seen for key in keys if key not in self._known)]
        )
        said = [[new[k] if k in new else self._known[k] for k in keys] for keys in seen]
        if len(self._known) + len(new) > _MOST or len(self._lemmatizer.cache) > _MOST:
            self._known.clear()
            self._lemmatizer.cache.clear()
        if not self._vocab.in_memory_zone:  # where it is, new lemmas are forgotten with the text
            self._known.update(new)
        for doc, forms in zip(docs, said, strict=True):
            if None in forms:
                self._lemmatizer(self._ruler(doc))
            else:
                doc.from_array(_SAID, cast("Any", np.array(forms, dtype=np.uint64)))

    def _said(self, keys: list[Key]) -> dict[Key, tuple[int, ...] | None]:
        """What the components say of words; None where one may begin a pattern of several words."""
        joint = {start for _, start, _ in self._joint(self._doc(keys), allow_missing=True)}
        alone = [key for at, key in enumerate(keys) if at not in joint]
        said = self._lemmatizer(self._ruler(self._doc(alone))).to_array(_SAID).tolist()
        return dict.fromkeys(keys) | dict(zip(alone, map(tuple, said), strict=True))

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
    patterns = [pattern for entry in ruler.patterns for pattern in entry["patterns"]]
    alone = {attribute for p in patterns if len(p) == 1 for attribute in p[0]}
    fits = alone <= _READ and getattr(lemmatizer, "mode", "") == "rule"
    return Forms(pipeline) if fits else None
