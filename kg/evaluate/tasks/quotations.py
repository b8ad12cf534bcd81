"""Quotations and attributions, measured against PolNeAR (gold/polnear/dev.tar.xz).

What counts. The words compared are letters and digits, so that marks and spaces do not matter.

- Two contents are the same when they share at least half of the letters that either has
  (intersection over union ≥ .5). Pairs are one to one, the best first.
- A direct quotation has at least nine tenths of its letters between quotation marks and at least
  four words: fewer are mostly terms, titles and scare quotes. The same test picks those wanted and
  those proposed, whatever form a rule gave them. A wanted one is found when any proposal is the
  same; a proposed one is right when any attribution is, as annotators often take in words around
  the marks. `quotation-strict` has neither allowance: of any length, and direct on both sides.
- The speaker is right when the words proposed share a letter's place with the annotated source, or
  else end in the same word ("Ines Varro", "Colonel Varro"). A pronoun is right only where the
  annotators chose a pronoun in that very place. A quotation without an annotated source is counted
  as wanted, and no speaker is right for it.
- PolNeAR's attributions do not nest: a proposal relayed by another one is not counted.

Measures: `quotation`, `quotation-speaker` (found, and the speaker right), `quotation-strict`,
`attribution` (all attributions, with a source or without).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kg.errors import ModelError
from kg.evaluate.counts import Measured
from kg.evaluate.tasks.polnear import Annotated, Attributed, read_polnear
from kg.suggest.found import Utterance
from kg.suggest.model import Model, load_model, parse
from kg.suggest.reading import Reading, read_text
from kg.suggest.utterances import attribute
from kg.text import Span, count_words, quoted

ARCHIVE: Final = "polnear/dev.tar.xz"
_SHARED: Final = 0.5
_QUOTED: Final = 0.9
_LEAST: Final = 4

Pair = tuple[Utterance, Attributed]


def measure(folder: Path) -> list[Measured]:
    """The measures over the development articles, with the model where one is installed.

    `folder` is that of the gold sets. Without a model only words in quotation marks are proposed.
    """
    try:
        model = load_model()
    except ModelError:
        model = None
    return measure_with(model, folder)


def measure_with(model: Model | None, folder: Path) -> list[Measured]:
    """The same with a model, or without any."""
    names = ("quotation", "quotation-speaker", "quotation-strict", "attribution")
    direct, speaking, strict, everything = (Measured(name) for name in names)
    articles = read_polnear(folder / ARCHIVE)
    for article, reading in zip(articles, _readings(articles, model), strict=True):
        proposed = [u for u in attribute(reading, []) if u.relayed_by is None]
        wanted = list(article.attributions)
        text, inside = article.text, _between_marks(article.text)
        said = [u for u in proposed if _is_direct(text, u.content, inside, _LEAST)]
        gold = [a for a in wanted if _is_direct(text, a.content, inside, _LEAST)]
        right, found = match(text, said, wanted), match(text, proposed, gold)
        _count(direct, said, right, found, gold)
        credited = [[p for p in pairs if is_speaker_right(text, *p)] for pairs in (right, found)]
        _count(speaking, said, credited[0], credited[1], gold)
        said = [u for u in proposed if _is_direct(text, u.content, inside, 1)]
        gold = [a for a in wanted if _is_direct(text, a.content, inside, 1)]
        _count(strict, said, same := match(text, said, gold), same, gold)
        _count(everything, proposed, same := match(text, proposed, wanted), same, wanted)
    return [direct, speaking, strict, everything]


def _readings(articles: list[Annotated], model: Model | None) -> Iterator[Reading]:
    readings = (read_text(article.text) for article in articles)
    return parse(model, readings) if model else readings


def _count(
    measured: Measured,
    proposed: list[Utterance],
    right: list[Pair],
    found: list[Pair],
    wanted: list[Attributed],
) -> None:
    """Counts one article: which proposals are right, and how much of what is wanted is found."""
    good = {id(utterance) for utterance, _ in right}
    judged = [(utterance.by.rule, id(utterance) in good) for utterance in proposed]
    measured.add(judged, len(found), len(wanted))


def _between_marks(text: str) -> set[int]:
    return {i for start, end in quoted(text) for i in range(start, end)}


def _is_direct(text: str, content: tuple[Span, ...], inside: set[int], least: int) -> bool:
    letters = _letters(text, content)
    words = sum(count_words(text[start:end]) for start, end in content)
    return bool(letters) and len(letters & inside) >= _QUOTED * len(letters) and words >= least


def match(text: str, proposed: list[Utterance], wanted: Iterable[Attributed]) -> list[Pair]:
    """The pairs whose contents share at least half, each of both in at most one."""
    ours = [(u, _letters(text, u.content)) for u in proposed]
    theirs = [(a, _letters(text, a.content)) for a in wanted]
    shares = [
        (-len(mine & gold) / len(mine | gold), i, k)
        for i, (_, mine) in enumerate(ours)
        for k, (_, gold) in enumerate(theirs)
        if mine & gold
    ]
    pairs: dict[int, int] = {}
    for share, i, k in sorted(shares):
        if -share >= _SHARED and i not in pairs and k not in pairs.values():
            pairs[i] = k
    return [(ours[i][0], theirs[k][0]) for i, k in pairs.items()]


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def is_speaker_right(text: str, proposed: Utterance, wanted: Attributed) -> bool:
    """Whether both name the same words for who spoke."""
    if proposed.speaker is None or not wanted.source:
        return False
    if _letters(text, [proposed.speaker]) & _letters(text, wanted.source):
        return True
    mine = _words(text, [proposed.speaker])
    gold = _words(text, wanted.source)
    return bool(mine and gold) and len(mine[-1]) > 2 and mine[-1] == gold[-1] != "they"


def _words(text: str, spans: Iterable[Span]) -> list[str]:
    joined = " ".join(text[start:end] for start, end in spans)
    return re.findall(r"\w+", re.sub(r"['’]s\b", "", joined).lower())
