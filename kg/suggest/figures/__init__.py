"""How many: figures with unit, bound and scope, for the measures of the vocabulary.

No model is needed. A number is a figure only beside a unit that a measure of `measures.toml` has:
so years, ages, dates, ranks and the names of weapons are none. Rules are named for the measure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from re import Match, Pattern
from typing import Final, NamedTuple

from kg.suggest.figures.patterns import AMOUNT, BOUNDS, FIRST, FRACTION, PLURALS, SHARES
from kg.suggest.found import By, Figure
from kg.suggest.numbers import number
from kg.suggest.reading import Reading
from kg.suggest.words import Written
from kg.text import Span

_SCOPE: Final = re.compile(
    r",? ?((?:of|in|from|east|west|north|south|across|against|inside|around)\b[^.,;:()\"\n]{1,60})"
)
_EDGE: Final = re.compile(r"[.!?] |\n")
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")
_TIMES: Final = ("days", "weeks", "months", "years")
_COUNTED: Final = (
    r"(?: of [a-z]+s)?(?: others?| more)?"
    r"(?: (?:have|has|had|were|was|are|be|been|being|also|already|reportedly|then|since"
    r"|managed to|continued? to|began to|tried to|could|may|might))* "
)
"""What may stand between a number of people and the verb that tells what befell them."""
_AMID: Final = r"(?: of)??(?: (?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))[a-z]+)??[ -]"
"""What may stand between a number and its unit: one word."""
_WITHIN: Final = 90
"""How far, in characters, the words that tell a measure may stand from its figure."""


class Measure(NamedTuple):
    """A measure, the words of its units, and those that must or must not stand near."""

    name: str
    unit: str
    units: Pattern[str]
    near: Pattern[str] | None
    not_near: Pattern[str] | None
    money: bool
    told: Pattern[str] | None = None


def figure(reading: Reading) -> list[Figure]:
    """The figures of the parts, in order; a conversion in brackets keeps its bound."""
    low, figures = reading.plain, list[Figure]()
    for match in reading.matches(AMOUNT, _openings(reading.written)):
        read = _read(reading, low, match)
        if read is not None and (not figures or figures[-1].span[1] <= read.span[0]):
            converts = figures and low[figures[-1].span[1] : read.span[0]].strip() == "("
            figures.append(replace(read, bound=figures[-1].bound) if converts else read)
    return figures


def _openings(written: Written) -> Iterator[int]:
    """Where an amount may begin: at one of its first words, at digits, at a dollar sign before."""
    for i in written.where(FIRST | written.figures()):
        if written.words[i].before[-1:] == "$":
            yield written.starts[i] - 1
        yield written.starts[i]


def _read(reading: Reading, low: str, match: Match[str]) -> Figure | None:
    """The figure of an amount, None where no measure fits."""
    share = match["share"] or match["fraction"]
    counted = _share(match) if share else _count(match)
    if counted is None:
        return None
    measure, unit = ("territory-share", None) if share else _measure(reading, match)
    if measure is None or (share and not _of_place(reading.text, match)):
        return None
    value, least = counted
    words = reading.text[slice(*_value_span(match))]
    end = match.end() if share else match.end("value")
    end = end if unit is None or share else max(match.end("value"), unit[1])
    label = (match["sign"] if share else unit and low[slice(*unit)]) or None
    return Figure(
        span=(match.start(), end),
        value=words,
        number=value,
        by=By(f"figures.{measure}", _because(measure, label)),
        unit=label and reading.text[end - len(label) : end],
        bound=_bound(match, least=least),
        measure=measure,
        scope=_scope(reading.text, end),
    )


def _value_span(match: Match[str]) -> Span:
    """Where the number itself stands."""
    return next(match.span(g) for g in ("fraction", "share", "value") if match[g])


def _count(match: Match[str]) -> tuple[float, bool] | None:
    """The number, and whether the words only say the least it can be (dozens, weeks)."""
    words = match["value"].removeprefix("$").strip()
    if words in PLURALS:
        return PLURALS[words], True
    value = number(words)
    return None if value is None else (value, False)


def _share(match: Match[str]) -> tuple[float, bool] | None:
    if match["fraction"]:
        return FRACTION[match["fraction"].replace("-", " ")], False
    value = number(match["share"])
    return None if value is None or value > 100 else (value, False)


def _of_place(text: str, match: Match[str]) -> bool:
    """Whether what follows a share is something that can be held: land, or a name of a place."""
    return SHARES.match(text, match.end()) is not None


def _measure(reading: Reading, match: Match[str]) -> tuple[str | None, Span | None]:
    """The first measure whose unit follows and whose words stand near, and that unit."""
    start = match.start("value") if match["value"] in _TIMES else match.end("value")
    low = reading.plain
    if not _any_unit().match(low, start):
        return _told(low, match), None
    for measure in _measures():
        unit = measure.units.match(low, start)
        if unit is None or measure.money != match["value"].startswith("$"):
            continue
        if measure.near and not measure.near.search(_around(reading, match)):
            continue
        if measure.not_near and measure.not_near.match(low, unit.end()):
            continue
        return measure.name, unit.span(1)
    return _told(low, match), None


def _told(low: str, match: Match[str]) -> str | None:
    """The measure of people that the verb behind a number tells: "dozens fled"."""
    if not _any_told().match(low, match.end("value")) or _YEAR.fullmatch(match["value"]):
        return None
    fitting = (m for m in _measures() if m.told and m.told.match(low, match.end("value")))
    return next((measure.name for measure in fitting), None)


def _around(reading: Reading, match: Match[str]) -> str:
    """What stands near a figure in its sentence."""
    low, start = reading.plain, match.start()
    part = max(first for first, _ in reading.parts if first <= start)
    before = low[max(part, start - _WITHIN) : start]
    after = low[match.end() : min(match.endpos, match.end() + _WITHIN)]
    return _EDGE.split(before)[-1] + match[0] + _EDGE.split(after, maxsplit=1)[0]


def _bound(match: Match[str], *, least: bool) -> str:
    before = match["bound"]
    if least and not before:
        return "at-least"
    return BOUNDS[before.strip()] if before else "exactly"


def _scope(text: str, end: int) -> str | None:
    """The words right behind that say of what, of whom or where."""
    found = _SCOPE.match(text, end)
    return " ".join(found[1].split()) if found else None


def _because(measure: str, unit: str | None) -> str:
    beside = f"the number stands beside “{unit}”" if unit else "a share of a place"
    return f"{beside}: {measure.replace('-', ' ')}"


@lru_cache(maxsize=1)
def _measures() -> tuple[Measure, ...]:
    """The measures of the table, in its order."""
    listed = tomllib.loads(files(__package__).joinpath("measures.toml").read_text("utf-8"))
    return tuple(_read_measures(listed["measure"]))


@lru_cache(maxsize=1)
def _any_told() -> Pattern[str]:
    """One expression for what befalls people, of all measures: of most numbers nothing is told."""
    told = (measure.told.pattern.removeprefix(_COUNTED) for measure in _measures() if measure.told)
    return re.compile(_COUNTED + f"(?:{'|'.join(told)})")


@lru_cache(maxsize=1)
def _any_unit() -> Pattern[str]:
    """One expression for the units of all measures: most numbers stand beside none."""
    return re.compile(_unit("|".join(dict.fromkeys(measure.unit for measure in _measures()))))


def _read_measures(listed: list[dict[str, object]]) -> Iterator[Measure]:
    for entry in listed:
        units, near, not_near = (_any(entry.get(key)) for key in ("units", "near", "not"))
        yield Measure(
            str(entry["name"]),
            units,
            re.compile(_unit(units)),
            re.compile(near) if near else None,
            re.compile(rf"[ -]?{not_near}") if not_near else None,
            bool(entry.get("money")),
            re.compile(_COUNTED + told) if (told := _any(entry.get("told"))) else None,
        )


def _unit(units: str) -> str:
    """The expression for a unit behind its number."""
    return rf"(?:{_AMID}|[ -])?({units})(?![\w-]*-old)"


def _any(words: object) -> str:
    """One expression for any of some words, a star for any ending; empty for none."""
    if not isinstance(words, list):
        return ""
    return r"\b(?:" + "|".join(re.escape(w).replace(r"\*", r"\w*") for w in words) + r")(?!\w)"
