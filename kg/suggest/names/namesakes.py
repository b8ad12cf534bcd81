"""Which of its namesakes a place is: the town, or the province that is called like it.

Words beside a name say it ("the provinces of Aven and Holm"); in a row of names one says it of all;
and what a name meant when it was last said of a kind it goes on to mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from kg.suggest.found import Named
from kg.suggest.names.known import Known
from kg.suggest.names.lexicon import load_lexicon
from kg.suggest.reading import Reading

_LARGE: Final = ("governorate", "district", "region")
_SMALL: Final = ("city", "town", "village")
_JOINT: Final = re.compile(r"(?:,|,? and|,? or)\s+(?:the )?")
_KIND_BEFORE: Final = re.compile(r"([\w-]+)\s+of\s+$")
_WITHIN: Final = re.compile(r"([\w-]+)\s+(?:in|of|across|throughout)\s+(?:neighbou?ring\s+)?$")
_SMALL_BEFORE: Final = ("in", "of", "across", "throughout", "neighbouring", "neighboring")
"""How what stands before a name ends where it says its type; before most it does not."""
_AREAL: Final = frozenset(
    (
        *("territory", "territories", "land", "lands", "area", "areas", "countryside", "swathes"),
        *("towns", "villages", "strongholds", "bases", "districts", "parts", "front", "fronts"),
    )
)
"""What lies in a province and not in a town: land, and several settlements or strongholds."""


def settle(found: Sequence[Named], reading: Reading, known: Known) -> list[Named]:
    """The same names in the same order, each place the one of its namesakes that is meant."""
    said: list[str] = []
    settled: list[Named] = []
    for row in _rows(found, reading):
        options = [_options(named, known) for named in row]
        if max(map(len, options)) < 2:
            settled += row
            said += chain.from_iterable(options)
            continue
        cue, why = _cue(row, reading)
        types = _row_types(options) if cue is None else cue
        told = cue is not None
        for named, choice in zip(row, options, strict=True):
            chosen = _chosen(choice, types) if types else None
            chosen = chosen or next((one for one in reversed(said) if one in choice), None)
            reason = why if told else "as in its row, or as it was last said"
            settled.append(_as(named, chosen, choice, known, reason))
            own = settled[-1].refers_to or settled[-1].record
            if own and (told or len(choice) == 1):
                said.append(own)
    return settled


def _rows(found: Sequence[Named], reading: Reading) -> Iterator[list[Named]]:
    """The names in rows: places with only commas and "and" between them; others alone."""
    row: list[Named] = []
    for named in found:
        if row and not _are_joined(row[-1], named, reading.text):
            yield row
            row = []
        row.append(named)
    if row:
        yield row


def _are_joined(before: Named, named: Named, text: str) -> bool:
    places = named.kind == before.kind == "place"
    return places and _JOINT.fullmatch(text, before.span[1], named.span[0]) is not None


def _options(named: Named, known: Known) -> dict[str, str]:
    """The places that a name can mean, with their types, the one it is taken for first."""
    own = named.refers_to or named.record
    if named.kind != "place" or own is None:
        return {}
    ids = (own, *named.also)
    return {one: type_ for one in ids if (type_ := _type(one, known)) is not None}


def _type(identifier: str, known: Known) -> str | None:
    if known.authorities is not None and identifier in known.authorities.places:
        return known.authorities.places[identifier].type
    record = known.gazetteer.record(identifier) if known.gazetteer is not None else None
    return record.type if record is not None else None


def _cue(row: Sequence[Named], reading: Reading) -> tuple[tuple[str, ...] | None, str]:
    """The types that the words beside a row say, and those words."""
    place_words = load_lexicon().place_words
    before = reading.text[max(0, row[0].span[0] - 40) : row[0].span[0]]
    last = reading.words(row[-1].span).casefold().split()[-1]
    if len(row) == 1 and len(reading.words(row[0].span).split()) > 1 and last in place_words:
        return (place_words[last],), f"'{last}' stands behind it"
    if not before.rstrip().endswith(_SMALL_BEFORE):
        return None, ""
    kind = _KIND_BEFORE.search(before)
    if kind and kind[1].casefold() in place_words:
        return (place_words[kind[1].casefold()],), f"'{kind[1]} of' stands before it"
    within = _WITHIN.search(before)
    if within and within[1].casefold() in _AREAL:
        return _LARGE, f"'{within[1]}' lies in it"
    return None, ""


def _row_types(options: Sequence[dict[str, str]]) -> tuple[str, ...] | None:
    """The types of those in a row that can mean one place only, if they are of one size."""
    sure = {next(iter(choice.values())) for choice in options if len(choice) == 1}
    if len(options) < 2:
        return None
    for size in (_LARGE, _SMALL):
        if sure and sure <= set(size):
            return size
    return None


def _chosen(choice: dict[str, str], types: Sequence[str]) -> str | None:
    return next((one for one, type_ in choice.items() if type_ in types), None)


def _as(named: Named, chosen: str | None, choice: dict[str, str], known: Known, why: str) -> Named:
    """The name as one of its namesakes."""
    own = named.refers_to or named.record
    if chosen is None or chosen == own:
        return named
    listed = known.authorities is not None and chosen in known.authorities.places
    return replace(
        named,
        refers_to=chosen if listed else None,
        record=None if listed else chosen,
        type=choice[chosen],
        also=tuple(one for one in (own, *named.also) if one and one != chosen),
        by=named.by._replace(because=f"{named.by.because}; {choice[chosen]}: {why}"),
    )
