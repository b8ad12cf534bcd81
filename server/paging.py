"""Long lists in pages: which stretch an address asks for, and the addresses around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from flask import request
from werkzeug.exceptions import NotFound

PAGE: Final = 50
"""Claims, or articles, on a page."""
ALL: Final = 1_000
"""Rows of a page of data."""
T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of a list: `number` of `pages`, counted from 1, with how many there are in all."""

    found: Sequence[T]
    number: int
    pages: int
    total: int
    first: int

    @property
    def last(self) -> int:
        """The place of the last one shown."""
        return self.first + len(self.found) - 1

    @property
    def counted(self) -> dict[str, int]:
        """Which page it is, for programs."""
        return {"page": self.number, "pages": self.pages, "total": self.total}


def shown_as(page: Paged[T], found: Sequence[S]) -> Paged[S]:
    """The same page, of what is shown of its things."""
    return Paged(found, page.number, page.pages, page.total, page.first)


def paged(everything: Sequence[T], size: int = PAGE) -> Paged[T]:
    """The page that the address asks for (?page=2). Raises NotFound where there is none."""
    pages = max(1, -(-len(everything) // size))
    number = asked()
    if not 1 <= number <= pages:
        raise NotFound(f"There is no page {number}: this list has pages 1 to {pages}.")
    start = (number - 1) * size
    return Paged(everything[start : start + size], number, pages, len(everything), start + 1)


def asked() -> int:
    """The page of the address; the first if it names none. Raises NotFound if it is no number."""
    given = request.args.get("page", "1")
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise NotFound("page is no number. Leave it out, or give a number from 1.")
    return int(given)
