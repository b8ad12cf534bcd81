"""One number for what is seen of a word, by which it is known again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ODD: Final = np.uint64(0x9E3779B97F4A7C15)


def keys(seen: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A number for each row, mixed from its columns: rows that are alike have the same."""
    mixed = seen[:, 0]
    for column in seen[:, 1:].T:
        mixed = mixed * _ODD + column
    return mixed
