"""What a line of a page is by its wording: furniture, a caption, or nothing that words give away.

The tables beside this module hold the wordings; nothing here looks at more than one line.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from kg.text import count_words, fold

_HERE: Final = Path(__file__).parent
_LONGEST: Final = 600
"""Letters of a line beyond which it is neither: so long no wording is looked for."""
_WAYS: Final = ("whole", "begins", "contains", "patterns")


@dataclass(frozen=True, slots=True)
class Furniture:
    """A kind of furniture, and what it does to a body that has begun: goes on, ends, aside."""

    name: str
    then: str


def furniture(line: str) -> Furniture | None:
    """Which furniture a line is, if any.

    >>> furniture("4 min read"), furniture("The bridge fell at dawn.")
    (Furniture(name='reading-time', then='goes on'), None)
    """
    most, kinds = _furniture()
    if len(line) > _LONGEST or count_words(line) > most:
        return None
    plain = _plain(line)
    return next((kind for kind, pattern in kinds if pattern.match(plain)), None)


def is_caption(line: str) -> bool:
    """Whether a line is worded as a picture's caption.

    >>> is_caption("Riders at the Aven sluice [Tarn Press/Archive]")
    True
    """
    most, pattern = _captions()
    if len(line) > _LONGEST or count_words(line) > most:
        return False
    return pattern.match(_plain(line)) is not None


def _plain(line: str) -> str:
    return " ".join(fold(line).casefold().split()).strip(" |*•·-") or line


@cache
def _furniture() -> tuple[int, tuple[tuple[Furniture, re.Pattern[str]], ...]]:
    """The most words that furniture has, and the wordings of each kind."""
    table = _table("furniture.toml")
    most = table.pop("most")
    kinds = ((Furniture(name, entry["then"]), _wordings(entry)) for name, entry in table.items())
    return most, tuple(kinds)


@cache
def _captions() -> tuple[int, re.Pattern[str]]:
    """The most words that a caption has, and how it is worded."""
    table = _table("captions.toml")
    return table["most"], _wordings(table)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text("utf-8"))


def _wordings(entry: dict[str, Any]) -> re.Pattern[str]:
    found = {way: entry.get(way, []) for way in _WAYS}
    plain = {w: [re.escape(fold(p).casefold()) for p in found[w]] for w in _WAYS[:3]}
    ways = [f"{phrase}[.:!]?$" for phrase in plain["whole"]]
    ways += [f"{phrase}{_edge(phrase)}" for phrase in plain["begins"]]
    ways += [f".*{phrase}" for phrase in plain["contains"]]
    ways += [f"(?:{pattern})$" for pattern in found["patterns"]]
    return re.compile("|".join(ways), re.IGNORECASE)


def _edge(phrase: str) -> str:
    """A beginning that ends in a letter ends with a word."""
    return r"\b" if phrase[-1:].isalnum() else ""
