"""What an expression without variables is, as the engine has it."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import Literal, QuerySolutions, Store


@lru_cache(maxsize=4096)
def value_of(expression: str) -> Literal | None:
    """The literal that it is; None for an error.

    >>> value_of("1 + 1").value, value_of("1 / 0")
    ('2', None)
    """
    found = Store().query(f"SELECT ({expression} AS ?value) {{}}")
    assert isinstance(found, QuerySolutions)  # noqa: S101 of a SELECT
    value = next(found)["value"]
    return value if isinstance(value, Literal) else None
