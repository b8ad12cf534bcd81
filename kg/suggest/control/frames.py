"""The lexicon: which words tell which event or state, and who and what stands where about them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final

PLACE_ROLES: Final = ("place", "departure", "destination")


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry of frames.toml, where its keys are explained."""

    rule: str
    slots: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...]
    some: tuple[str, ...] = ()
    type: str | None = None
    degree: str | None = None
    mode: str | None = None
    words: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    armed: tuple[str, ...] = ()
    weak: bool = False
    named: bool = False
    finite: bool = False
    intransitive: bool = False
    loose: bool = False
    strict: bool = False
    territorial: bool = False


@dataclass(frozen=True)
class Lexicon:
    """The frames by their first word, those with more words first."""

    verbs: Mapping[str, tuple[tuple[tuple[str, ...], Frame], ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    forms: Mapping[str, str]

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas that verbs and nouns of frames can have, as a model gives them."""
        mended = (form for form, lemma in self.forms.items() if lemma in self.verbs)
        return frozenset((*self.verbs, *self.nouns, *mended))

    def verb(self, lemma: str) -> str:
        """The lemma of a verb, mended where a model leaves an irregular form as it is."""
        return self.forms.get(lemma, lemma)


@dataclass(frozen=True, slots=True)
class Kinds:
    """Head nouns by what they can be: a place, an amount, somebody armed, a group, civilians."""

    places: frozenset[str]
    settlements: frozenset[str]
    vague: frozenset[str]
    quantities: frozenset[str]
    armed: frozenset[str]
    groups: frozenset[str]
    civilians: frozenset[str]
    elections: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The frames of frames.toml."""
    verbs: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    nouns: dict[str, list[Frame]] = {}
    entries = table("frames")
    for frame in (_frame(entry) for entry in entries["frame"]):
        for phrase in frame.words:
            first, *rest = phrase.split()
            verbs.setdefault(first, []).append((tuple(rest), frame))
        for noun in frame.nouns:
            nouns.setdefault(noun, []).append(frame)
    longest = {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in verbs.items()}
    return Lexicon(longest, {k: tuple(v) for k, v in nouns.items()}, entries["forms"])


@cache
def kinds() -> Kinds:
    """The head nouns of kinds.toml."""
    return Kinds(**{name: frozenset(words) for name, words in table("kinds").items()})


@cache
def manner() -> Mapping[str, frozenset[str]]:
    """The words of frames.toml that say how a place was taken."""
    return {name: frozenset(words) for name, words in table("frames")["manner"].items()}


@cache
def cues() -> Mapping[str, frozenset[str]]:
    """The words of cues.toml by what they do."""
    return {name: frozenset(words) for name, words in table("cues").items()}


def table(name: str) -> dict[str, Any]:
    """A table beside this module."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def _frame(entry: dict[str, Any]) -> Frame:
    slots = {slot: tuple(roles) for slot, roles in entry.pop("slots").items()}
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return Frame(slots=slots, **plain)
