"""What is refused although its form is right, before it costs the mapping anything.

A file that lost lines on its way, or has values and ids that the mapping did not have and nothing
bears, is told at the line; what was wrong at home already is for `whoholds validate` to tell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from kg.exchange.carried import NUMBERED, Carried, by_path
from kg.mapping.check import Known, unfounded
from kg.mapping.document import Mapping, entries
from kg.text import Span

Doubt = tuple[int, str]
"""A line of the file, and what is wrong there."""
_ADVICE: Final = "Put back what the file had for it, or send it out again."


def lost(carried: list[Carried], home: Mapping) -> Iterator[Doubt]:
    """Entries that stand where one of the mapping stood, and came back without its name."""
    if not carried and any(entries(home)):
        message = "has no entry; expected those of the mapping. Give the file as the tool saved it,"
        yield 1, f"{message} or take the entries out of mapping.toml."
    came = {(one.section, one.name) for one in carried}
    were = {
        (path[0], entry.anchor.at[0][0], entry.anchor.at[-1][1]): path
        for path, entry in entries(home)
        if entry.anchor.at and path[0] not in NUMBERED and path not in came
    }
    ends = {
        (path[0], *entry.anchor.at[0])
        for path, entry in entries(home)
        if entry.anchor.at and entry.anchor.first
    }
    for one in carried:
        place = (one.section, *_extent(one))
        path = were.get(place)
        if path and (one.made_up or not one.name):
            where = f"{one.shown} stands where {path[0]} '{path[1]}' stood, without its name."
            yield one.line, f"{where} {_ADVICE}"
        elif place in ends and len(one.pieces) > 1:
            where = f"{one.shown} marks only the two ends of a passage, whose note is gone."
            yield one.line, f"{where} {_ADVICE}"


def halved(carried: list[Carried]) -> Iterator[Doubt]:
    """Entries with half a character: JSON may escape one of a pair, which no file can hold."""
    for one in carried:
        words = [piece.words for piece in (*one.pieces, *one.cue)]
        text = json.dumps([one.name, one.keys, words], ensure_ascii=False)
        if any("\ud800" <= char <= "\udfff" for char in text):
            message = f"a {one.section} has one half of a pair of surrogates, which is no character"
            yield one.line, f"{message}. Write the whole character."


def _extent(one: Carried) -> Span:
    if one.passage:
        return one.passage
    return (one.pieces[0].at[0], one.pieces[-1].at[1]) if one.pieces else (0, 0)


def baseless(
    carried: list[Carried], landed: Mapping, home: Mapping, known: Known
) -> Iterator[Doubt]:
    """Values and ids of named entries that are new, and that no scheme or authority has."""
    lines = {path: one.line for path, one in by_path(carried)}
    before = {(key, message) for _, key, message in unfounded(home, known)}
    for path, key, message in unfounded(landed, known):
        if (key, message) not in before:
            yield lines.get(path, 1), message
