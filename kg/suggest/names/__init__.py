"""Actors and places that an article names: what is known comes first, then what words betray.

`known` is what authority files, gazetteer and the wide world have; `listed` finds it, `shaped`
and `described` find what has a form of its own, `parsed` what only the language model sees. Where
finds overlap `hit` says which stands; `governments` tells a country that acts from one that lies,
`namesakes` a town from the province that is called like it.
"""

from __future__ import annotations

from kg.suggest.found import Named
from kg.suggest.names.again import find_again, find_beside, find_short
from kg.suggest.names.described import find_described
from kg.suggest.names.governments import take_sides
from kg.suggest.names.hit import choose, join, named, outside
from kg.suggest.names.known import Known, know
from kg.suggest.names.lexicon import load_lexicon
from kg.suggest.names.listed import find_known, find_spelt
from kg.suggest.names.namesakes import settle
from kg.suggest.names.parsed import find_parsed
from kg.suggest.names.shaped import find_actors, find_places
from kg.suggest.reading import Reading
from kg.suggest.words import runs

__all__ = ["Known", "know", "name"]


def name(reading: Reading, known: Known) -> list[Named]:
    """The actors and places of an article, in the order of its text; none overlaps another."""
    lexicon = load_lexicon()
    written, words = reading.written, reading.written.words
    stretches = runs(words)
    listed = list(find_known(written, known, lexicon))
    unknown = outside(stretches, listed)
    hits = [
        *listed,
        *find_spelt(words, unknown, known, lexicon),
        *find_places(words, unknown, lexicon),
        *find_actors(written, stretches, lexicon),
        *find_described(written, known, lexicon),
    ]
    standing = choose(hits)
    standing = join(standing, find_beside(words, stretches, standing, lexicon))
    standing = join(standing, find_short(words, stretches, standing, lexicon))
    standing = join(standing, find_again(words, stretches, standing, lexicon))
    standing = join(standing, find_parsed(reading, standing, lexicon))
    found = [named(hit, written) for hit in take_sides(standing, words, known, lexicon)]
    return settle(found, reading, known)
