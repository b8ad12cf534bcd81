"""How each value of a mapping is read from TOML and written back: one codec a kind of value.

A codec's `parse` takes what tomllib gives and raises ValueError with what was expected; its
`format` gives TOML. For every value v that parse can return, parse(tomllib(format(v))) == v.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kg.address import is_address
from kg.names import is_slug
from kg.text import UNWRITABLE, Span


@dataclass(frozen=True, slots=True)
class Codec:
    """A kind of value: how it is read, and how it is written."""

    parse: Callable[[Any], Any]
    format: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Local:
    """An actor or place that only this article knows, in its own words."""

    kind: str
    words: str


Reference = str | Local
DateRange = tuple[dt.date | None, dt.date | None]


def quote(value: str) -> str:
    """A TOML basic string."""
    return (
        json.dumps(value, ensure_ascii=False)
        .replace("\u00a0", "\\u00a0")
        .replace("\x7f", "\\u007f")
    )


def inline(pairs: dict[str, str]) -> str:
    """A TOML inline table of formatted values."""
    return "{ " + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + " }"


def listed(items: list[str]) -> str:
    """A TOML array of formatted values."""
    return f"[{', '.join(items)}]"


def expect(condition: bool, expected: str) -> None:  # noqa: FBT001 - as `assert` does
    """Raises ValueError with what was expected, unless the condition holds."""
    if not condition:
        raise ValueError(expected)


def parse_text(value: Any) -> str:
    """Some words in quotation marks."""
    expect(isinstance(value, str) and value.strip() != "", "some words in quotation marks")
    expect(not UNWRITABLE.search(value), "words without control characters")
    return str(value)


def parse_address(value: Any) -> str:
    """An address of the web."""
    expect(
        isinstance(value, str) and is_address(value),
        'an http address, like "https://example.org/courier/bridge"',
    )
    return str(value)


def parse_slug(value: Any) -> str:
    """An id of lower-case words."""
    expect(
        isinstance(value, str) and is_slug(value), 'an id of lower-case words, like "aven-bridge"'
    )
    return str(value)


def parse_owned(value: Any) -> str:
    """An id, or another article's id after its slug and a dot."""
    parts = value.split(".") if isinstance(value, str) else []
    expect(
        1 <= len(parts) <= 2 and all(map(is_slug, parts)),
        'an id like "bridge-taken", or "other-article.bridge-taken"',
    )
    return str(value)


def parse_date(value: Any) -> dt.date:
    """A day, without a time."""
    expect(
        isinstance(value, dt.date) and not isinstance(value, dt.datetime),
        "a date without quotation marks, like 2026-03-01",
    )
    day: dt.date = value
    return day


def parse_pair(value: Any) -> tuple[dt.date, dt.date]:
    """Two days, the earlier first."""
    expect(isinstance(value, list) and len(value) == 2, "two dates, like [2026-03-01, 2026-03-07]")
    first, last = parse_date(value[0]), parse_date(value[1])
    expect(first <= last, f"the earlier date first; {first} is after {last}")
    return first, last


def parse_bound(value: Any) -> tuple[dt.date, dt.date]:
    """A day, or the two days between which it lies."""
    return parse_pair(value) if isinstance(value, list) else (parse_date(value),) * 2


def format_bound(value: tuple[dt.date, dt.date]) -> str:
    """One date where both are the same."""
    first, last = value
    return str(first) if first == last else listed([str(first), str(last)])


def parse_count(value: Any) -> int:
    """A whole number from 1."""
    expect(isinstance(value, int) and not isinstance(value, bool) and value >= 1, "a number from 1")
    return int(value)


def parse_counts(value: Any) -> tuple[int, ...]:
    """One number, or a list of them."""
    return tuple(map(parse_count, value if isinstance(value, list) else [value]))


def parse_number(value: Any) -> int | float:
    """A finite number."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    expect(number and abs(value) < 1e18, "a number, like 12 or 0.5")
    amount: int | float = value
    return amount


def parse_phrases(value: Any) -> tuple[str, ...]:
    """A phrase, or the pieces of a broken one."""
    expect(value != [], "the words of the article, or a list of phrases")
    return tuple(map(parse_text, value if isinstance(value, list) else [value]))


def parse_spans(value: Any) -> tuple[Span, ...]:
    """Positions as the tool writes them."""
    spans = value if isinstance(value, list) and value and isinstance(value[0], list) else [value]
    whole = all(
        isinstance(s, list) and len(s) == 2 and all(type(n) is int for n in s) and 0 <= s[0] < s[1]
        for s in spans
    )
    expect(whole, "positions [start, end] as `whoholds validate --write` fills them")
    return tuple((s[0], s[1]) for s in spans)


def format_spans(value: tuple[Span, ...]) -> str:
    """[30, 51], or [[30, 51], [60, 70]] for a broken phrase."""
    pairs = [listed([str(start), str(end)]) for start, end in value]
    return pairs[0] if len(pairs) == 1 else listed(pairs)


def parse_reference(value: Any) -> Reference:
    """An id, or what only this article knows."""
    if not isinstance(value, dict):
        expect(isinstance(value, str) and is_slug(value), 'an id, or { described = "…" }')
        return str(value)
    local = len(value) == 1 and next(iter(value)) in ("unnamed", "described")
    expect(local, 'an id, { unnamed = "…" } or { described = "…" }')
    ((kind, words),) = value.items()
    return Local(kind, parse_text(words))


def format_reference(value: Reference) -> str:
    """The id, or the inline table."""
    return quote(value) if isinstance(value, str) else inline({value.kind: quote(value.words)})


def parse_references(value: Any) -> tuple[Reference, ...]:
    """Who or what takes a role: a list."""
    expect(isinstance(value, list) and value != [], 'a list of ids, like ["aven-bridge"]')
    return tuple(map(parse_reference, value))


def _parse_list(parse: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def parse_all(value: Any) -> tuple[Any, ...]:
        expect(isinstance(value, list) and value != [], "a list")
        return tuple(map(parse, value))

    return parse_all


def _format_one_or_many(form: Callable[[Any], str]) -> Callable[[tuple[Any, ...]], str]:
    return lambda value: form(value[0]) if len(value) == 1 else listed([form(v) for v in value])


def _format_list(form: Callable[[Any], str]) -> Callable[[tuple[Any, ...]], str]:
    return lambda value: listed([form(v) for v in value])


def parse_format(value: Any) -> int:
    """The version of the mapping format."""
    expect(value == 1 and type(value) is int, "1, the only format there is")
    return 1


def one_of(*allowed: str) -> Codec:
    """A word out of a closed list that is not a scheme."""

    def parse(value: Any) -> str:
        expect(value in allowed, "one of " + ", ".join(allowed))
        return str(value)

    return Codec(parse, quote)


FORMAT: Final = Codec(parse_format, str)
TEXT: Final = Codec(parse_text, quote)
ADDRESS: Final = Codec(parse_address, quote)
SLUG: Final = Codec(parse_slug, quote)
OWNED: Final = Codec(parse_owned, quote)
OWNED_LIST: Final = Codec(_parse_list(parse_owned), _format_list(quote))
SLUG_LIST: Final = Codec(_parse_list(parse_slug), _format_list(quote))
DATE: Final = Codec(parse_date, str)
PAIR: Final = Codec(parse_pair, lambda pair: listed([str(pair[0]), str(pair[1])]))
BOUND: Final = Codec(parse_bound, format_bound)
COUNT: Final = Codec(parse_count, str)
COUNTS: Final = Codec(parse_counts, _format_one_or_many(str))
NUMBER: Final = Codec(parse_number, repr)
PHRASES: Final = Codec(parse_phrases, _format_one_or_many(quote))
SPANS: Final = Codec(parse_spans, format_spans)
REFERENCE: Final = Codec(parse_reference, format_reference)
REFERENCES: Final = Codec(parse_references, _format_list(format_reference))
