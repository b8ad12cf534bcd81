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

from kg.suggest.figures.patterns import AMOUNT, BOUNDS, FRACTION, PLURALS, SHARES
from kg.suggest.found import By, Figure
from kg.suggest.numbers import number
from kg.suggest.reading import Reading
from kg.suggest.times.cues import plain
from kg.text import Span

_SCOPE: Final = re.compile(
    r",? ?((?:of|in|from|east|west|north|south|across|against|inside|around)\b[^.,;:()\"\n]{1,60})"
)
_TIMES: Final = ("days", "weeks", "months", "years")
_COUNTED: Final = (
    r"(?: of [a-z]+s)?(?: others?| more)?"
    r"(?: (?:have|has|had|were|was|are|be|been|being|also|already|reportedly|then|since"
    r"|managed to|continued? to|began to|tried to|could|may|might))* "
)
"""What may stand between a number of people and the verb that tells what befell them."""
_WITHIN: Final = 90
"""How far, in characters, the words that tell a measure may stand from its figure."""


class Measure(NamedTuple):
    """A measure, the words of its units, and those that must or must not stand near."""

    name: str
    units: Pattern[str]
    near: Pattern[str] | None
    not_near: Pattern[str] | None
    money: bool
    told: Pattern[str] | None = None


def figure(reading: Reading) -> list[Figure]:
    """The figures of the parts, in order; a conversion in brackets keeps its bound."""
    low, found = plain(reading.text), list[Figure]()
    for start, end in reading.parts:
        for match in AMOUNT.finditer(low, start, end):
            read = _read(reading, low, match, (start, end))
            if read is not None and (not found or found[-1].span[1] <= read.span[0]):
                converts = found and low[found[-1].span[1] : read.span[0]].strip() == "("
                found.append(replace(read, bound=found[-1].bound) if converts else read)
    return found


def _read(reading: Reading, low: str, match: Match[str], part: Span) -> Figure | None:
    """The figure of an amount, None where no measure fits."""
    share = match["share"] or match["fraction"]
    counted = _share(match) if share else _count(match)
    if counted is None:
        return None
    measure, unit = ("territory-share", None) if share else _measure(low, match, part)
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


def _measure(low: str, match: Match[str], part: Span) -> tuple[str | None, Span | None]:
    """The first measure whose unit follows and whose words stand near, and that unit."""
    sentence = _around(low, match, part)
    start = match.start("value") if match["value"] in _TIMES else match.end("value")
    for measure in _measures():
        unit = measure.units.match(low, start)
        if unit is None or measure.money != match["value"].startswith("$"):
            continue
        if measure.near and not measure.near.search(sentence):
            continue
        if measure.not_near and measure.not_near.match(low, unit.end()):
            continue
        return measure.name, unit.span(1)
    return _told(low, match), None


def _told(low: str, match: Match[str]) -> str | None:
    """The measure of people that the verb behind a number tells: "dozens fled"."""
    if re.fullmatch(r"(?:1[89]|20)\d\d", match["value"]):
        return None
    fitting = (m for m in _measures() if m.told and m.told.match(low, match.end("value")))
    return next((measure.name for measure in fitting), None)


def _around(low: str, match: Match[str], part: Span) -> str:
    """What stands near a figure in its sentence."""
    before = low[max(part[0], match.start() - _WITHIN) : match.start()]
    after = low[match.end() : min(part[1], match.end() + _WITHIN)]
    edge = re.compile(r"[.!?] |\n")
    return edge.split(before)[-1] + match[0] + edge.split(after)[0]


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


def _read_measures(listed: list[dict[str, object]]) -> Iterator[Measure]:
    for entry in listed:
        units, near, not_near = (_any(entry.get(key)) for key in ("units", "near", "not"))
        amid = r"(?: of)??(?: (?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))[a-z]+)??[ -]"
        yield Measure(
            str(entry["name"]),
            re.compile(rf"(?:{amid}|[ -])?({units})(?![\w-]*-old)"),
            re.compile(near) if near else None,
            re.compile(rf"[ -]?{not_near}") if not_near else None,
            bool(entry.get("money")),
            re.compile(_COUNTED + told) if (told := _any(entry.get("told"))) else None,
        )


def _any(words: object) -> str:
    """One expression for any of some words, a star for any ending; empty for none."""
    if not isinstance(words, list):
        return ""
    return r"\b(?:" + "|".join(re.escape(w).replace(r"\*", r"\w*") for w in words) + r")(?!\w)"
