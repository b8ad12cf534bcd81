"""From what the model made of an article to plain values, all paragraphs at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, cast

import numpy as np
from spacy.tokens import Doc, Span

from kg.suggest.tokens import Columns, Name, Parsed

_WHERE: Final[list[int | str]] = ["SENT_START", "HEAD", "IDX", "ENT_TYPE"]
"""What is read of each token by numbers; the last is a string's."""


def taken_from(
    texts: Sequence[str], docs: Sequence[Doc], forms: Iterable[tuple[str, ...]] | None = None
) -> list[Parsed]:
    """What the model says of some paragraphs, in their order, without the model.

    The forms of their words are those that the model wrote into them, if no others are given.
    """
    columns = _columns(docs, _written(docs) if forms is None else forms)
    return [
        Parsed(text, own, tuple(map(_name, doc.ents)))
        for text, doc, own in zip(texts, docs, columns, strict=True)
    ]


def _columns(docs: Sequence[Doc], forms: Iterable[tuple[str, ...]]) -> Iterator[Columns]:
    """The columns of some paragraphs."""
    if not any(map(len, docs)):
        yield from (Columns(*([] for _ in Columns._fields)) for _ in docs)
        return
    rows: Any = np.concatenate([cast("Any", doc).to_array(_WHERE) for doc in docs])
    within = np.concatenate([np.arange(len(doc)) for doc in docs])
    heads = (rows[:, 1].astype(np.int64) + within).tolist()
    begins, names = rows[:, 2:].T.tolist()
    strings = docs[0].vocab.strings
    known = {number: strings[number] for number in set(names)}
    said = map(list, zip(*forms, strict=True))
    named = [*map(known.__getitem__, names)]
    columns = [(rows[:, 0] == 1).tolist(), heads, begins, *said, named]
    for start, end in pairwise([0, *np.cumsum([len(doc) for doc in docs]).tolist()]):
        yield Columns(*(column[start:end] for column in columns))


def _written(docs: Iterable[Doc]) -> Iterator[tuple[str, ...]]:
    """The forms of words as the model wrote them."""
    for token in (token for doc in docs for token in doc):
        yield token.text, token.lower_, token.lemma_, token.pos_, token.tag_, token.dep_


def _name(found: Span) -> Name:
    return Name(found.label_, found.start_char, found.end_char)
