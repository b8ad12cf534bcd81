"""Denials of what was told before: "the League denied it", "a colonel disputes this"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from kg.suggest.control.frames import cues
from kg.suggest.control.governed import is_negated, modals
from kg.suggest.found import By, Statement
from kg.suggest.reading import Paragraph, Reading
from kg.suggest.tokens import Token
from kg.text import Span

_BACK: Final = 2
"""How many sentences back a denial reaches."""
_POINTING: Final = frozenset(("it", "this", "that", "them", "these", "those"))
_DETERMINERS: Final = frozenset(("the", "this", "that", "these", "those", "such", "both", "its"))


_DENYING: Final = re.compile(
    r"\b(?:den[iy]|disput|reject|dismiss|refut|contest|contradict|rebut|repudiat|disavow"
    r"|call|describ|brand|label|term)"
)
"""How the verbs of a denial begin: most paragraphs have none."""


def reply(reading: Reading, told: Sequence[Statement]) -> list[Statement]:
    """A denial for each verb that denies what it only points to, of the last statement before."""
    if not told or not _DENYING.search(reading.plain):
        return []
    return [
        Statement(span, By("control.reply", f"'{verb.lower_}' denies it"), denies=denied)
        for paragraph in reading.paragraphs
        for verb, span in _denying(paragraph)
        if (denied := _last_before(span, reading, told)) is not None
    ]


def _denying(paragraph: Paragraph) -> Iterator[tuple[Token, Span]]:
    """The verbs that deny or belittle what a word points to, with the words of both."""
    if paragraph.parsed is None:
        return
    for verb in paragraph.parsed.having(_verbs()):
        pointing = _pointing(verb)
        if verb.pos_ == "VERB" and pointing is not None and not is_negated(verb):
            last = max(verb, pointing, key=lambda t: t.i)
            end = paragraph.start + last.idx + len(last)
            if not modals(verb) & {"would", "could", "might", "may"}:
                yield verb, (paragraph.start + verb.idx, end)


@cache
def _verbs() -> frozenset[str]:
    """The lemmas with which something is denied."""
    return cues()["replying"] | cues()["calling"]


def _pointing(verb: Token) -> Token | None:
    """The object of a verb that points back: "it", "these claims"; what is called a lie."""
    below = [c for c in verb.children if c.dep_ in ("dobj", "nsubj", "ccomp", "oprd")]
    below += [c for other in below for c in other.children if c.dep_ == "nsubj"]
    objects = [c for c in below if c.i > verb.i]
    if verb.lemma_.lower() in cues()["calling"]:
        words = {t.lemma_.lower() for t in verb.doc[verb.i : verb.sent.end]}
        objects = objects if words & cues()["belittling"] else []
    return next((c for c in objects if _points_back(c)), None)


def _points_back(noun: Token) -> bool:
    if noun.lower_ in _POINTING:
        return True
    beside = {c.lower_ for c in noun.children if c.dep_ == "det"}
    told_more = any(c.dep_ in ("acl", "relcl", "prep", "ccomp") for c in noun.children)
    return noun.lemma_ in cues()["accounts"] and bool(beside & _DETERMINERS) and not told_more


def _last_before(span: Span, reading: Reading, told: Sequence[Statement]) -> Statement | None:
    """The statement told last before some words, in their sentence or those right before."""
    starts = [start for start, _ in reading.sentences if start <= span[0]][-(_BACK + 1) :]
    near = [s for s in told if starts and starts[0] <= s.span[0] and s.span[1] <= span[0]]
    return max(near, key=lambda s: s.span, default=None)
