"""The vectors of words in their context, as a model's encoder (thinc's tok2vec) has them.

Each distinct word of an article is embedded once, and the layers over them are computed on matrices
whose pieces lie apart, not one beside the other, so that the largest of three is quickly found.
https://spacy.io/api/architectures#MaxoutWindowEncoder
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from spacy.tokens import Doc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

_LAYER: Final = frozenset({"expand_window", "maxout", "layernorm"})
_LEAST: Final = 1e-8
"""What thinc adds to a variance."""
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)
"""Mixes the keys of a word's wording and norm into one."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer over a word and its neighbours; the weights of each piece stand together."""

    weights: Rows
    bias: Rows
    scale: Rows
    shift: Rows
    pieces: int


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder of words: what embeds them, the layers over them, and rows between texts."""

    embed: Any
    layers: tuple[Layer, ...]
    gap: int

    def encode(self, docs: Sequence[Doc]) -> list[Rows]:
        """The vectors of the words of some texts, a matrix each."""
        rows = self._embedded(docs)
        ends = np.cumsum([len(doc) for doc in docs])
        starts = ends - [len(doc) for doc in docs]
        within = np.concatenate(
            [np.arange(low, high) + self.gap * (n + 1)
             for n, (low, high) in enumerate(zip(starts, ends, strict=True))]
        )  # fmt: skip
        spread = np.zeros((len(rows) + self.gap * (len(docs) + 1), rows.shape[1]), np.float32)
        spread[within] = rows
        width, wide = self.layers[0].weights.shape
        beside = np.zeros((len(spread), width), np.float32)
        pieces = np.empty((len(spread), wide), np.float32)
        for layer in self.layers:
            spread += _applied(layer, spread, beside, pieces)
        return np.split(spread[within], ends[:-1])

    def _embedded(self, docs: Sequence[Doc]) -> Rows:
        """The vectors of the words by themselves: the same word has the same one."""
        written = np.concatenate([doc.to_array(["ORTH", "NORM", "SPACY"]) for doc in docs])
        hashed = written[:, 0] * _ODD + written[:, 1] + written[:, 2]
        _, first, which = np.unique(hashed, return_index=True, return_inverse=True)
        distinct = written[first].tolist()
        words = [docs[0].vocab.strings[orth] for orth, _, _ in distinct]
        once = Doc(docs[0].vocab, words=words, spaces=[bool(space) for _, _, space in distinct])
        for token, (_, norm, _) in zip(once, distinct, strict=True):
            if token.norm != norm:
                token.norm_ = docs[0].vocab.strings[norm]
        (rows,) = self.embed.predict([once])
        embedded: Rows = rows[which]
        return embedded


def encoder_of(model: Any) -> Encoder | None:
    """The encoder of a tok2vec, None where it is of another make."""
    if len(model.layers) != 2:
        return None
    embed, over = model.layers
    blocks = [layer for layer in over.walk() if layer.name.startswith("residual(expand_window")]
    layers = [_layer(block) for block in blocks if ">>residual" not in block.name]
    made = [layer for layer in layers if layer is not None]
    whole = made and len(made) == len(layers) == over.layers[0].name.count("residual(")
    return Encoder(embed, tuple(made), int(over.attrs["pad"])) if whole else None


def _layer(block: Any) -> Layer | None:
    """A layer of a model, None where it is not one over a word and its two neighbours."""
    parts = {part.name: part for part in block.walk() if part.name in _LAYER}
    if parts.keys() != _LAYER or parts["expand_window"].attrs["window_size"] != 1:
        return None
    width, pieces, wide = parts["maxout"].get_param("W").shape
    apart = parts["maxout"].get_param("W").transpose(2, 1, 0).reshape(wide, pieces * width)
    return Layer(
        np.ascontiguousarray(apart),
        np.ascontiguousarray(parts["maxout"].get_param("b").T.reshape(-1)),
        parts["layernorm"].get_param("G"),
        parts["layernorm"].get_param("b"),
        pieces,
    )


def _applied(layer: Layer, rows: Rows, beside: Rows, pieces: Rows) -> Rows:
    """What a layer makes of each row and its neighbours; two matrices are room to work in."""
    width = rows.shape[1]
    beside[1:, :width] = rows[:-1]
    beside[:, width : 2 * width] = rows
    beside[:-1, 2 * width :] = rows[1:]
    np.matmul(beside, layer.weights, out=pieces)
    pieces += layer.bias
    most = pieces[:, :width]
    for n in range(1, layer.pieces):
        np.maximum(most, pieces[:, n * width : (n + 1) * width], out=most)
    most -= most.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", most, most) / np.float32(width) + np.float32(_LEAST)
    most *= (1 / np.sqrt(variance))[:, None]
    most *= layer.scale
    most += layer.shift
    return most
