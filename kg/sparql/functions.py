"""Functions that the engine does not have: ours, and those that SPARQL 1.1 does not have either.

Ours are written into queries by kg.sparql.standard, where what they are to say is computed; casts
of ours take the place of the engine's.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.errors import QueryRefused
from kg.names import VOCABULARIES
from kg.sparql.standard.casts import CASTS
from kg.sparql.standard.regex import NoRegex, Regex, Unsaid, refusal, replacement, translated

OURS: Final = "urn:whoholds:function:"
BEFORE: Final = f"{OURS}before"
UP_TO: Final = f"{OURS}up-to"
TRUTH: Final = f"{OURS}truth"
MATCHED: Final = f"{OURS}matched"
REPLACED: Final = f"{OURS}replaced"
REPLACEMENT: Final = f"{OURS}replacement"
_REGEX: Final = (MATCHED, REPLACED, REPLACEMENT)
_XSD: Final = VOCABULARIES["xsd"]
_STRING: Final = NamedNode(f"{_XSD}string")
_BOOLEAN: Final = NamedNode(f"{_XSD}boolean")
_SIGNS: Final = ("nonNegative", "nonPositive", "positive", "negative")
_SIZES: Final = ("byte", "short", "int", "long")
_KINDS: Final = (
    *("boolean", "integer", "decimal", "double", "float", *_SIZES),
    *(f"{sign}Integer" for sign in _SIGNS),
    *(f"unsigned{size.capitalize()}" for size in _SIZES),
)
_NUMBERS: Final = frozenset(NamedNode(f"{_XSD}{kind}") for kind in _KINDS[1:])
_VALUED: Final = frozenset(NamedNode(f"{_XSD}{kind}") for kind in _KINDS)
"""Datatypes whose literals are true or false."""
_TRUTHS: Final = {"true": True, "1": True, "false": False, "0": False}
_NO_FLAGS: Final = Literal("")
Found = QuerySolutions | QueryBoolean | QueryTriples


class Functions:
    """Ours, as the engine calls them with terms: each says a literal, or None for an error.

    An exception would be an error to the engine, too, and a row would be missing: so it is kept,
    and `check` raises it behind the query.
    """

    def __init__(self) -> None:
        self._failed: Exception | None = None
        self.given: Final[dict[NamedNode, Callable[..., Any]]] = {
            **CASTS,
            NamedNode(BEFORE): partial(_ordered, operator.lt),
            NamedNode(UP_TO): partial(_ordered, operator.le),
            NamedNode(TRUTH): _truth,
            NamedNode(MATCHED): self._matched,
            NamedNode(REPLACED): self._replaced,
            NamedNode(REPLACEMENT): self._replacement,
        }

    def check(self) -> None:
        """Raises QueryRefused for a regular expression that could not be said."""
        if self._failed:
            raise self._failed

    def _matched(self, pattern: object, flags: object = _NO_FLAGS) -> Literal | None:
        """A pattern of REGEX."""
        found = self._regex(pattern, flags)
        return Literal(found.whole) if found else None

    def _replaced(self, pattern: object, flags: object = _NO_FLAGS) -> Literal | None:
        """A pattern of REPLACE, which matches something at least."""
        found = self._regex(pattern, flags)
        return Literal(found.whole) if found and not found.empty else None

    def _replacement(
        self, new: object, pattern: object, flags: object = _NO_FLAGS
    ) -> Literal | None:
        """What takes the place of a match of a pattern."""
        text, found = _string(new), self._regex(pattern, flags)
        if text is None or found is None:
            return None
        try:
            return Literal(replacement(text, found.groups))
        except NoRegex:
            return None

    def _regex(self, pattern: object, flags: object) -> Regex | None:
        text, said = _string(pattern), _string(flags)
        if text is None or said is None:
            return None
        try:
            return translated(text, said)
        except NoRegex:
            return None
        except Unsaid as error:
            self._failed = refusal(text, error)
        except Exception as error:  # noqa: BLE001 whatever it is, the engine would not tell it
            self._failed = error
        return None


def _string(term: object) -> str | None:
    """The text of a string; None for any other term."""
    return term.value if isinstance(term, Literal) and term.datatype == _STRING else None


def _ordered(compare: Callable[[float, float], bool], one: object, other: object) -> Literal | None:
    """How booleans are ordered, false before true; and NaN, before nothing and behind nothing."""
    truths = _boolean(one), _boolean(other)
    if None not in truths:
        return Literal(compare(*truths))  # type: ignore[arg-type]
    numbers = _number(one), _number(other)
    odd = None not in numbers and any(map(math.isnan, numbers))  # type: ignore[arg-type]
    return Literal(value=False) if odd else None


def _number(term: object) -> float | None:
    """A number that may be none, or any other; None for no number."""
    if not isinstance(term, Literal) or term.datatype not in _NUMBERS:
        return None
    try:
        return float(term.value)
    except ValueError:
        return None


def _boolean(term: object) -> bool | None:
    """What a boolean says; None for any other term."""
    if isinstance(term, Literal) and term.datatype == _BOOLEAN:
        return _TRUTHS.get(term.value)
    return None


def _truth(term: object) -> Literal | None:
    """The truth of a literal of which the engine finds none: with a language, or ill-typed."""
    if not isinstance(term, Literal):
        return None
    if term.language:
        return Literal(bool(term.value))
    return Literal(value=False) if term.datatype in _VALUED else None


def ask_engine(store: Store, query: str, **about: Any) -> Found:
    """The engine's result of a query, which may call functions of ours. Raises SyntaxError.

    Raises QueryRefused for what regular expressions it computes could not be said: it is run to its
    end for that, before it is run for its result.
    """
    if OURS not in query and _XSD not in query:
        return store.query(query, **about)
    ours = Functions()
    about["custom_functions"] = ours.given
    if any(name in query for name in _REGEX):
        found = store.query(query, **about)
        for _ in () if isinstance(found, QueryBoolean) else found:
            pass
        ours.check()
    return store.query(query, **about)


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
