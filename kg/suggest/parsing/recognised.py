"""The names that a model's recogniser sees, by its own weights.

It reads word by word and begins, goes on with, or ends a name. Outside of names its decision
hangs on the next word alone, so that it is taken for all words at once; only inside a name it
hangs on what came before. https://spacy.io/api/architectures#TransitionBasedParser
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from spacy.tokens import Doc, Span

from kg.suggest.parsing.vectors import Encoder, Written, encoder_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

_SHAPE: Final = (3, 2)
"""A decision looks at three words, the next, a name's first, the last one read; by two pieces."""
_NEVER: Final = np.float32(-np.inf)


@dataclass(frozen=True, slots=True)
class Recogniser:
    """The weights of a recogniser, and what each of its decisions is: its letter and label."""

    encoder: Encoder
    narrow: Any
    lower: Any
    bias: Rows
    weights: Rows
    offset: Rows
    moves: tuple[tuple[str, str], ...]
    closed: list[int]
    """The decisions that cannot be taken outside of a name."""
    inside: dict[str, tuple[int, int]]
    """For each label the decisions to go on with a name and to end it."""

    def recognise(self, docs: Sequence[Doc], texts: Written) -> None:
        """Gives parsed texts their names."""
        features = self.lower.predict(self.narrow.predict(self.encoder.encode(texts)))
        features, pad = features[1:], features[0]
        scores = self._scores(features[:, 0] + (pad[1] + pad[2]))
        scores[:, self.closed] = _NEVER
        first = 0
        for doc in docs:
            last = first + len(doc)
            names = list(self._names(doc, scores[first:last], features[first:last]))
            if names:
                doc.set_ents([Span(doc, *name) for name in names])
            first = last

    def _scores(self, summed: Rows) -> Rows:
        """How likely each decision is, by the sum of what the words say."""
        scores: Rows = _largest(summed + self.bias) @ self.weights.T + self.offset
        return scores

    def _names(self, doc: Doc, scores: Rows, features: Rows) -> Iterator[tuple[int, int, str]]:
        """The names of a text: first word, last + 1, label."""
        free = 0
        likeliest = scores.argmax(axis=1).tolist()
        for i in [i for i, move in enumerate(likeliest) if self.moves[move][0] != "O"]:
            if i < free:
                continue
            letter, label = self._allowed(doc, i, likeliest[i], scores[i])
            if letter != "O":
                free = self._end(doc, i, label, features) if letter == "B" else i + 1
                yield i, free, label

    def _allowed(self, doc: Doc, i: int, move: int, scores: Rows) -> tuple[str, str]:
        """The likeliest decision that is allowed: a name is no space, and within its sentence."""
        barred = "BU" if doc[i].is_space else "B" if _is_last(doc, i) else ""
        if self.moves[move][0] in barred:
            free = [n for n, (letter, _) in enumerate(self.moves) if letter not in barred]
            move = free[int(scores[free].argmax())]
        return self.moves[move]

    def _end(self, doc: Doc, start: int, label: str, features: Rows) -> int:
        """Where a name that begins at a word ends."""
        goes_on, ends = self.inside[label]
        for i in range(start + 1, len(doc)):
            if _is_last(doc, i):
                return i + 1
            summed = features[i, 0] + features[start, 1] + features[i - 1, 2]
            hidden = _largest(summed + self.bias)
            further = self.weights[goes_on] @ hidden + self.offset[goes_on]
            ended = self.weights[ends] @ hidden + self.offset[ends]
            if (ended, goes_on) > (further, ends):
                return i + 1
        return len(doc)


def recogniser_of(component: Any) -> Recogniser | None:
    """The recogniser of a component, None where it is of another make."""
    if len(component.model.layers) != 3 or not component.model.attrs["has_upper"]:
        return None
    words, lower, upper = component.model.layers
    encoder = encoder_of(words.layers[0])
    known = component.cfg["beam_width"] == 1 and not component.model.attrs["unseen_classes"]
    if encoder is None or not known or (lower.get_dim("nF"), lower.get_dim("nP")) != _SHAPE:
        return None
    moves = [component.moves.get_class_name(n) for n in range(component.moves.n_moves)]
    parted = tuple((move[:1], move[2:]) for move in moves)
    labels = {label for letter, label in parted if letter == "B"}
    inside = {label: (parted.index(("I", label)), parted.index(("L", label))) for label in labels}
    closed = [n for n, (letter, label) in enumerate(parted) if not _opens(letter, label)]
    bias, weights, offset = lower.get_param("b"), upper.get_param("W"), upper.get_param("b")
    return Recogniser(
        encoder, words.layers[-1], lower, bias, weights, offset, parted, closed, inside
    )


def _largest(pieces: Rows) -> Rows:
    """The larger of two pieces."""
    larger: Rows = np.maximum(pieces[..., 0], pieces[..., 1])
    return larger


def _opens(letter: str, label: str) -> bool:
    """Whether a decision can be taken outside of a name."""
    return letter == "O" or (letter in ("B", "U") and bool(label))


def _is_last(doc: Doc, i: int) -> bool:
    """Whether a word is the last of its sentence."""
    return i + 1 == len(doc) or bool(doc[i + 1].is_sent_start)
