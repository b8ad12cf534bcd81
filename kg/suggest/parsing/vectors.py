"""The vectors of words in their context, as a model's encoder (thinc's tok2vec) has them.

Each distinct word is embedded once and kept, as far as there is room, and the layers over them are
computed on matrices whose pieces lie apart, not one beside the other, so that the largest of three
is quickly found.
https://spacy.io/api/architectures#MaxoutWindowEncoder
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
from spacy.tokens import Doc

from kg.suggest.parsing.keys import keys

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.vocab import Vocab

    Rows = NDArray[np.float32]

_LAYER: Final = frozenset({"expand_window", "maxout", "layernorm"})
_LEAST: Final = 1e-8
"""What thinc adds to a variance."""
_AT_ONCE: Final = 1_000
"""Of some so many words the vectors are computed at once: more would not stay in the cache."""
_ROOM: Final = 1 << 13
"""How many words are kept: 3 MB an encoder, and memory stays flat over any number of articles."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer over a word and its neighbours.

    The weights of each piece stand together; their last row is the bias, of a column of ones.
    """

    weights: Rows
    scale: Rows
    shift: Rows
    pieces: int


@dataclass(frozen=True, slots=True)
class Written:
    """The distinct words of some texts: wording, norm, and whether a space follows.

    `keys` has a number for each, `at` says for all words, one text below the other, which of these
    each is, `ends` where each text ends.
    """

    vocab: Vocab
    words: NDArray[np.uint64]
    keys: list[int]
    at: NDArray[np.intp]
    ends: NDArray[np.int64]


def written(docs: Sequence[Doc]) -> Written:
    """The words of some texts, which all encoders look up."""
    words = np.concatenate([doc.to_array(["ORTH", "NORM", "SPACY"]) for doc in docs])
    distinct, first, at = np.unique(keys(words), return_index=True, return_inverse=True)
    ends = np.cumsum([len(doc) for doc in docs])
    return Written(docs[0].vocab, words[first], distinct.tolist(), at, ends)


class Words:
    """The vectors of words by themselves: the same word has the same one."""

    def __init__(self, embed: Any, width: int) -> None:
        self._embed = embed
        self._rows = np.empty((_ROOM, width), np.float32)
        self._at: dict[int, int] = {}

    def vectors(self, texts: Written) -> Rows:
        """The vectors of the distinct words of some texts."""
        keys = texts.keys
        if len(keys) > _ROOM:
            return self._embedded(texts.vocab, texts.words)
        new = [n for n, key in enumerate(keys) if key not in self._at]
        if len(self._at) + len(new) > _ROOM:
            self._at.clear()
            new = [*range(len(keys))]
        for at, n in enumerate(new, len(self._at)):
            self._at[keys[n]] = at
        if new:
            known = len(self._at) - len(new)
            self._rows[known : len(self._at)] = self._embedded(texts.vocab, texts.words[new])
        return self._rows[[self._at[key] for key in keys]]

    def _embedded(self, vocab: Vocab, written: NDArray[np.uint64]) -> Rows:
        """The vectors of some words, each given by its wording, its norm and what follows it."""
        listed = written.tolist()
        words = [vocab.strings[orth] for orth, _, _ in listed]
        doc = Doc(vocab, words=words, spaces=[bool(space) for _, _, space in listed])
        for token, (_, norm, _) in zip(doc, listed, strict=True):
            if token.norm != norm:
                token.norm_ = vocab.strings[norm]
        rows: Rows = self._embed.predict([doc])[0]
        return rows


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder of words: their vectors, the layers over them, and rows between texts."""

    words: Words
    layers: tuple[Layer, ...]
    gap: int

    def encode(self, texts: Written) -> Rows:
        """The vectors of the words of some texts in their context, one below the other."""
        alone = self._alone(self.words.vectors(texts))
        some = np.split(texts.ends, np.flatnonzero(np.diff(texts.ends // _AT_ONCE)) + 1)
        starts = [0, *(int(ends[-1]) for ends in some)]
        return np.concatenate(
            [
                self._in_context(alone, texts.at[start : ends[-1]], ends - start)
                for start, ends in zip(starts, some, strict=False)
            ]
        )

    def _alone(self, rows: Rows) -> Alone:
        """The vectors of distinct words, with what the first layer makes of each; no word first."""
        width, weights = rows.shape[1], self.layers[0].weights
        rows = np.concatenate([np.zeros((1, width), np.float32), rows])
        before, itself, after = (rows @ weights[n * width : (n + 1) * width] for n in range(3))
        return Alone(rows, before, itself + weights[-1], after)

    def _in_context(self, alone: Alone, at: NDArray[np.intp], ends: NDArray[np.int64]) -> Rows:
        """The vectors of words in their context, from those of the words by themselves."""
        text = np.searchsorted(ends, np.arange(len(at)), side="right")
        within = np.arange(len(at)) + self.gap * (text + 1)
        spread = np.zeros(len(at) + self.gap * (len(ends) + 1), np.intp)
        spread[within] = at + 1
        first, *others = self.layers
        rows, pieces = alone.rows[spread], alone.summed(spread)
        rows += _largest(first, pieces)
        beside = np.zeros((len(rows), len(first.weights)), np.float32)
        beside[:, -1] = 1
        for layer in others:
            _put_beside(rows, beside)
            rows += _largest(layer, np.matmul(beside, layer.weights, out=pieces))
        return cast("Rows", rows[within])


@dataclass(frozen=True, slots=True)
class Alone:
    """Distinct words, and what the first layer makes of each before, as, and after a word.

    Most words come several times: what is a product for each of them is then but a sum of three.
    """

    rows: Rows
    before: Rows
    itself: Rows
    after: Rows

    def summed(self, words: NDArray[np.intp]) -> Rows:
        """What the first layer makes of each of some words and its neighbours."""
        pieces = self.itself[words]
        pieces[1:] += self.before[words[:-1]]
        pieces[:-1] += self.after[words[1:]]
        return pieces


def encoder_of(model: Any) -> Encoder | None:
    """The encoder of a tok2vec, None where it is of another make."""
    if len(model.layers) != 2:
        return None
    embed, over = model.layers
    blocks = [layer for layer in over.walk() if layer.name.startswith("residual(expand_window")]
    layers = [_layer(block) for block in blocks if ">>residual" not in block.name]
    made = [layer for layer in layers if layer is not None]
    whole = made and len(made) == len(layers) == over.layers[0].name.count("residual(")
    if not whole:
        return None
    width = len(made[0].scale)
    return Encoder(Words(embed, width), tuple(made), int(over.attrs["pad"]))


def _layer(block: Any) -> Layer | None:
    """A layer of a model, None where it is not one of maxima over a word and its two neighbours."""
    parts = {part.name: part for part in block.walk() if part.name in _LAYER}
    if parts.keys() != _LAYER or parts["expand_window"].attrs["window_size"] != 1:
        return None
    width, pieces, wide = parts["maxout"].get_param("W").shape
    if pieces < 2:
        return None
    apart = parts["maxout"].get_param("W").transpose(2, 1, 0).reshape(wide, pieces * width)
    bias = parts["maxout"].get_param("b").T.reshape(1, -1)
    return Layer(
        np.concatenate([apart, bias]),
        parts["layernorm"].get_param("G"),
        parts["layernorm"].get_param("b"),
        pieces,
    )


def _put_beside(rows: Rows, beside: Rows) -> None:
    """Puts each row between its neighbours."""
    width = rows.shape[1]
    beside[1:, :width] = rows[:-1]
    beside[:, width : 2 * width] = rows
    beside[:-1, 2 * width : 3 * width] = rows[1:]


def _largest(layer: Layer, pieces: Rows) -> Rows:
    """The largest piece of each row, normed as the layer has it."""
    parts = np.split(pieces, layer.pieces, axis=1)
    most = np.maximum(parts[0], parts[1])
    for part in parts[2:]:
        np.maximum(most, part, out=most)
    width = most.shape[1]
    most -= (most @ np.full(width, 1 / width, np.float32))[:, None]
    variance = np.einsum("ij,ij->i", most, most) / np.float32(width) + np.float32(_LEAST)
    most *= (1 / np.sqrt(variance))[:, None]
    most *= layer.scale
    most += layer.shift
    return most
