"""Precision, recall and F with their intervals, over everything and by rule."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

_Z: Final = 1.96
"""The normal quantile of a two-sided 95 % interval."""
_RESAMPLED: Final = 1000


@dataclass(frozen=True, slots=True)
class Counts:
    """Of what was proposed how much is right, and of what there is how much was found.

    `proposed` and `wanted` are counted apart, so that two proposals may match one thing wanted.
    """

    right: int = 0
    proposed: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right,
            self.proposed + other.proposed,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """The share of proposals that are right; 1 where nothing was proposed."""
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """The share of what is wanted that was found; 1 where nothing was wanted."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share.

    https://www.itl.nist.gov/div898/handbook/prc/section2/prc241.htm

    >>> tuple(round(end, 2) for end in interval(9, 10))
    (0.6, 0.98)
    """
    if not of:
        return 0.0, 1.0
    share, square = right / of, _Z * _Z
    middle = share + square / (2 * of)
    spread = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    whole = 1 + square / of
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def f_interval(texts: Sequence[Counts], seed: int = 1) -> tuple[float, float]:
    """The 95 % interval of F when whole texts are drawn again, as they depend on each other."""
    if not texts:
        return 0.0, 1.0
    draw = random.Random(seed)  # noqa: S311 - resampling, not secrecy
    scores = sorted(sum((draw.choice(texts) for _ in texts), Counts()).f for _ in range(_RESAMPLED))
    return scores[int(0.025 * _RESAMPLED)], scores[int(0.975 * _RESAMPLED) - 1]


@dataclass(slots=True)
class Measured:
    """One measure of a task: a count per text, and of each rule how many proposals are right."""

    name: str
    texts: list[Counts] = field(default_factory=list)
    rules: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))

    @property
    def total(self) -> Counts:
        """The counts of all texts."""
        return sum(self.texts, Counts())

    def add(self, judged: Iterable[tuple[str, bool]], found: int, wanted: int) -> None:
        """Counts one text: the rule of each proposal and whether it is right."""
        verdicts = list(judged)
        right = sum(verdict for _, verdict in verdicts)
        self.texts.append(Counts(right, len(verdicts), found, wanted))
        for rule, verdict in verdicts:
            self.rules[rule] += Counts(right=int(verdict), proposed=1)
