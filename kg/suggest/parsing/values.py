"""From what the model made of an article to plain values, all paragraphs at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise, repeat
from typing import Any, Final, cast

import numpy as np
from spacy.tokens import Doc, Span

from kg.suggest.tokens import Name, Parsed, Sentence, Token

_READ: Final[list[int | str]] = [
    *("SENT_START", "HEAD", "IDX"),
    *("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE"),
]
"""What is read of each token; the strings are in the order of a token's fields."""


def taken_from(docs: Sequence[Doc]) -> list[Parsed]:
    """What the model says of some paragraphs, in their order, without the model."""
    made = [Parsed(doc.text, tuple(map(_name, doc.ents))) for doc in docs]
    if not docs:
        return made
    lengths = [len(doc) for doc in docs]
    rows: Any = np.concatenate([cast("Any", doc).to_array(_READ) for doc in docs])
    starts, heads = rows[:, 0] == 1, rows[:, 1].astype(np.int64) + np.arange(len(rows))
    begins, *said = rows[:, 2:].T.tolist()
    store = docs[0].vocab.strings
    strings = {number: store[number] for column in said for number in set(column)}
    words = (map(strings.__getitem__, column) for column in said)
    sentences = chain.from_iterable(
        map(_sentences, made, np.split(starts, np.cumsum(lengths)[:-1]))
    )
    numbers = chain.from_iterable(map(range, lengths))
    tokens = map(Token, sentences, numbers, begins, *words)
    for paragraph, length in zip(made, lengths, strict=True):
        paragraph.extend(islice(tokens, length))
    _hang([token for paragraph in made for token in paragraph], heads.tolist())
    return made


def _name(found: Span) -> Name:
    return Name(found.label_, found.start_char, found.end_char)


def _sentences(paragraph: Parsed, starts: Any) -> Iterator[Sentence]:
    """The sentence of each token of a paragraph, by which of them begin one."""
    first = [0, *(np.flatnonzero(starts[1:]) + 1).tolist(), len(starts)]
    for start, end in pairwise(first):
        yield from repeat(Sentence(paragraph, start, end), end - start)


def _hang(tokens: Sequence[Token], heads: Sequence[int]) -> None:
    """Gives each token its head, and each head those that hang on it."""
    for token, at in zip(tokens, heads, strict=True):
        token.head = head = tokens[at]
        if head is not token:
            head.children.append(token)
