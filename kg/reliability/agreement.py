"""How far two independent codings agree: claims found by both, equal claims, α of each variable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from kg.reliability.coding import MATCHED, VARIABLES, Coded
from kg.text import overlaps

Pair = tuple[Coded, Coded]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two codings compared."""

    first: int
    second: int
    paired: int
    equal: int
    alpha: dict[str, float | None]

    @property
    def found(self) -> float:
        """F1 of finding claims: how many of either coder's claims the other has too."""
        return _f1(self.paired, self.first, self.second)

    @property
    def matched(self) -> float:
        """F1 of claims equal in type, place, gainer, loser and standing."""
        return _f1(self.equal, self.first, self.second)


def agreement(first: Sequence[Coded], second: Sequence[Coded]) -> Agreement:
    """The agreement of two codings of the same articles."""
    pairs = pair_claims(first, second)
    equal = sum(_equal(pair) == len(MATCHED) for pair in pairs)
    alphas = {name: _alpha_of(name, pairs) for name in VARIABLES}
    return Agreement(len(first), len(second), len(pairs), equal, alphas)


def pair_claims(first: Sequence[Coded], second: Sequence[Coded]) -> list[Pair]:
    """Which claims of the two are about the same thing.

    Their words overlap; the ones coded most alike go together first, each claim at most once.
    """
    candidates = [
        (_equal((a, b)), a.kind == b.kind, _shared(a, b), i, j)
        for i, a in enumerate(first)
        for j, b in enumerate(second)
        if a.article == b.article and any(overlaps(span, b.spans) for span in a.spans)
    ]
    used: tuple[set[int], set[int]] = (set(), set())
    pairs: list[Pair] = []
    for *_, i, j in sorted(candidates, key=lambda c: (-c[0], -c[1], -c[2], c[3], c[4])):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((first[i], second[j]))
    return pairs


def _equal(pair: Pair) -> int:
    return sum(getattr(pair[0], name) == getattr(pair[1], name) for name in MATCHED)


def _shared(a: Coded, b: Coded) -> int:
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a.spans for y in b.spans)


def _alpha_of(name: str, pairs: Iterable[Pair]) -> float | None:
    units = [(getattr(a, name), getattr(b, name)) for a, b in pairs]
    return nominal_alpha([unit for unit in units if any(unit)])


def nominal_alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Krippendorff's α for nominal data; None where nothing varies, so that nothing can be said.

    Units with fewer than two values are left out. Source: K. Krippendorff, Computing Krippendorff's
    Alpha-Reliability (2011), https://repository.upenn.edu/asc_papers/43
    """
    weights: dict[tuple[str, str], float] = {}
    for unit in units:
        if len(unit) > 1:
            for pair in permutations(unit, 2):
                weights[pair] = weights.get(pair, 0.0) + 1 / (len(unit) - 1)
    totals: dict[str, float] = {}
    for (value, _), weight in weights.items():
        totals[value] = totals.get(value, 0.0) + weight
    n = sum(totals.values())
    expected = n * n - sum(total * total for total in totals.values())
    if n <= 1 or expected == 0:
        return None
    observed = sum(weight for (a, b), weight in weights.items() if a != b)
    return 1 - (n - 1) * observed / expected


def _f1(shared: int, first: int, second: int) -> float:
    return 2 * shared / (first + second) if first + second else 1.0
