"""From what the model made of an article to plain values, all paragraphs at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import numpy as np
from spacy.tokens import Doc

from kg.suggest.tokens import Columns, Name, Parsed

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WHERE: Final[list[int | str]] = ["SENT_START", "HEAD", "IDX"]
_DEPTH: Final = 6


class Form(NamedTuple):
    """What is said of a word wherever it stands, in the order of a token's own attributes."""

    text: str
    lower: str
    lemma: str
    part_of_speech: str
    tag: str
    label: str


class Among(NamedTuple):
    """A name among the words of a text: the first, the last + 1, and its label."""

    start: int
    end: int
    label: str


class Said(NamedTuple):
    """What is said of texts that have words: of all these, and the names of each text."""

    forms: Iterable[Form]
    names: Iterable[list[Among]]


def taken_from(texts: Sequence[str], docs: Sequence[Doc], said: Said | None = None) -> list[Parsed]:
    """What the model says of some paragraphs, in their order, without the model.

    Forms and names are those that it has written into them, if no others are given.
    """
    forms, names = said or _written([doc for doc in docs if len(doc)])
    each = iter(names)
    found = [next(each) if len(doc) else [] for doc in docs]
    return [*map(_parsed, texts, _columns(docs, forms, found), found)]


def _written(docs: Sequence[Doc]) -> Said:
    """What the model has written into texts."""
    forms = (
        Form(token.text, token.lower_, token.lemma_, token.pos_, token.tag_, token.dep_)
        for doc in docs
        for token in doc
    )
    return Said(forms, ([Among(e.start, e.end, e.label_) for e in doc.ents] for doc in docs))


def _parsed(text: str, own: Columns, names: Iterable[Among]) -> Parsed:
    """A paragraph, its names by their places in the text."""
    ends = ((start, end - 1, label) for start, end, label in names)
    return Parsed(
        text,
        own,
        tuple(
            Name(label, own.begins[first], own.begins[last] + len(own.texts[last]))
            for first, last, label in ends
        ),
    )


def _columns(
    docs: Sequence[Doc], forms: Iterable[Form], names: Iterable[list[Among]]
) -> Iterator[Columns]:
    """The columns of some paragraphs."""
    if not docs:
        return
    rows: Any = np.concatenate([cast("Any", doc).to_array(_WHERE) for doc in docs])
    lengths = np.array([len(doc) for doc in docs])
    ends = np.cumsum(lengths)
    firsts = np.repeat(ends - lengths, lengths)
    heads = (_not_too_deep(rows[:, 1].astype(np.int64) + np.arange(len(rows))) - firsts).tolist()
    said = [*map(list, zip(*forms, strict=True))] or [[] for _ in Form._fields]
    labels = [label for doc, own in zip(docs, names, strict=True) for label in _labels(doc, own)]
    columns = [(rows[:, 0] == 1).tolist(), heads, rows[:, 2].tolist(), *said, labels]
    for start, end in pairwise([0, *ends.tolist()]):
        yield Columns(*(column[start:end] for column in columns))


def _not_too_deep(heads: NDArray[np.int64]) -> NDArray[np.int64]:
    """The heads of words; one that hangs by more than 2 ** _DEPTH words on its root hangs on it.

    No sentence that anybody wrote is that deep, and rules go from a word to those below it.
    """
    above = heads
    for _ in range(_DEPTH):
        above = above[above]
    deep = heads[above] != above
    if not deep.any():
        return heads
    while (heads[above] != above).any():
        above = above[above]
    return np.where(deep, above, heads)


def _labels(doc: Doc, names: Iterable[Among]) -> list[str]:
    """For each word of a text the label of the name in which it stands."""
    labels = [""] * len(doc)
    for start, end, label in names:
        labels[start:end] = [label] * (end - start)
    return labels
