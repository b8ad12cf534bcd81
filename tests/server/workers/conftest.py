"""A pool with small limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from kg.limits import MEBIBYTE, Limits
from server.workers.pool import Pool

SMALL = {
    "seconds": 20,
    "cpu_seconds": 20,
    "memory_bytes": 128 * MEBIBYTE,
    "result_bytes": 4 * MEBIBYTE,
    "workers": 4,
    "queue": 8,
    "budget_seconds": 1000,
}


@pytest.fixture
def pool_of() -> Iterator[Callable[..., Pool]]:
    """Makes pools of small limits, or others, and closes them."""
    made = list[Pool]()

    def make(**limits: float) -> Pool:
        made.append(Pool(Limits(**SMALL | limits)))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


@pytest.fixture
def pool(pool_of) -> Pool:
    return pool_of()
