"""Which words of a parsed paragraph have certain lemmas: most have none that any rule reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MOST: Final = 1 << 14
"""How many lemmas are kept: memory stays flat over any number of articles."""
_KNOWN: Final[dict[frozenset[str], dict[int, bool]]] = {}
"""Of lemmas met before, by the model's number for each, whether they are among some."""


def having(doc: Doc, lemmas: frozenset[str]) -> list[Token]:
    """The tokens whose lemma, in small letters, is among some, in the order of the text."""
    own, known = doc.to_array("LEMMA").tolist(), _KNOWN.setdefault(lemmas, {})
    if len(known) > _MOST:
        known.clear()
    strings = doc.vocab.strings
    known |= {lemma: strings[lemma].lower() in lemmas for lemma in own if lemma not in known}
    return [doc[i] for i, lemma in enumerate(own) if known[lemma]]
