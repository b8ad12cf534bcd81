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

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.vocab import Vocab

    Rows = NDArray[np.float32]

_LAYER: Final = frozenset({"expand_window", "maxout", "layernorm"})
_LEAST: Final = 1e-8
"""What thinc adds to a variance."""
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)
"""Mixes the keys of a word's wording and norm into one."""
_AT_ONCE: Final = 1_000
"""Of some so many words the vectors are computed at once: more would not stay in the cache."""
_ROOM: Final = 1 << 13
"""How many words are kept: 3 MB an encoder, and memory stays flat over any number of articles."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer over a word and its neighbours; the weights of each piece stand together."""

    weights: Rows
    bias: Rows
    scale: Rows
    shift: Rows
    pieces: int


@dataclass(frozen=True, slots=True)
class Written:
    """The words of some texts, one below the other: wording, norm, and whether a space follows.

    `keys` has one number for each; `ends` says where each text ends.
    """

    vocab: Vocab
    words: NDArray[np.uint64]
    keys: list[int]
    ends: NDArray[np.int64]


def written(docs: Sequence[Doc]) -> Written:
    """The words of some texts, which all encoders look up."""
    words = np.concatenate([doc.to_array(["ORTH", "NORM", "SPACY"]) for doc in docs])
    keys = words[:, 0] * _ODD + words[:, 1] + words[:, 2]
    return Written(docs[0].vocab, words, keys.tolist(), np.cumsum([len(doc) for doc in docs]))


class Words:
    """The vectors of words by themselves: the same word has the same one."""

    def __init__(self, embed: Any, width: int) -> None:
        self._embed = embed
        self._rows = np.empty((_ROOM, width), np.float32)
        self._at: dict[int, int] = {}

    def vectors(self, texts: Written) -> Rows:
        """The vectors of the words of some texts, one below the other."""
        keys = texts.keys
        new = {key: n for n, key in enumerate(keys) if key not in self._at}
        if len(self._at) + len(new) > _ROOM:
            self._at.clear()
            new = {key: n for n, key in enumerate(keys)}
        if len(new) > _ROOM:
            return self._embedded(texts.vocab, texts.words)
        if new:
            rows = self._embedded(texts.vocab, texts.words[[*new.values()]])
            known = len(self._at)
            self._rows[known : known + len(new)] = rows
            self._at.update(zip(new, range(known, known + len(new)), strict=True))
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
        rows = self.words.vectors(texts)
        some = np.split(texts.ends, np.flatnonzero(np.diff(texts.ends // _AT_ONCE)) + 1)
        starts = [0, *(int(ends[-1]) for ends in some)]
        return np.concatenate(
            [
                self._in_context(rows[start : ends[-1]], ends - start)
                for start, ends in zip(starts, some, strict=False)
            ]
        )

    def _in_context(self, rows: Rows, ends: NDArray[np.int64]) -> Rows:
        """The vectors of words in their context, from those of the words by themselves."""
        text = np.searchsorted(ends, np.arange(len(rows)), side="right")
        within = np.arange(len(rows)) + self.gap * (text + 1)
        spread = np.zeros((len(rows) + self.gap * (len(ends) + 1), rows.shape[1]), np.float32)
        spread[within] = rows
        width, wide = self.layers[0].weights.shape
        beside = np.zeros((len(spread), width), np.float32)
        pieces = np.empty((len(spread), wide), np.float32)
        most = np.empty_like(spread)
        for layer in self.layers:
            spread += _applied(layer, spread, beside, pieces, most)
        return cast("Rows", spread[within])


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
    return Layer(
        np.ascontiguousarray(apart),
        np.ascontiguousarray(parts["maxout"].get_param("b").T.reshape(-1)),
        parts["layernorm"].get_param("G"),
        parts["layernorm"].get_param("b"),
        pieces,
    )


def _applied(layer: Layer, rows: Rows, beside: Rows, pieces: Rows, most: Rows) -> Rows:
    """What a layer makes of each row and its neighbours; three matrices are room to work in."""
    width = rows.shape[1]
    beside[1:, :width] = rows[:-1]
    beside[:, width : 2 * width] = rows
    beside[:-1, 2 * width :] = rows[1:]
    np.matmul(beside, layer.weights, out=pieces)
    pieces += layer.bias
    np.maximum(pieces[:, :width], pieces[:, width : 2 * width], out=most)
    for n in range(2, layer.pieces):
        np.maximum(most, pieces[:, n * width : (n + 1) * width], out=most)
    most -= most.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", most, most) / np.float32(width) + np.float32(_LEAST)
    most *= (1 / np.sqrt(variance))[:, None]
    most *= layer.scale
    most += layer.shift
    return most
