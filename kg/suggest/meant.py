"""Whom and where "it", "the group" and "the town" mean: the one of that kind who was named last.

Only what points back is looked at: pronouns, and definite words for a kind with nothing before them
that tells one of the kind from another. A sentence's first name of the kind is its likeliest; who
already has another role in the same statement is not meant.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.suggest.found import By, Filled, Named, Statement
from kg.suggest.reading import Reading
from kg.text import Span

_NEAR: Final = 2
"""How many sentences back a pronoun reaches."""
_ACTOR_ROLES: Final = ("gained-by", "lost-by", "agent", "controller", "affected")
_PLACE_ROLES: Final = ("place", "departure", "destination")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that point back, and for each word of a kind the types that it can mean."""

    pronouns: frozenset[str]
    owners: frozenset[str]
    definite: frozenset[str]
    telling: frozenset[str]
    kinds: dict[tuple[str, str], frozenset[str]]

    def any_actor(self) -> frozenset[str]:
        """The types of actor that a pronoun in a role can mean."""
        types = (found for (kind, _), found in self.kinds.items() if kind == "actor")
        return frozenset().union(*types)


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The words of meant.toml."""
    found = tomllib.loads(Path(__file__).with_name("meant.toml").read_text("utf-8"))
    kinds: dict[tuple[str, str], set[str]] = {}
    for kind in ("actor", "place"):
        for type_, words in found[kind].items():
            for word in words:
                kinds.setdefault((kind, word), set()).add(type_)
    return Lexicon(
        frozenset(found["pronouns"]),
        frozenset(found["owners"]),
        frozenset(found["definite"]),
        frozenset(found["telling"]),
        {key: frozenset(types) for key, types in kinds.items()},
    )


def take_meant(
    reading: Reading, names: Sequence[Named], statements: Sequence[Statement]
) -> list[Statement]:
    """The statements with who and where their words mean, and in `because` for which words."""
    known = [named for named in names if named.refers_to or named.record]
    taken: dict[Statement, Statement] = {}
    return [_taken(reading, known, statement, taken) for statement in statements]


def _taken(
    reading: Reading,
    names: Sequence[Named],
    statement: Statement,
    taken: dict[Statement, Statement],
) -> Statement:
    if statement in taken:
        return taken[statement]
    roles = list(statement.roles)
    said: list[str] = []
    for at, filled in enumerate(roles):
        others = {r.named.refers_to for r in roles if r is not filled and r.named}
        if _is_open(filled) and (meant := _meant(reading, names, filled, others)):
            roles[at] = replace(filled, named=meant)
            said.append(f"'{reading.words(filled.words)}' is {reading.words(meant.span)} before it")
    condition, denied = (
        _taken(reading, names, other, taken) if other is not None else None
        for other in (statement.on_condition, statement.denies)
    )
    by = By(statement.by.rule, "; ".join([statement.by.because, *said]))
    taken[statement] = replace(
        statement, by=by, roles=tuple(roles), on_condition=condition, denies=denied
    )
    return taken[statement]


def _is_open(filled: Filled) -> bool:
    """Whether nothing says yet whom the words of a role mean."""
    return filled.named is None or not (filled.named.refers_to or filled.named.record)


def _meant(
    reading: Reading, names: Sequence[Named], filled: Filled, others: set[str | None]
) -> Named | None:
    """The name that the words of a role stand for, or None where they need not point back."""
    kind = "place" if filled.role in _PLACE_ROLES else "actor"
    types, near = _types(reading, filled, kind)
    fitting = [
        named
        for named in names
        if named.kind == kind
        and named.type in types
        and named.span[1] <= filled.words[0]
        and named.refers_to not in (others - {None})
    ]
    return _latest(reading, fitting, filled.words, _NEAR if near else None)


def _types(reading: Reading, filled: Filled, kind: str) -> tuple[frozenset[str], bool]:
    """The types that the words of a role can mean, and whether they reach a few sentences only."""
    lexicon = load_lexicon()
    words = reading.words(filled.words).casefold().split()
    points = words[:1] and (words[0] in lexicon.owners or words[0] in lexicon.pronouns)
    if points and kind == "actor" and filled.role in _ACTOR_ROLES:
        return lexicon.any_actor(), True
    before = _word_before(reading.text, filled.words[0])
    if words and words[0] in lexicon.definite:
        before, words = words[0], words[1:]
    told = [word for word in words if word not in lexicon.telling]
    types = lexicon.kinds.get((kind, " ".join(told)), frozenset())
    definite = before in lexicon.definite or len(told) > 1
    return (types if definite else frozenset()), False


def _word_before(text: str, position: int) -> str:
    found = re.search(r"(\w+)\s+$", text[max(0, position - 20) : position])
    return found[1].casefold() if found else ""


def _latest(
    reading: Reading, names: Sequence[Named], words: Span, reach: int | None
) -> Named | None:
    """The first name of the last sentence that has one, within reach."""
    before = [s for s in reading.sentences if s[0] <= words[0]]
    for low, high in reversed(before[-(reach + 1) :] if reach is not None else before):
        inside = [named for named in names if low <= named.span[0] < high]
        if inside:
            return inside[0]
    return None
