"""Which words credit something to somebody, and what they say of its certainty: see cues.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

_VOWELS: Final = "aeiou"


@cache
def _lexicon() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("kg.suggest.utterances").joinpath("cues.toml").read_text("utf-8"))


@cache
def senses() -> dict[str, dict[str, str]]:
    """For each verb, how what is said may stand beside it, and the sense it then has.

    >>> senses()["deny"]["object"]
    'denied'
    """
    found: dict[str, dict[str, str]] = {}
    for sense, entry in _lexicon().items():
        for verb in entry["verbs"].split() if "takes" in entry else ():
            for frame in entry["takes"]:
                found.setdefault(verb, {}).setdefault(frame, sense)
    return found


@cache
def particles() -> dict[str, frozenset[str]]:
    """For a verb the small words after which what is said can stand: complain about."""
    return {verb: frozenset(words.split()) for verb, words in _lexicon()["particles"].items()}


@cache
def nouns() -> frozenset[str]:
    """Nouns of saying and thinking, in the singular."""
    return frozenset(_lexicon()["nouns"]["verbs"].split())


@cache
def forms() -> dict[str, str]:
    """Every form of the verbs that can bring words in quotation marks, and its verb.

    >>> forms()["added"], forms()["tells"], forms()["noting"]
    ('add', 'tell', 'note')
    """
    speaking = [verb for verb, frames in senses().items() if "words" in frames]
    return {form: verb for verb in speaking for form in _inflected(verb)}


def _inflected(verb: str) -> Iterator[str]:
    """A verb's forms, after the rules of spelling and the table of irregular ones."""
    irregular = _lexicon()["irregular"].get(verb, "").split()
    stem = verb.removesuffix("e")
    if verb[-1] == "y" and verb[-2] not in _VOWELS:
        yield from (verb, verb[:-1] + "ies", verb + "ing")
        stem = verb[:-1] + "i"
    else:
        sibilant = verb.endswith(("s", "sh", "ch", "x", "z"))
        yield from (verb, verb + ("es" if sibilant else "s"), stem + "ing")
    yield from irregular or [stem + "ed"]
