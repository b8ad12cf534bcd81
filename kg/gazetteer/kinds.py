"""What the words beside a name say of its kind: "Aven province" is a governorate, named Aven."""

from __future__ import annotations

import importlib.resources
import re
import tomllib
from functools import cache
from typing import Final

from kg.folding import fold

SETTLEMENTS: Final = ("village", "town", "city")
"""From small to large; which of them a place is, sources and articles often see differently."""
WIDE: Final = (
    *("country", "governorate", "district", "region"),
    *("valley", "river", "road", "border"),
)
"""Place types whose point says little: gazetteers put it anywhere inside."""
_LEADING: Final = re.compile(r"^(?:the|le|la)\s+", re.IGNORECASE)


def split_kind(name: str) -> tuple[str, str | None]:
    """The name without the words that say its kind, and the place type that they say, or None.

    >>> split_kind("the Governorate of Aven"), split_kind("Aven air base"), split_kind("Aven")
    (('Aven', 'governorate'), ('Aven', 'airbase'), ('Aven', None))
    """
    words = _LEADING.sub("", name).split()
    for size in range(min(3, len(words) - 1), 0, -1):
        before, after = _kinds()
        if kind := before.get(fold(" ".join(words[:size]))):
            return _LEADING.sub("", " ".join(words[size:])), kind
        if kind := after.get(fold(" ".join(words[-size:]))):
            return " ".join(words[:-size]), kind
    return " ".join(words), None


@cache
def _kinds() -> tuple[dict[str, str], dict[str, str]]:
    source = importlib.resources.files("kg.gazetteer").joinpath("kinds.toml").read_text("utf-8")
    kinds = tomllib.loads(source)
    before = {fold(w): kind for kind, sides in kinds.items() for w in sides.get("before", ())}
    after = {fold(w): kind for kind, sides in kinds.items() for w in sides.get("after", ())}
    return before, after
