"""What the language model takes for a name, where no other rule has found one: new, to be seen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from kg.suggest.names.context import located, place_type_at
from kg.suggest.names.hit import LAST, Hit
from kg.suggest.names.lexicon import Lexicon
from kg.suggest.reading import Reading
from kg.suggest.words import ARTICLES, Word

_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
_ACTORS: Final = {"PERSON": "private-person", "ORG": None, "NORP": "community"}
_SHORT: Final = 5
_DROPPED: Final = frozenset({"the", "a", "an"})


def find_parsed(reading: Reading, standing: Iterable[Hit], lexicon: Lexicon) -> Iterator[Hit]:
    """The model's names as hits of the words they cover, where no other hit stands."""
    words, starts, _ = reading.written
    taken = {i for hit in standing for i in range(hit.first, hit.last)}
    for paragraph in reading.paragraphs:
        for name in paragraph.parsed.names if paragraph.parsed is not None else ():
            label = name.label
            if label not in _PLACES and label not in _ACTORS:
                continue
            i = bisect_left(starts, paragraph.start + name.start)
            j = bisect_left(starts, paragraph.start + name.end)
            while i < j and words[i].key in _DROPPED and words[i].key not in ARTICLES:
                i += 1
            if i == j or not taken.isdisjoint(range(i, j)):
                continue
            if any(word.capital for word in words[i:j]):
                yield _hit(words, i, j, label, lexicon)


def _hit(words: list[Word], i: int, j: int, label: str, lexicon: Lexicon) -> Hit:
    why = f"the language model says {label}"
    if label in _PLACES and not _lies(words, i, j, lexicon):
        return Hit(i, j, "actor", "names.model-unplaced", f"{why}, but not where", weight=LAST)
    if label in _PLACES:
        end, type_ = place_type_at(words, i, j, lexicon)
        return Hit(i, end, "place", f"names.model-{label.lower()}", why, type_, weight=LAST)
    type_ = _ACTORS[label] if label != "ORG" else _head(words, i, j, lexicon)
    return Hit(i, j, "actor", f"names.model-{label.lower()}", why, type_, weight=LAST)


def _lies(words: list[Word], i: int, j: int, lexicon: Lexicon) -> bool:
    """Whether the words around bear out a place: the small model takes many a person for one."""
    _, type_ = place_type_at(words, i, j, lexicon)
    proper = not all(word.text.isupper() and len(word.text) <= _SHORT for word in words[i:j])
    peopled = words[i].key in lexicon.demonyms or words[i].key in lexicon.cues["ship"]
    return proper and not peopled and (type_ is not None or located(words, i, lexicon))


def _head(words: list[Word], i: int, j: int, lexicon: Lexicon) -> str | None:
    heads = (lexicon.organisation_heads.get(word.key) for word in reversed(words[i:j]))
    return next((head for head in heads if head is not None), None)
