"""Functions that the engine does not have, and neither has SPARQL 1.1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import QueryRefused


@contextmanager
def only_known() -> Iterator[None]:
    """Within it the engine's stop at a function of somebody's own is a QueryRefused."""
    try:
        yield
    except RuntimeError as error:
        if "custom function" not in str(error):
            raise
        raise QueryRefused(f"{error} here: only the functions of SPARQL 1.1 are.") from None
