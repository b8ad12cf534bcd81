"""The names that a model's recogniser sees, by its own weights.

It reads word by word and begins, goes on with, or ends a name. Outside of names its decision
hangs on the next word alone, so that it is taken for all words at once; inside a name it hangs on
what came before, so that all names are followed together, word by word. https://spacy.io/api/architectures#TransitionBasedParser
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
from spacy.tokens import Doc

from kg.suggest.parsing.values import Among
from kg.suggest.parsing.vectors import Encoder, Written, encoder_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
    Places = NDArray[np.intp]

_PIECES: Final = 2
_SHAPE: Final = (3, _PIECES)
"""A decision looks at three words, the next, a name's first, the last one read; by two pieces."""
_NEVER: Final = np.float32(-np.inf)


@dataclass(frozen=True, slots=True)
class Moves:
    """The decisions that can be taken: the label of each, and which of them do what."""

    labels: list[str]
    begins: Places
    """Those that begin a name of several words."""
    alone: Places
    """Those that take one word for a name."""
    closed: Places
    """Those that cannot be taken outside of a name."""
    inside: Places
    """For each that begins a name, the two that go on with it, and end it."""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """The weights of a recogniser, and its decisions."""

    encoder: Encoder
    narrow: Any
    read: Rows
    """The weights of what the next word says."""
    begun: Rows
    """Those of what a name's first word says, and below them those of the word read last."""
    pad: Rows
    """What these say, with the bias, where there is no name."""
    bias: Rows
    weights: Rows
    offset: Rows
    moves: Moves

    def recognise(self, docs: Sequence[Doc], texts: Written) -> Iterator[list[Among]]:
        """The names of parsed texts, of each those within it."""
        rows = self.narrow.predict(self.encoder.encode(texts))
        said = rows @ self.read
        last, blank = _last_and_blank(docs)
        scores = self._scores(said + self.pad)
        scores[:, self.moves.closed] = _NEVER
        scores[np.ix_(last | blank, self.moves.begins)] = _NEVER
        scores[np.ix_(blank, self.moves.alone)] = _NEVER
        likeliest = scores.argmax(axis=1)
        starts = np.flatnonzero(np.isin(likeliest, [*self.moves.begins, *self.moves.alone]))
        moves = likeliest[starts]
        ends = self._ends(starts, moves, rows, said, last)
        labels = [self.moves.labels[move] for move in moves]
        names = deque(_apart(map(Among, starts.tolist(), ends.tolist(), labels)))
        for first, end in pairwise([0, *texts.ends.tolist()]):
            yield [Among(s - first, e - first, label) for s, e, label in _until(end, names)]

    def _scores(self, summed: Rows) -> Rows:
        """How likely each decision is, by the sum of what the words say."""
        half = summed.shape[1] // _PIECES
        scores: Rows = np.maximum(summed[:, :half], summed[:, half:]) @ self.weights + self.offset
        return scores

    def _ends(
        self, starts: Places, moves: Places, rows: Rows, said: Rows, last: NDArray[np.bool]
    ) -> Places:
        """Where names end that begin at some words; all are followed at once, word by word."""
        ends = starts + 1
        going = np.flatnonzero(np.isin(moves, self.moves.begins))
        while going.size:
            at = ends[going]
            ends[going] += 1
            begun = np.concatenate([rows[starts[going]], rows[at - 1]], axis=1) @ self.begun
            scores = self._scores(said[at] + begun + self.bias)
            on, out = self.moves.inside[moves[going]].T
            each = np.arange(len(going))
            further, ended = scores[each, on], scores[each, out]
            is_end = last[at] | np.where(on > out, ended >= further, ended > further)
            going = going[~is_end]
        return ends


def recogniser_of(component: Any) -> Recogniser | None:
    """The recogniser of a component, None where it is of another make."""
    if len(component.model.layers) != 3 or not component.model.attrs["has_upper"]:
        return None
    words, lower, upper = component.model.layers
    encoder = encoder_of(words.layers[0])
    known = component.cfg["beam_width"] == 1 and not component.model.attrs["unseen_classes"]
    if encoder is None or not known or (lower.get_dim("nF"), lower.get_dim("nP")) != _SHAPE:
        return None
    read, first, before = (
        lower.get_param("W").transpose(0, 3, 2, 1).reshape(3, lower.get_dim("nI"), -1)
    )
    bias = lower.get_param("b").T.reshape(-1)
    pad = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(3, -1)
    return Recogniser(
        encoder,
        words.layers[-1],
        np.ascontiguousarray(read),
        np.concatenate([first, before]),
        pad[1] + pad[2] + bias,
        bias,
        np.ascontiguousarray(upper.get_param("W").T),
        upper.get_param("b"),
        _moves_of(component.moves),
    )


def _moves_of(system: Any) -> Moves:
    """The decisions of a recogniser, by spaCy's names of them: "B-ORG", "O"."""
    named = [system.get_class_name(n) for n in range(system.n_moves)]
    parted = [(name[:1], name[2:]) for name in named]
    begins, alone = _places(parted, "B"), _places(parted, "U")
    inside = np.zeros((len(named), 2), np.intp)
    for n in begins:
        inside[n] = [parted.index((letter, parted[n][1])) for letter in "IL"]
    outside = [*begins, *alone, named.index("O")]
    closed = np.setdiff1d(np.arange(len(named)), outside)
    return Moves([label for _, label in parted], begins, alone, closed, inside)


def _places(parted: Sequence[tuple[str, str]], letter: str) -> Places:
    """The decisions with a letter and a label."""
    return np.array([n for n, move in enumerate(parted) if move[0] == letter and move[1]], np.intp)


def _last_and_blank(docs: Sequence[Doc]) -> tuple[NDArray[np.bool], NDArray[np.bool]]:
    """Which words are the last of their sentence, and which are space: these are in no name."""
    seen = np.concatenate([cast("Any", doc).to_array(["SENT_START", "IS_SPACE"]) for doc in docs])
    last = np.append(seen[1:, 0] == 1, True)
    last[np.cumsum([len(doc) for doc in docs]) - 1] = True
    return last, seen[:, 1] == 1


def _apart(names: Iterable[Among]) -> Iterator[Among]:
    """Names without those that begin within the one before."""
    free = 0
    for name in names:
        if name.start >= free:
            yield name
            free = name.end


def _until(end: int, names: deque[Among]) -> Iterator[Among]:
    """Takes the names that begin before a word."""
    while names and names[0].start < end:
        yield names.popleft()
