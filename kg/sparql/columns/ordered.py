"""Solutions in the order that a query asks for, where all terms of a variable are alike.

What is unbound comes first; IRIs and words of one language are ordered by their signs, days as
they follow one another. All else the engine sorts.
https://www.w3.org/TR/sparql11-query/#modOrderBy
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np

from kg.sparql.columns.days import day_of, is_day
from kg.sparql.columns.file import Numbers
from kg.sparql.columns.relation import UNBOUND, Relation
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import After

Ranked: TypeAlias = Sequence[str] | Sequence[int]


def ordered(found: Relation, after: After, session: Session) -> Relation | None:
    """The solutions that ORDER BY, OFFSET and LIMIT leave; None where the engine is to sort."""
    ranks = list[Any]()
    for key in after.keys or ():
        if key.name in found.columns:
            ranked = _ranks(found.columns[key.name], session)
            if ranked is None:
                return None
            ranks.append(-ranked if key.descending else ranked)
    order = np.lexsort(ranks[::-1]) if ranks else np.arange(found.rows)
    end = None if after.limit is None else after.offset + after.limit
    return found.take(order[after.offset : end])


def _ranks(column: Numbers, session: Session) -> Any:
    """The place of each row's term among the terms, from 1 on; 0 for none."""
    numbers, places = np.unique(column, return_inverse=True)
    lacking = int(len(numbers) > 0 and numbers[0] == UNBOUND)
    signs = comparable([f"{term}" for term in session.terms(numbers[lacking:])])
    if signs is None:
        return None
    ranks = np.zeros(len(numbers), np.int64)
    ranks[lacking:][sorted(range(len(signs)), key=signs.__getitem__)] = np.arange(len(signs)) + 1
    return ranks[places]


def comparable(terms: Sequence[str]) -> Ranked | None:
    """What is in the order that terms have, where all are alike; else None.

    >>> comparable(["<http://x/b>", "<http://x/a>"]), comparable(['"b"@en', '"a"'])
    (['http://x/b', 'http://x/a'], None)
    """
    if any("\\" in term for term in terms):
        return None
    return next((found for kind in _KINDS if (found := kind(terms)) is not None), None)


def _iris(terms: Sequence[str]) -> Ranked | None:
    return [term[1:-1] for term in terms] if all(map(_is_iri, terms)) else None


def _is_iri(term: str) -> bool:
    return term.startswith("<") and not term.startswith("<<")


def _words(terms: Sequence[str]) -> Ranked | None:
    """Words without a datatype, of one language or none."""
    parts = [term.rpartition('"') for term in terms]
    behind = {language for _, _, language in parts}
    same = len(behind) == 1 and all(not one or _is_language(one) for one in behind)
    return [words[1:] for words, _, _ in parts] if same else None


def _is_language(behind: str) -> bool:
    return behind.startswith("@") and "--" not in behind


def _days(terms: Sequence[str]) -> Ranked | None:
    days = list(map(day_of, terms))
    return days if all(map(is_day, days)) else None


_KINDS: Final[tuple[Callable[[Sequence[str]], Ranked | None], ...]] = (_iris, _words, _days)
