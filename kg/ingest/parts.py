"""Which stretches of a page are headline, standfirst, caption and body; the rest is furniture.

Found from the lines alone, without a model: a story is a run of full sentences, above it stand its
title and what is set apart, below it what the site adds. A person looks at the draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.ingest.days import is_dateline
from kg.ingest.furniture import Furniture, furniture, is_caption
from kg.text import count_words, fold, paragraphs, unwrapped

_FULL: Final = re.compile(r"""[.!?؟۔…:]["'”’»)\]]*$""")
_DATELINE: Final = re.compile(
    r"\w[^.!?]{1,60}?(\([^)]{2,40}\)|,\s*\w+\.? \d{1,2}|,\s*\d{1,2} \w+)\s*[-–—:]"
    r"|[A-ZÀ-Þ][A-ZÀ-Þ .,'-]{2,40}\s*[-–—]\s"
)
_SITE: Final = re.compile(r"\s+[|»]\s.*$|\s+[–—-]\s+(?:\S+\s?){1,4}$")
_BY: Final = re.compile(r"(?:By|by|BY|بقلم|كتب)[ :] ?([^\d,|]{3,60})$")
_BY_WORDS: Final = 9
"""A by-line has fewer words."""
_SENTENCE: Final = 9
"""Words from which on a line that ends as a sentence does is one of the story's."""
_LONG: Final = 30
"""Words from which on a line is one of the story's however it ends."""
_TITLE: Final = (3, 26)
"""The words that a title has, at least and at most."""
_BYLINE: Final = 6
"""The words that a line with the author's name has at most."""
_FAR: Final = 8
"""Lines above the first sentences in which their title is looked for."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the page: headline, standfirst, caption or body."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page, and what it is by itself: sentence, short, caption, repeat, furniture."""

    start: int
    end: int
    words: str
    kind: str
    furniture: Furniture | None = None


def mark(text: str, title: str | None = None) -> list[Stretch]:
    """The parts of a page in the order of its text; the title is looked for if none is given."""
    lines = _lines(text)
    begin = _first(lines, 0, "sentence")
    headline = _titled(lines, title) if title else _find_title(lines, begin)
    if headline is None:
        return _told(lines, 0)
    line = lines[headline]
    first = Stretch("headline", line.start, line.start + len(without_site(line.words)))
    return [first, *_told(lines, headline + 1)]


def mark_story(text: str, begin: int) -> list[Stretch]:
    """The parts of a text from a position on, where neither title nor standfirst is to come."""
    return _told([line for line in _lines(text) if line.start >= begin], 0)


def headline_of(text: str, stretches: Iterable[Stretch]) -> str | None:
    """The words of the headline, if one was found."""
    words = (unwrapped(text)[s.start : s.end] for s in stretches if s.kind == "headline")
    return next((" ".join(found.split()) for found in words), None)


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    seen: set[str] = set()
    plain = unwrapped(text)
    for low, high in paragraphs(plain):
        words = plain[low:high].strip()
        if not words:
            continue
        start = low + plain[low:high].index(words)
        found.append(_Line(start, start + len(words), words, *_kind(words, seen)))
    return found


def _kind(words: str, seen: set[str]) -> tuple[str, Furniture | None]:
    """What a line is by its words, and by whether they stood before."""
    plain = " ".join(fold(words).casefold().split())
    count = count_words(words)
    if plain in seen and count >= _TITLE[0]:
        return "repeat", None
    seen.add(plain)
    if is_caption(words):
        return "caption", None
    if (known := furniture(words)) is not None:
        return "furniture", known
    full = count >= _SENTENCE and _FULL.search(words) is not None
    return ("sentence" if full or count >= _LONG else "short"), None


def _first(lines: Sequence[_Line], start: int, kind: str) -> int:
    """The index of the first line of a kind, else their number."""
    return next((i for i in range(start, len(lines)) if lines[i].kind == kind), len(lines))


def _titled(lines: Sequence[_Line], title: str) -> int | None:
    """The line that is the title given, alone or with the site's name after it."""
    wanted = " ".join(fold(title).casefold().split())
    plain = [" ".join(fold(without_site(line.words)).casefold().split()) for line in lines]
    return plain.index(wanted) if wanted in plain else None


def _find_title(lines: Sequence[_Line], begin: int) -> int | None:
    """The nearest line above the first sentences that can be their title."""
    above = [i for i in range(max(0, begin - _FAR), begin) if _can_be_title(lines[i])]
    return above[-1] if above else None


def _can_be_title(line: _Line) -> bool:
    words = without_site(line.words)
    low, high = _TITLE
    if by_of(line.words) or is_dateline(line.words):
        return False
    return line.kind == "short" and low <= count_words(words) <= high and words[-1] not in ".:"


def by_of(line: str) -> str | None:
    """Whom a line names as the author, if it is a by-line.

    >>> by_of("By Edda Lunt in Marrick")
    'Edda Lunt in Marrick'
    """
    found = _BY.match(line) if count_words(line) < _BY_WORDS else None
    return found[1].strip() if found else None


def without_site(words: str) -> str:
    """A title without the name of the site, which many pages set behind it."""
    bare = _SITE.sub("", words)
    return bare if count_words(bare) >= _TITLE[0] else words


def _told(lines: Sequence[_Line], start: int) -> list[Stretch]:
    """Standfirst, captions and body from a line on."""
    begin = _first(lines, start, "sentence")
    above = [_stretch("caption", [c]) for c in lines[start:begin] if c.kind == "caption"]
    if start and _is_standfirst(lines, begin):
        below = _first(lines, begin + 1, "sentence")
        above.append(_stretch("standfirst", [lines[begin]]))
        between = lines[begin + 1 : below]
        above += [_stretch("caption", [c]) for c in between if c.kind == "caption"]
        begin = below
    return [*above, *_body(lines[begin:])]


def _is_standfirst(lines: Sequence[_Line], i: int) -> bool:
    """Whether a sentence is set apart: by-line, picture or dateline follow it."""
    after = _first(lines, i + 1, "sentence")
    if after >= len(lines) or _DATELINE.match(lines[i].words):
        return False
    between = lines[i + 1 : after]
    set_apart = bool(between) and all(map(_stands_above_a_story, between))
    return set_apart or _DATELINE.match(lines[after].words) is not None


def _stands_above_a_story(line: _Line) -> bool:
    """Whether a line is such as pages set between a standfirst and the story."""
    if line.furniture:
        return line.furniture.name in ("dates", "reading-time", "sharing")
    return line.kind in ("caption", "repeat") or count_words(line.words) <= _BYLINE


def _body(lines: Sequence[_Line]) -> Iterator[Stretch]:
    """The stretches of the story, with the captions among them."""
    run: list[_Line] = []
    aside = False
    for line in lines:
        then = line.furniture.then if line.furniture else None
        if then in ("aside", "ends"):
            yield from _finished(run)
            run, aside = [], True
        elif line.kind not in ("sentence", "short"):
            if run:
                yield _stretch("body", run)
            run = []
        if line.kind == "caption":
            yield _stretch("caption", [line])
        if then == "ends":
            return
        if line.kind == "sentence" or (line.kind == "short" and not aside):
            run, aside = [*run, line], False
    yield from _finished(run)


def _finished(run: Sequence[_Line]) -> Iterator[Stretch]:
    """A run at the end of a story: what is short there is the site's, not the story's."""
    full = [i for i, line in enumerate(run) if line.kind == "sentence"]
    if full:
        yield _stretch("body", run[: full[-1] + 1])


def _stretch(kind: str, run: Sequence[_Line]) -> Stretch:
    return Stretch(kind, run[0].start, run[-1].end)
