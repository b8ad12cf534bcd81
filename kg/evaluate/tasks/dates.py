"""Time expressions with their values: the AQUAINT part of TimeML (timeml/aquaint.tar.xz).

Measure "dates": wanted is each TIMEX3 of type DATE in an article's body, but not those that give
the article's own date (functionInDocument). Found is one that a proposal overlaps which has its
value. Values are compared to the day: a part of the day (TNI, T09:00) is cut on both sides, as the
gold writes "Wednesday night" with and without; W7 is W07; all else must be equal as printed, also
where the gold has XX. Proposed is each proposal that names a date or overlaps a wanted one; one
that overlaps a TIME, a SET, the dateline or the article's own date is not counted. "dates, as
printed" compares values as strings. "durations" does the same for DURATION and proposals of P….
https://timeml.github.io/site/publications/timeMLdocs/timeml_1.2.1.html#timex3
"""

from __future__ import annotations

import datetime as dt
import html
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import TextError
from kg.evaluate.counts import Measured
from kg.suggest.found import Timed
from kg.suggest.reading import Reading, read_text
from kg.suggest.times import time
from kg.text import Span, overlaps

_TIMEX = re.compile(r"<TIMEX3 ([^>]*)>")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A time expression of the gold: where, of what type, with what value."""

    span: Span
    type: str
    value: str
    own: bool


@dataclass(slots=True)
class Marked:
    """An article's body without its tags, and the time expressions that were marked in it."""

    reading: Reading
    wanted: list[Wanted] = field(default_factory=list)


def measure(folder: Path) -> list[Measured]:
    """Dates to the day, dates as printed, durations. Raises TextError where the set is missing."""
    measured = [Measured("dates"), Measured("dates, as printed"), Measured("durations")]
    forms: list[tuple[str, Callable[[str], str]]] = [
        ("DATE", _to_the_day),
        ("DATE", str),
        ("DURATION", _to_the_day),
    ]
    for marked in read(folder):
        proposed = time(marked.reading)
        for one, (kind, form) in zip(measured, forms, strict=True):
            _count(one, marked, proposed, kind, form)
    return measured


def _count(
    measured: Measured, marked: Marked, proposed: list[Timed], kind: str, form: Callable[[str], str]
) -> None:
    wanted = [w for w in marked.wanted if w.type == kind and not w.own]
    other = [w.span for w in marked.wanted if w.own or w.type in ("TIME", "SET")]
    spans = [w.span for w in wanted]
    counted = [
        p
        for p in proposed
        if overlaps(p.span, spans) or (_is(p, kind) and not overlaps(p.span, other))
    ]
    judged = [(p.by.rule, any(_same(p, w, form) for w in wanted)) for p in counted]
    found = sum(any(_same(p, w, form) for p in counted) for w in wanted)
    measured.add(judged, found, len(wanted))


def _is(timed: Timed, kind: str) -> bool:
    """Whether a proposal is of a type; PAST_REF and PRESENT_REF are dates, PXW is none."""
    lasts = re.match(r"P(?:T|X|\d)", timed.value) is not None
    if timed.by.rule == "times.set" or timed.value.startswith("XXXX-WXX"):
        return False
    return lasts if kind == "DURATION" else not lasts and timed.by.rule != "times.clock"


def _same(timed: Timed, wanted: Wanted, form: Callable[[str], str]) -> bool:
    return overlaps(timed.span, [wanted.span]) and form(timed.value) == form(wanted.value)


def _to_the_day(value: str) -> str:
    day = re.sub(r"^(\d{4}-\d\d-\d\d)T.*", r"\1", value)
    return re.sub(r"-W(\d)$", r"-W0\1", day)


def read(folder: Path) -> Iterator[Marked]:
    """The articles of the set, in the order of their names."""
    archive = folder / "timeml" / "aquaint.tar.xz"
    if not archive.is_file():
        raise TextError(f"{archive}: not there. Give the folder of the gold sets with --gold.")
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda member: member.name):
            content = tar.extractfile(member) if member.name.endswith(".tml") else None
            if content is not None:
                yield _marked(content.read().decode("utf-8", "replace"))


def _marked(source: str) -> Marked:
    body = source[source.index("<TEXT>") + 6 : source.index("</TEXT>")]
    text, wanted, opened = "", [], None
    for piece in re.split(f"({_TAG.pattern})", body):
        if timex := _TIMEX.match(piece):
            opened = len(text), dict(re.findall(r'(\w+)="([^"]*)"', timex[1]))
        elif piece == "</TIMEX3>" and opened:
            start, keys = opened
            own = keys.get("functionInDocument", "NONE") != "NONE"
            wanted.append(Wanted((start, len(text)), keys["type"], keys.get("value", ""), own))
        elif not piece.startswith("<"):
            text += html.unescape(piece)
    dateline = re.match(r"[^\n]{0,60}?--", text.lstrip())
    if dateline:
        start = len(text) - len(text.lstrip())
        wanted.append(Wanted((start, start + dateline.end()), "DATE", "", own=True))
    created = dt.date.fromisoformat(_created(source))
    return Marked(read_text(text, published=(created, created)), wanted)


def _created(source: str) -> str:
    own = source[source.index("<DCT>") : source.index("</DCT>")]
    found = re.search(r'value="(\d{4}-\d\d-\d\d)', own)
    if found is None:
        raise TextError("timeml/aquaint.tar.xz: an article has no date. Unpack the set again.")
    return found[1]
