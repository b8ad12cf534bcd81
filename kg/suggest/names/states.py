"""Countries that authority files have and the world's table has not: of other times, or invented.

Their governments and what is theirs are told by their labels: the Tarnish government is Tarnland's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.authority import Authorities
from kg.suggest.names.lexicon import fold, load_lexicon

_GENERIC: Final = frozenset(
    (
        *("the", "of", "and", "republic", "kingdom", "empire", "state", "states", "union"),
        *("federation", "duchy", "principality", "emirate", "sultanate", "united", "islamic"),
        *("democratic", "people", "peoples", "socialist", "federal", "land", "country"),
    )
)
_ENDINGS: Final = (
    "an",
    "ian",
    "ean",
    "n",
    "ese",
    "ish",
    "ic",
    "i",
    "er",
    "ers",
    "ans",
    "al",
    "ite",
)
_STEM: Final = 3
"""How many letters of a country's name what is its own keeps at least."""
_LOST: Final = 4
"""How many letters at the end of a country's name what is its own may lose: Tarnland, Tarnish."""


@dataclass(frozen=True, slots=True)
class States:
    """Countries by their folded names and by the words for what is theirs, and governments."""

    seats: dict[str, str] = field(default_factory=dict)
    demonyms: dict[str, str] = field(default_factory=dict)
    governments: dict[str, str] = field(default_factory=dict)


def own_states(authorities: Authorities) -> States:
    """The countries of authority files that the world's table has not."""
    found = States()
    for country in authorities.places.values():
        names = country.names_in("en") if country.type == "country" else []
        if names and not any(fold(name) in load_lexicon().seats for name in names):
            found.seats.update({fold(name): names[0] for name in names})
            _add_own(found, names, authorities)
    return found


def _add_own(found: States, names: list[str], authorities: Authorities) -> None:
    """Adds what is a country's own: its government, and the words that say so."""
    own = [frozenset(fold(name).split()) - _GENERIC for name in names]
    governments = []
    for actor in authorities.actors.values():
        words = {word for label in actor.names_in("en") for word in fold(label).split()}
        if actor.type == "government" and any(_is_of(telling, words) for telling in own):
            governments.append(actor.slug)
        for name in frozenset().union(*own):
            found.demonyms.update({w: names[0] for w in words if is_demonym(w, name)})
    found.demonyms.update({next(iter(t)): names[0] for t in own if len(t) == 1})
    if len(governments) == 1:
        found.governments[names[0]] = governments[0]


def _is_of(telling: frozenset[str], words: set[str]) -> bool:
    """Whether words have each that tells a country from others, or what is its own."""
    return bool(telling) and all(
        any(word == name or is_demonym(word, name) for word in words) for name in telling
    )


def is_demonym(word: str, name: str) -> bool:
    """Whether a word says by its ending what is of a place of some name: Tarnish, of Tarnland."""
    for end in _ENDINGS:
        stem = word.removesuffix(end)
        kept = len(stem) >= max(_STEM, len(name) - _LOST)
        if stem != word and kept and name.startswith(stem) and word != name:
            return True
    return False
