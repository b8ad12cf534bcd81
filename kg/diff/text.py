"""The difference in words, for a terminal or a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.diff.answers import AnswerChange
from kg.diff.compare import Difference, Section
from kg.diff.plain import counted, listed
from kg.diff.thing import CAME, CHANGED, WENT, Entry

SIGNS: Final = {CAME: "+", WENT: "-", CHANGED: "~"}
PLACES: Final = 20
"""Places whose timelines changed that are named."""


def as_text(found: Difference) -> str:
    """The whole difference, a thing or an answer a paragraph."""
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: Difference) -> Iterator[str]:
    yield f"from  {found.old.name}  {found.old.date}  {found.old.holds}"
    yield f"to    {found.new.name}  {found.new.date}  {found.new.holds}"
    yield ""
    yield headline(found)
    if found.said:
        yield ""
        yield from found.said
    for section in found.sections:
        yield from _section(section)
    if found.others:
        yield from ("", f"ALSO CHANGED, and not told one by one: {found.others}")
    if found.timelines:
        yield from ("", f"TIMELINES: {timelines_line(found)}")
    if not found.same:
        yield from _answers(found)


def headline(found: Difference) -> str:
    """How much differs, in a sentence."""
    if found.same:
        return f"Both releases hold the same statements (sha256:{found.new.digest})."
    return f"{counted(found.removed, 'statement')} went, {found.added:,} came."


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"{section.title.upper()}: {section.summary}"
    for entry, within in headed(section.entries):
        if within:
            yield f"in “{within}”"
        yield from _entry(entry)
    if section.cut:
        yield f"… and {section.cut:,} more; --most tells more of them"


def headed(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Each entry, and the title of its article where it is not that of the one before."""
    last = ""
    for entry in entries:
        yield entry, entry.within if entry.within != last else ""
        last = entry.within


def timelines_line(found: Difference) -> str:
    """The timelines of 2 places changed: Aven bridge, Holm."""
    places = found.timelines
    whose = "timeline of 1 place" if len(places) == 1 else f"timelines of {len(places):,} places"
    return f"The {whose} changed: {listed(places, PLACES)}."


def answers_line(found: Difference) -> str:
    """How many answers changed, in a sentence."""
    number = len(found.answers.changes)
    return f"{counted(number, 'answer')} changed." if number else "No answer changed."


def _entry(entry: Entry) -> Iterator[str]:
    yield f"{SIGNS[entry.how]} {entry.name}"
    if entry.about:
        yield f"    {entry.about}"
    for detail in entry.details:
        yield f"    {detail.property}: {detail.says}"


def _answers(found: Difference) -> Iterator[str]:
    answers = found.answers
    yield ""
    yield f"ANSWERS: {answers_line(found)}"
    last = ""
    for change in answers.changes:
        if change.question != last:
            yield f"{change.title} ({change.question})"
            last = change.question
        yield from _change(change)
    yield from (f"… {cut}; --most tells more" for cut in answers.cut)
    yield f"asked: {listed(answers.asked, len(answers.asked))}"


def _change(change: AnswerChange) -> Iterator[str]:
    if change.about:
        yield f"  {change.about}"
    yield from (f"  - {row}" for row in change.gone)
    yield from (f"  + {row}" for row in change.new)
    if change.why:
        yield f"      because {listed(change.why)}"
