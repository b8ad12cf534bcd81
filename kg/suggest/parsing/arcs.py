"""Heads and labels of words, by the steps of a model's parser and its own weights.

The parser moves word by word, each time by the likeliest decision that is allowed: spaCy says which
words a decision looks at and takes it; here all texts decide together, without the locks that
spaCy's own loop takes at each sum. https://spacy.io/api/architectures#TransitionBasedParser
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from spacy.tokens import Doc

try:
    from spacy.ml.parser_model import ParserStepModel  # type: ignore[import-not-found]
except ImportError:  # spaCy may move what it does not document: then its own loop parses
    ParserStepModel = None

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

_PIECES: Final = 2


@dataclass(frozen=True, slots=True)
class Parser:
    """The weights of a parser; `looked` is how many words a decision looks at."""

    component: Any
    narrow: Any
    lower: Rows
    pad: Rows
    bias: Rows
    weights: Rows
    offset: Rows
    looked: int

    def parse(self, docs: Sequence[Doc]) -> None:
        """Gives texts whose words have vectors their heads, labels and sentences."""
        every = self.component.moves.init_batch(docs)
        features = self._features(docs)
        within = np.arange(self.looked, dtype=np.int32)
        asked = SimpleNamespace(state2vec=SimpleNamespace(nF=self.looked))
        states = [state for state in every if not state.is_final()]
        while states:
            looked_at = ParserStepModel.get_token_ids(asked, states)
            looked_at += 1
            looked_at *= self.looked
            looked_at += within
            summed = features.take(looked_at, axis=0).sum(axis=1)
            summed += self.bias
            half = summed.shape[1] // _PIECES
            scores = np.maximum(summed[:, :half], summed[:, half:]) @ self.weights
            scores += self.offset
            states = self.component.transition_states(states, scores)
        self.component.set_annotations(docs, every)

    def _features(self, docs: Sequence[Doc]) -> Rows:
        """What each word says at each of the places where it is looked at; no word comes first."""
        rows = self.narrow.predict(np.concatenate([doc.tensor for doc in docs]))
        found = np.empty((len(rows) + 1, self.lower.shape[1]), np.float32)
        found[0] = self.pad
        np.matmul(rows, self.lower, out=found[1:])
        return found.reshape(len(found) * self.looked, -1)


def parser_of(component: Any) -> Parser | None:
    """The parser of a component, None where it is of another make."""
    model = component.model
    if ParserStepModel is None or len(model.layers) != 3:
        return None
    if not model.attrs["has_upper"] or model.attrs["unseen_classes"]:
        return None
    words, lower, upper = model.layers
    if component.cfg["beam_width"] != 1 or lower.get_dim("nP") != _PIECES:
        return None
    looked, wide = lower.get_dim("nF"), lower.get_dim("nF") * lower.get_dim("nO") * _PIECES
    apart = lower.get_param("W").transpose(3, 0, 2, 1).reshape(-1, wide)
    return Parser(
        component,
        words.layers[-1],
        np.ascontiguousarray(apart),
        np.ascontiguousarray(lower.get_param("pad")[0].transpose(0, 2, 1).reshape(-1)),
        np.ascontiguousarray(lower.get_param("b").T.reshape(-1)),
        np.ascontiguousarray(upper.get_param("W").T),
        upper.get_param("b"),
        looked,
    )
