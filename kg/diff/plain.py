"""Text that cannot harm whoever reads it: what steers a terminal or turns a line is spelt out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

LONGEST: Final = 240
"""How many characters of one label or quotation are shown."""
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def plain(text: str) -> str:
    """The text on one line, its controls and bidirectional marks as escapes, its end cut."""
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return "".join(map(_visible, cut))


def _visible(char: str) -> str:
    steers = unicodedata.category(char) in ("Cc", "Cs", "Cn", "Co", "Zl", "Zp")
    return f"\\u{ord(char):04x}" if steers or _TURNING.match(char) else char


def listed(words: Iterable[str], most: int = 5) -> str:
    """Some of the words, and how many more there are: "a, b, c and 4 more"."""
    known: Sequence[str] = list(words)
    shown = ", ".join(known[:most])
    return f"{shown} and {len(known) - most:,} more" if len(known) > most else shown


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """The number of something: 1 claim, 1,204 claims."""
    return f"{number:,} {singular if number == 1 else plural or f'{singular}s'}"
