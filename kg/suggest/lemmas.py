"""Which words of a parsed paragraph have certain lemmas: most have none that any rule reads."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc, Token


def having(doc: Doc, lemmas: Container[str]) -> list[Token]:
    """The tokens whose lemma, in small letters, is among some, in the order of the text."""
    strings = doc.vocab.strings
    found = enumerate(doc.to_array("LEMMA").tolist())
    return [doc[i] for i, lemma in found if _small(strings, lemma) in lemmas]


@lru_cache(maxsize=1 << 15)
def _small(strings: StringStore, lemma: int) -> str:
    return strings[lemma].lower()
