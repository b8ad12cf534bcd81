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
_WAYS: Final = ("whole", "begins", "contains", "patterns")


@dataclass(frozen=True, slots=True)
class Furniture:
    """A kind of furniture, and what it does to a body that has begun: goes on, ends, aside."""

    name: str
    then: str


@dataclass(frozen=True, slots=True)
class _Wordings:
    """How lines of one kind are worded."""

    most: int
    pattern: re.Pattern[str]

    def fit(self, line: str) -> bool:
        return count_words(line) <= self.most and self.pattern.match(line) is not None


def furniture(line: str) -> Furniture | None:
    """Which furniture a line is, if any.

    >>> furniture("4 min read"), furniture("The bridge fell at dawn.")
    (Furniture(name='reading-time', then='goes on'), None)
    """
    plain = _plain(line)
    return next((kind for kind, wordings in _furniture() if wordings.fit(plain)), None)


def is_caption(line: str) -> bool:
    """Whether a line is worded as a picture's caption.

    >>> is_caption("Riders at the Aven sluice [Tarn Press/Archive]")
    True
    """
    return _captions().fit(_plain(line))


def _plain(line: str) -> str:
    return " ".join(fold(line).casefold().split()).strip(" |*•·-") or line


@cache
def _furniture() -> tuple[tuple[Furniture, _Wordings], ...]:
    table = _table("furniture.toml")
    most = table.pop("most")
    return tuple(
        (Furniture(name, entry["then"]), _wordings(entry, most)) for name, entry in table.items()
    )


@cache
def _captions() -> _Wordings:
    table = _table("captions.toml")
    return _wordings(table, table["most"])


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text("utf-8"))


def _wordings(entry: dict[str, Any], most: int) -> _Wordings:
    found = {way: entry.get(way, []) for way in _WAYS}
    plain = {w: [re.escape(fold(p).casefold()) for p in found[w]] for w in _WAYS[:3]}
    ways = [f"{phrase}[.:!]?$" for phrase in plain["whole"]]
    ways += [f"{phrase}{_edge(phrase)}" for phrase in plain["begins"]]
    ways += [f".*{phrase}" for phrase in plain["contains"]]
    ways += [f"(?:{pattern})$" for pattern in found["patterns"]]
    return _Wordings(most, re.compile("|".join(ways), re.IGNORECASE))


def _edge(phrase: str) -> str:
    """A beginning that ends in a letter ends with a word."""
    return r"\b" if phrase[-1:].isalnum() else ""
