"""From what the model made of an article to plain values, all paragraphs at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, cast

import numpy as np
from spacy.tokens import Doc, Span

from kg.suggest.tokens import Columns, Name, Parsed

_READ: Final[list[int | str]] = [
    *("SENT_START", "HEAD", "IDX"),
    *("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE"),
]
"""What is read of each token, in the order of the columns; the latter are strings."""


def taken_from(texts: Sequence[str], docs: Sequence[Doc]) -> list[Parsed]:
    """What the model says of some paragraphs, in their order, without the model."""
    return [
        Parsed(text, columns, tuple(map(_name, doc.ents)))
        for text, doc, columns in zip(texts, docs, _columns(docs), strict=True)
    ]


def _columns(docs: Sequence[Doc]) -> Iterator[Columns]:
    """The columns of some paragraphs."""
    if not docs:
        return
    rows: Any = np.concatenate([cast("Any", doc).to_array(_READ) for doc in docs])
    within = np.concatenate([np.arange(len(doc)) for doc in docs])
    heads = (rows[:, 1].astype(np.int64) + within).tolist()
    begins, *said = rows[:, 2:].T.tolist()
    strings = _strings(docs[0], said)
    columns = [(rows[:, 0] == 1).tolist(), heads, begins, *strings]
    for start, end in pairwise([0, *np.cumsum([len(doc) for doc in docs]).tolist()]):
        yield Columns(*(column[start:end] for column in columns))


def _strings(doc: Doc, said: list[list[int]]) -> list[list[str]]:
    """Columns of the model's numbers for strings as these strings, each fetched once."""
    store = doc.vocab.strings
    known = {number: store[number] for column in said for number in set(column)}
    return [[*map(known.__getitem__, column)] for column in said]


def _name(found: Span) -> Name:
    return Name(found.label_, found.start_char, found.end_char)
