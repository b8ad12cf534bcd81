"""The engine, with functions of ours beside its own and in their place."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.errors import QueryRefused
from kg.names import VOCABULARIES
from kg.sparql.ours.casts import CASTS, trimmed
from kg.sparql.ours.extremes import Extreme
from kg.sparql.ours.names import (
    BEFORE,
    LARGEST,
    LEAST,
    MATCHED,
    OURS,
    PATTERNS,
    REPLACED,
    REPLACEMENT,
    TRIMMED,
    TRUTH,
    UP_TO,
)
from kg.sparql.ours.patterns import Patterns
from kg.sparql.ours.truths import ordered, truth

_XSD: Final = VOCABULARIES["xsd"]
_FUNCTIONS: Final[dict[NamedNode, Callable[..., Any]]] = {
    **CASTS,
    NamedNode(BEFORE): partial(ordered, operator.lt),
    NamedNode(UP_TO): partial(ordered, operator.le),
    NamedNode(TRUTH): truth,
    NamedNode(TRIMMED): trimmed,
}
_AGGREGATES: Final = {
    NamedNode(LEAST): partial(Extreme, last=False),
    NamedNode(LARGEST): partial(Extreme, last=True),
}
Found = QuerySolutions | QueryBoolean | QueryTriples


def ask_engine(store: Store, query: str, **about: Any) -> Found:
    """The engine's result of a query, which may call functions of ours. Raises SyntaxError.

    Raises QueryRefused for what regular expressions it computes could not be said: it is run to its
    end for that, before it is run for its result.
    """
    if OURS not in query and _XSD not in query:
        return store.query(query, **about)
    patterns = Patterns()
    about |= {"custom_functions": _functions(patterns), "custom_aggregate_functions": _AGGREGATES}
    if any(name in query for name in PATTERNS):
        found = store.query(query, **about)
        for _ in () if isinstance(found, QueryBoolean) else found:
            pass
        patterns.check()
    return store.query(query, **about)


def _functions(patterns: Patterns) -> dict[NamedNode, Callable[..., Any]]:
    return {
        **_FUNCTIONS,
        NamedNode(MATCHED): patterns.matched,
        NamedNode(REPLACED): patterns.replaced,
        NamedNode(REPLACEMENT): patterns.replacement,
    }


def check_syntax(query: str, **about: Any) -> None:
    """Has the engine say whether it is SPARQL. Raises SyntaxError for what is none."""
    ask_engine(Store(), query, **about)


def refuse_ours(query: str) -> None:
    """Raises QueryRefused for a query that names one of ours itself, its names spelt out."""
    if OURS in query:
        raise QueryRefused(f"<{OURS}…> names no function of SPARQL 1.1: only these are known here.")


@contextmanager
def only_known() -> Iterator[None]:
    """Within it the engine's stop at a function of somebody's own is a QueryRefused."""
    try:
        yield
    except RuntimeError as error:
        if "custom function" not in str(error):
            raise
        raise QueryRefused(f"{error} here: only the functions of SPARQL 1.1 are.") from None
