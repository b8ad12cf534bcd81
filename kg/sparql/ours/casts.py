"""Casts as XPath has them, where the engine makes other values of what it is given.

To it `xsd:integer(21000000e0)` is 20999999, `xsd:decimal(1e6)` less than a million, and
`xsd:double("inf")` a number; `xsd:integer(" 12 ")` is none, and `xsd:string(1e6)` has no exponent.
https://www.w3.org/TR/sparql11-query/#FunctionMapping, https://www.w3.org/TR/xpath-functions/#casting
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_DOWN, Decimal, localcontext
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.names import VOCABULARIES
from kg.sparql.datatypes import DECIMAL, INEXACT
from kg.sparql.order import of_32_bits

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
_XSD: Final = VOCABULARIES["xsd"]
_BLANKS: Final = " \t\r\n"
_FORMS: Final = {
    "integer": re.compile(r"[+-]?[0-9]+"),
    "decimal": DECIMAL,
    "double": re.compile(rf"{DECIMAL.pattern}(?:[Ee][+-]?[0-9]+)?|[+-]?INF|NaN"),
    "boolean": re.compile("true|false|0|1"),
}
_FORMS["float"] = _FORMS["double"]
"""What the literals of a datatype look like."""
_KINDS: Final = {kind: NamedNode(_XSD + kind) for kind in (*_FORMS, "string")}
_INTEGERS: Final = 2**63
_PLACES: Final = Decimal("1e-18")
_DECIMALS: Final = Decimal(2**127) * _PLACES
"""What the engine computes with: integers of 64 bits, decimals with 18 digits behind the point."""
_PLAIN: Final = range(-6, 6)
"""Powers of ten of the numbers that are written without an exponent."""


def cast(term: Term, kind: str) -> Literal | None:
    """What a cast to a datatype makes of a term; None for an error.

    >>> cast(Literal(21000000.0), "integer").value, cast(Literal(" 1.5 "), "integer")
    ('21000000', None)
    """
    if kind == "string":
        text = _string(term)
    else:
        found = _read(term, kind)
        text = None if found is None else _CASTS[kind](*found)
    return None if text is None else Literal(text, datatype=_KINDS[kind])


def trimmed(term: Term) -> Term:
    """A string without blanks around it, as each cast reads it; any other term as it is."""
    if isinstance(term, Literal) and term.datatype == _KINDS["string"]:
        return Literal(term.value.strip(_BLANKS))
    return term


def _read(term: Term, kind: str) -> tuple[str, str] | None:
    """The words of a literal, and of which datatype they are: of a string that which is sought."""
    if not isinstance(term, Literal) or term.language:
        return None
    words, given = term.value, term.datatype.value.removeprefix(_XSD)
    if given == "string":
        words, given = words.strip(_BLANKS), kind
    form = _FORMS.get(given)
    return (words, given) if form and form.fullmatch(words) else None


def _integer(words: str, given: str) -> str | None:
    number = _exact(words, given)
    return f"{int(number)}" if number is not None and _is_integer(number) else None


def _is_integer(number: Decimal) -> bool:
    return abs(number) <= 2 * _INTEGERS and -_INTEGERS <= int(number) < _INTEGERS


def _decimal(words: str, given: str) -> str | None:
    number = _exact(words, given)
    if number is None or abs(number) >= _DECIMALS:
        return None
    with localcontext(prec=60, rounding=ROUND_HALF_DOWN):
        near = number.quantize(_PLACES)
        return f"{near:f}" if near == number or given in INEXACT else None


def _exact(words: str, given: str) -> Decimal | None:
    """The number that a literal is, to the last digit; None for one that is not finite."""
    if given not in INEXACT:
        return Decimal(_number(words))
    number = _double(words, given)
    return Decimal(number) if math.isfinite(number) else None


def _double(words: str, given: str) -> float:
    number = float(_number(words))
    return of_32_bits(number) if given == "float" else number


def _number(words: str) -> str:
    return {"true": "1", "false": "0"}.get(words, words)


def _boolean(words: str, given: str) -> str:
    number = _double(words, given)
    return "false" if math.isnan(number) or not number else "true"


def _shown(number: float) -> str:
    return repr(number) if math.isfinite(number) else f"{number}".upper().replace("NAN", "NaN")


_CASTS: Final[Mapping[str, Callable[[str, str], str | None]]] = {
    "integer": _integer,
    "decimal": _decimal,
    "double": lambda words, given: _shown(_double(words, given)),
    "float": lambda words, given: _shown(of_32_bits(_double(words, given))),
    "boolean": _boolean,
}


def _string(term: Term) -> str | None:
    """A number far from one has an exponent, others are said as they are."""
    if not isinstance(term, Literal):
        return term.value if isinstance(term, NamedNode) else None
    given = term.datatype.value.removeprefix(_XSD)
    if given not in INEXACT or not DECIMAL.fullmatch(term.value):
        return term.value
    number = Decimal(term.value)
    power = number.adjusted()
    if not number or power in _PLAIN:
        return term.value
    sign, digits, _ = number.normalize().as_tuple()
    behind = "".join(map(str, digits[1:])) or "0"
    return f"{'-' * sign}{digits[0]}.{behind}E{power}"


def _casting(kind: str) -> Callable[..., Literal | None]:
    return lambda *given: cast(given[0], kind) if len(given) == 1 else None


CASTS: Final[dict[NamedNode, Callable[..., Term | None]]] = {
    name: _casting(kind) for kind, name in _KINDS.items()
}
"""The casts as the engine takes functions, which it asks before its own."""
