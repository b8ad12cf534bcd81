"""Countries and capitals that stand for their governments: who decides is no territory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.suggest.names.context import located
from kg.suggest.names.hit import Hit
from kg.suggest.names.known import Known
from kg.suggest.names.lexicon import Lexicon, load_lexicon, phrase
from kg.suggest.words import Word

_MOST_HELPING: Final = 4
_MOST_OWNED: Final = 4


Reason = str | None


def take_sides(hits: list[Hit], words: list[Word], known: Known, lexicon: Lexicon) -> list[Hit]:
    """The hits, where a country or its capital acts as an actor, and where it lies as a place.

    Of countries in a row, each is what the first is: "with Tarnland, Holm and Aven".
    """
    taken: list[Hit] = []
    for row in _rows(hits, words):
        named = ((hit, lexicon.seats.get(phrase(words, hit.first, hit.last))) for hit in row)
        if countries := {hit: country for hit, country in named if country}:
            why = _why(row, list(countries), words, lexicon)
            meant = {hit: _taken(hit, why, own, words, known) for hit, own in countries.items()}
            taken += [meant.get(hit, hit) for hit in row]
        else:
            taken += row
    return taken


def _rows(hits: list[Hit], words: list[Word]) -> Iterator[list[Hit]]:
    """The hits in stretches with only commas, "and", "the" between."""
    row: list[Hit] = []
    for hit in hits:
        if row and not _in_a_row(row[-1], hit, words):
            yield row
            row = []
        row.append(hit)
    if row:
        yield row


def _why(row: list[Hit], countries: list[Hit], words: list[Word], lexicon: Lexicon) -> Reason:
    """Why the countries of a row act: what stands before the first, or after the last."""
    first, last = row[0], row[-1]
    if first.rule == "names.office":
        return f"after {words[first.first].text} of"
    why = _acts(countries[0], words, lexicon)
    if why is None and len(row) > 1 and not located(words, first.first, lexicon):
        return _subject(last, words, lexicon) if last in countries else None
    return why


def _in_a_row(before: Hit, hit: Hit, words: list[Word]) -> bool:
    """Whether a name follows another with only commas, "and", "the" between."""
    between = words[before.last : hit.first]
    if not all(word.key in ("and", "or", "the") for word in between):
        return False
    signs = [word.before.strip() for word in words[before.last : hit.first + 1]]
    listed = any(sign == "," for sign in signs) or any(w.key in ("and", "or") for w in between)
    return listed and all(sign in ("", ",") for sign in signs)


def _taken(hit: Hit, why: Reason, country: str, words: list[Word], known: Known) -> Hit:
    if hit.kind == "place" and why is not None:
        return hit._replace(
            kind="actor",
            rule="names.government",
            because=why,
            type="government",
            refers_to=known.governments.get(country),
            record=None,
            also=(hit.refers_to,) if hit.refers_to else (),
        )
    if hit.kind == "actor" and hit.type == "government" and why is None:
        return _territory(hit, words, known)
    return hit


def _acts(hit: Hit, words: list[Word], lexicon: Lexicon) -> Reason:
    """Why a country's name stands for its government here, or None."""
    if words[hit.last - 1].possessive:
        owned = words[hit.last : hit.last + _MOST_OWNED]
        found = [word.text for word in owned if word.key in lexicon.cues["belongs"]]
        return f"it has {found[0]} of its own" if found else None
    if _describes(hit, words, lexicon):
        return "it says whose the noun after it is"
    if _shares(hit, words, lexicon):
        return "between those who act"
    if located(words, hit.first, lexicon):
        return None
    return _subject(hit, words, lexicon) or _object(hit, words, lexicon)


def _shares(hit: Hit, words: list[Word], lexicon: Lexicon) -> bool:
    """Whether "ties between" or the like stands before."""
    back = hit.first - 1
    if back > 0 and words[back].key == "the":
        back -= 1
    between = back > 0 and words[back].key == "between"
    return between and words[back - 1].key in lexicon.cues["shared"]


def _describes(hit: Hit, words: list[Word], lexicon: Lexicon) -> bool:
    """Whether it stands before its noun: "US efforts", "Tarnland-Holm talks"; no border is."""
    if hit.last >= len(words) or not words[hit.last].joined:
        return hit.first > 0 and words[hit.first].before == "-"
    after = words[hit.last]
    if after.before == "-" or words[hit.first].before == "-":
        near = words[hit.last : hit.last + 2]
        return not any(word.key in lexicon.place_words for word in near)
    short = words[hit.first].key in lexicon.cues["abbreviated"] and hit.last - hit.first == 1
    return short and after.key not in lexicon.cues["small"]


def _subject(hit: Hit, words: list[Word], lexicon: Lexicon) -> Reason:
    """The verb of deciding that follows, past helping verbs and adverbs; of a country any verb."""
    at = hit.last
    while at < len(words) and at - hit.last <= _MOST_HELPING and words[at].before == " ":
        if words[at].key in lexicon.decides:
            return f"it is what does: {words[at].text}"
        helps = words[at].key in lexicon.cues["helping"] or words[at].key.endswith("ly")
        if not helps or words[at].key == "and":
            break
        at += 1
    if hit.type != "country" or hit.last + 1 >= len(words) or words[hit.last].before != " ":
        return None
    verb, onward = words[hit.last], words[hit.last + 1]
    acts = verb.key in lexicon.cues["acts"] and onward.key not in lexicon.cues["lies"]
    return f"it is what does: {verb.text} {onward.text}" if acts else None


def _object(hit: Hit, words: list[Word], lexicon: Lexicon) -> Reason:
    """The verb or preposition before that takes somebody who acts: told, with."""
    first = hit.first
    if first > 0 and words[first - 1].key == "the":
        first -= 1
    before = {phrase(words, max(0, first - n), first) for n in (1, 2)}
    wanted = hit.last < len(words) and words[hit.last].key == "to"
    if wanted and first > 0 and words[first - 1].key == "for":
        return "it is to do something"
    found = sorted(before & (lexicon.cues["addressed"] | lexicon.cues["acting"]))
    return f"after {found[0]}" if found else None


def _territory(hit: Hit, words: list[Word], known: Known) -> Hit:
    """The place, where an authority file has the name for the government but it lies somewhere."""
    if not located(words, hit.first, load_lexicon()):
        return hit
    forms = known.forms.get(phrase(words, hit.first, hit.last), ())
    place = next((form for form in forms if form.kind == "place"), None)
    if place is None:
        return hit
    return hit._replace(
        kind="place",
        rule="names.territory",
        because=f"{words[hit.first - 1].text} says where, not who",
        type=place.type,
        refers_to=place.id,
        also=(hit.refers_to,) if hit.refers_to else (),
    )
