"""Words that point to what is named elsewhere, from the TOML beside."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_IRREGULAR: Final = {"men": "man", "ies": "y"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that point, and for each kind of actor or place the types that it can mean."""

    pronouns: frozenset[str]
    owners: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    telling: frozenset[str]
    several: frozenset[str]
    state: frozenset[str]
    rebel: frozenset[str]
    speaking: frozenset[str]
    personal: frozenset[str]
    pointing: frozenset[str]
    fighting: frozenset[str]
    flying: frozenset[str]
    vague: frozenset[str]
    kinds: dict[tuple[str, str], frozenset[str]]
    any_actor: frozenset[str]
    """The types of actor that a pronoun in a role can mean."""

    def types(self, kind: str, words: str) -> frozenset[str]:
        """The types that a kind in the singular can mean; none where it is no such word."""
        return self.kinds.get((kind, words), frozenset())


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The words of meant.toml."""
    found = tomllib.loads(Path(__file__).with_name("meant.toml").read_text("utf-8"))
    kinds: dict[tuple[str, str], set[str]] = {}
    for kind in ("actor", "place"):
        for type_, words in found[kind].items():
            for word in words:
                kinds.setdefault((kind, word), set()).add(type_)
    plain = (
        *("pronouns", "owners", "definite", "indefinite", "telling", "several", "state"),
        "rebel",
        *("speaking", "pointing", "fighting", "flying", "personal"),
    )
    return Lexicon(
        **{name: frozenset(found[name]) for name in plain},
        vague=frozenset(found["vague"]["words"]),
        kinds={key: frozenset(types) for key, types in kinds.items()},
        any_actor=frozenset().union(*(t for (kind, _), t in kinds.items() if kind == "actor")),
    )


def singular(word: str) -> str:
    """A noun in the singular, as far as its end tells: "militias", "gunmen", "cities"."""
    for end, instead in _IRREGULAR.items():
        if word.endswith(end) and len(word) > len(end) + 1:
            return word.removesuffix(end) + instead
    return word.removesuffix("s") if not word.endswith("ss") else word
