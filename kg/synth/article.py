"""One generated article: its text and its mapping, written together, scene by scene."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Final

from kg.mapping.document import Anchor, Article, Coding, Mapping, Part, Published
from kg.synth import reports, scenes
from kg.synth.theatre import ARTICLES, Happening, Theatre
from kg.synth.writing import Writing
from kg.text import digest

Scene = Callable[[Writing, Happening], None]

TOLD: Final = 6
"""How many of its theatre's happenings an article tells."""

_REPORTS: Final[tuple[Scene, ...]] = (
    reports.report_plainly,
    reports.report_relayed,
    reports.report_by_monitor,
    reports.report_by_winner,
    reports.report_by_loser,
    reports.report_loss,
)
_SCENES: Final[tuple[tuple[Scene, float], ...]] = (
    (scenes.state, 0.5),
    (scenes.presence, 0.4),
    (scenes.fighting, 0.4),
    (scenes.advance, 0.25),
    (scenes.dead, 0.6),
    (scenes.displaced, 0.25),
    (scenes.share, 0.2),
)
"""What may follow a report, and how often it does."""
_BACKGROUND: Final = (
    "Snow lay on the passes.",
    "The river is older than its towns.",
    "Traders once met here in spring.",
)
_END: Final = "Nobody answered the telephone."


def slug_of(number: int) -> str:
    """The id of a generated article."""
    return f"report-{number:05d}"


def write_article(theatre: Theatre, number: int, seed: int) -> tuple[str, Mapping]:
    """The text and the mapping of one article of a theatre."""
    rng = Random(f"{seed}/{theatre.number}/{number}")
    told = sorted(rng.sample(theatre.happenings, TOLD), key=lambda h: h.day)
    published = told[-1].day + dt.timedelta(days=rng.randrange(3))
    writing = Writing(theatre, rng, published)
    for happening in told:
        _tell(writing, happening)
    scenes.plan(writing, told[0])
    _repeat(writing, number)
    if writing.chance(0.35):
        reports.denial(writing, told[-1])
    writing.nothing(_END, "no-territory")
    return writing.text.rstrip(), _mapping(writing, number)


def _tell(writing: Writing, happening: Happening) -> None:
    """One or two reports of a happening, what surrounds it, and a pause."""
    for report in writing.rng.sample(_REPORTS, 1 + writing.chance(0.5)):
        report(writing, happening)
    for scene, often in _SCENES:
        if writing.chance(often):
            scene(writing, happening)
    if writing.chance(0.5):
        writing.nothing(writing.rng.choice(_BACKGROUND), "background")


def _repeat(writing: Writing, number: int) -> None:
    """The statement that a theatre's first article prints, and some others repeat."""
    first = slug_of(writing.theatre.number * ARTICLES)
    if slug_of(number) == first:
        reports.statement(writing, None)
    elif writing.chance(0.3):
        reports.statement(writing, f"{first}.{reports.STATEMENT}")


def _mapping(writing: Writing, number: int) -> Mapping:
    text = writing.text.rstrip()
    outlets = list(writing.theatre.outlets)
    first = " ".join(text.split(" ")[:2])
    return Mapping(
        format=1,
        status="reviewed",
        article=Article(
            title=f"Report {number} from theatre {writing.theatre.number}",
            publisher=outlets[number % len(outlets)],
            language="en",
            published=Published(on=writing.published, basis="stated"),
            digest=digest(text.encode("utf-8")),
        ),
        coding=Coding("generator", writing.published, "generator", None, "1"),
        parts=(Part("body", Anchor(first=first, last=_END, nth=(1,), at=((0, len(text)),))),),
        voices=writing.voices,
        claims=writing.claims,
        mentions=writing.mentions,
        nothings=tuple(writing.nothings),
    )
