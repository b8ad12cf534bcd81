"""The lexicon: which words tell which event or state, and who and what stands where about them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from itertools import product
from typing import Any, Final

_ANYWHERE: Final = ("attack", "clash", "air-strike", "killing", "force-buildup", None)
"""Types of event that are in, near, or outside a place alike; a state of control is, too."""
_LOCAL: Final = ("at", "near", "around", "outside", "inside", "within", "across", "throughout")
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
    finite: bool = False
    intransitive: bool = False
    loose: bool = False
    strict: bool = False
    passive: bool = False
    once: bool = False
    territorial: bool = False
    light: bool = False
    air: bool = False
    ahead: bool = False
    owned: bool = False
    there: bool = False
    pictured: bool = False
    denied: bool = False
    lends: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    definite: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    civil: tuple[str, ...] = ()
    of: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lexicon:
    """The frames by their first word, those with more words first; and each by its rule."""

    verbs: Mapping[str, tuple[tuple[tuple[str, ...], Frame], ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    forms: Mapping[str, str]
    rules: Mapping[str, Frame]

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas that verbs and nouns of frames can have, as a model gives them."""
        verbs = {*self.verbs, *light_verbs()}
        mended = (form for form, lemma in self.forms.items() if lemma in verbs)
        ends = (noun.rpartition("-")[2] for noun in self.nouns)
        plain = (noun.removesuffix("s") for noun in self.nouns)
        return frozenset((*verbs, *self.nouns, *ends, *plain, *mended))

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
    sides: frozenset[str]
    civilians: frozenset[str]
    elections: frozenset[str]
    victims: frozenset[str]
    sites: frozenset[str]
    routes: frozenset[str]
    cargo: frozenset[str]
    aircraft: frozenset[str]
    sway: frozenset[str]
    officials: frozenset[str]
    bloodless: frozenset[str]
    pictures: frozenset[str]
    posts: frozenset[str]
    craft: frozenset[str]
    shells: frozenset[str]
    tools: frozenset[str]
    wires: frozenset[str]
    blows: frozenset[str]
    garrisons: frozenset[str]

    def among(self, name: str) -> frozenset[str]:
        """The head nouns of one list."""
        found: frozenset[str] = getattr(self, name)
        return found


@cache
def lexicon() -> Lexicon:
    """The frames of frames.toml."""
    verbs: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    nouns: dict[str, list[Frame]] = {}
    rules: dict[str, Frame] = {}
    entries = table("frames")
    for frame in (_frame(entry) for entry in entries["frame"]):
        rules[f"control.{frame.rule}"] = frame
        for phrase in _phrases(frame.words):
            first, *rest = phrase
            verbs.setdefault(first, []).append((tuple(rest), frame))
        for noun in frame.nouns:
            nouns.setdefault(noun, []).append(frame)
    longest = {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in verbs.items()}
    listed = {k: tuple(v) for k, v in nouns.items()}
    return Lexicon(longest, listed, entries["forms"], rules)


@cache
def kinds() -> Kinds:
    """The head nouns of kinds.toml."""
    return Kinds(**{name: frozenset(words) for name, words in table("kinds").items()})


@cache
def light_verbs() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The verbs that lend a noun their subject: the words after each, and what its subject is."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in table("frames")["light"].items():
        for first, *rest in _phrases(phrases):
            found.setdefault(first, []).append((tuple(rest), kind))
    return {first: tuple(sorted(v, key=lambda e: -len(e[0]))) for first, v in found.items()}


@cache
def manner() -> Mapping[str, frozenset[str]]:
    """The words of frames.toml that say how a place was taken."""
    return {name: frozenset(words) for name, words in table("frames")["manner"].items()}


@cache
def cues() -> Mapping[str, frozenset[str]]:
    """The words of cues.toml by what they do."""
    return {name: frozenset(words) for name, words in table("cues").items()}


@cache
def any_kind(*names: str) -> frozenset[str]:
    """The head nouns of several lists of kinds.toml together."""
    return frozenset().union(*(kinds().among(name) for name in names))


@cache
def any_cue(*names: str) -> frozenset[str]:
    """The words of several lists of cues.toml together."""
    return frozenset().union(*(cues()[name] for name in names))


def table(name: str) -> dict[str, Any]:
    """A table beside this module."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def _phrases(words: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Each phrase as its words; of "open|set base|camp" all four."""
    for phrase in words:
        yield from product(*(word.split("|") for word in phrase.split()))


def _frame(entry: dict[str, Any]) -> Frame:
    slots = {slot: tuple(roles) for slot, roles in entry.pop("slots").items()}
    if "in" in slots and entry.get("type") in _ANYWHERE:
        slots |= {word: slots["in"] for word in _LOCAL if word not in slots}
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return Frame(slots=slots, **plain)
