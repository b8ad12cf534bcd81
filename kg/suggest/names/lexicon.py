"""What English itself says of names: countries, words of kind, titles, cues; from the TOML beside.

Everything is folded as words are, so that a look-up is one step.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from kg.suggest.words import Word, fold_word, split

_HERE: Final = Path(__file__).parent

Kinds = dict[str, str]
"""Type by folded words."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country's name, its other names, its demonyms and its capital."""

    name: str
    also: tuple[str, ...]
    of: tuple[str, ...]
    capital: str | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables, folded."""

    countries: tuple[Country, ...]
    world: dict[str, tuple[str, ...]]
    demonyms: dict[str, str]
    place_words: Kinds
    place_heads: frozenset[str]
    place_openings: frozenset[str]
    organisation_heads: Kinds
    organisation_openings: frozenset[str]
    described: Kinds
    sides: Kinds
    titles: Kinds
    offices: Kinds
    cues: dict[str, frozenset[str]]
    decides: frozenset[str]
    opening: frozenset[str]
    """First words of words of kind and of descriptions: most words are none."""
    title_openings: frozenset[str]
    seats: dict[str, str]
    """The country of every name and capital that can stand for its government."""


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The tables of this folder."""
    kinds, cues = _read("kinds.toml"), _read("cues.toml")
    countries = tuple(_country(name, row) for name, row in _read("countries.toml").items())
    return Lexicon(
        countries,
        {kind: tuple(names) for kind, names in _read("world.toml").items()},
        {fold(word): country.name for country in countries for word in country.of},
        _by_words(kinds["place"]),
        frozenset(map(fold, kinds["named"]["place"])),
        frozenset(map(fold, kinds["named"]["before"])),
        _by_words(kinds["organisation"]),
        _first_words(kinds["organisation"]),
        _by_words(kinds["described"]),
        _by_words(kinds["side"]),
        _by_words(kinds["title"]),
        _by_words(kinds["office"]),
        {cue: frozenset(map(fold, words)) for cue, words in cues.items()},
        frozenset(form for verb in cues["decides"] for form in _forms(verb)),
        _first_words(kinds["place"], kinds["described"]),
        _first_words(kinds["title"]),
        {fold(name): country.name for country in countries for name in _seats(country)},
    )


def _seats(country: Country) -> tuple[str, ...]:
    capital = () if country.capital is None else (country.capital,)
    return (country.name, *country.also, *capital)


@lru_cache(maxsize=1 << 14)
def fold(words: str) -> str:
    """Some words as the tables have them: folded, a space between."""
    return " ".join(map(fold_word, words.replace("-", " ").split()))


def phrase(words: list[Word], i: int, j: int) -> str:
    """The folded words from i up to j, a space between."""
    return words[i].key if j == i + 1 else " ".join([word.key for word in words[i:j]])


def keys(name: str) -> tuple[Word, ...]:
    """The words of a name as a text would have them."""
    return tuple(split(name, [(0, len(name))]).words)


def _read(file: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / file).read_text("utf-8"))


def _country(name: str, row: dict[str, Any]) -> Country:
    also, of = tuple(row.get("also", ())), tuple(row.get("of", ()))
    return Country(name, also, of, row.get("capital"))


def _by_words(table: dict[str, list[str]]) -> Kinds:
    return {fold(words): kind for kind, listed in table.items() for words in listed}


def _first_words(*tables: dict[str, list[str]]) -> frozenset[str]:
    listed = (words for table in tables for of_kind in table.values() for words in of_kind)
    return frozenset(fold(words).split()[0] for words in listed)


_IRREGULAR: Final = {
    "say": "said",
    "tell": "told",
    "think": "thought",
    "seek": "sought",
    "send": "sent",
    "strike": "struck",
    "lead": "led",
    "withdraw": "withdrew",
    "stand": "stood",
    "pay": "paid",
    "spend": "spent",
    "see": "saw",
    "know": "knew",
    "take": "took",
    "give": "gave",
    "make": "made",
}


def _forms(verb: str) -> set[str]:
    """The forms that a subject may stand before: says, said; the bare one after "will"."""
    stem, *rest = verb.split()
    tail = "".join(f" {word}" for word in rest)
    past = _IRREGULAR.get(stem) or (
        f"{stem}d" if stem.endswith("e") else f"{stem[:-1]}ied" if _ends_in_y(stem) else f"{stem}ed"
    )
    present = (
        f"{stem[:-1]}ies"
        if _ends_in_y(stem)
        else f"{stem}es"
        if stem.endswith(("s", "sh", "ch", "x"))
        else f"{stem}s"
    )
    doubled = {"plan": "planned", "ban": "banned", "admit": "admitted", "permit": "permitted"}
    return {f"{form}{tail}" for form in (stem, doubled.get(stem, past), present)}


def _ends_in_y(stem: str) -> bool:
    return stem.endswith("y") and stem[-2] not in "aeiou"
