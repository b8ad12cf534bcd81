"""Quotations and attributions, measured against PolNeAR (gold/polnear/dev.tar.xz).

What counts. The words compared are letters and digits, so that marks and spaces do not matter.

- An attribution is found when a proposal's content and its content share at least half of the
  letters that either has (intersection over union ≥ .5). Pairs are one to one, the best first.
- A direct quotation is one of which at least nine tenths of the letters stand between quotation
  marks. The same test picks those wanted and those proposed, whatever form a rule gave them.
- The speaker is right when the words proposed for it share a word with the annotated source where
  they overlap in the text, or else end in the same word ("Ines Varro", "Colonel Varro"). A pronoun
  is right only where the annotators chose that very pronoun. Quotations without an annotated
  source have no right speaker to find.
- PolNeAR's attributions do not nest: a proposal relayed by another one is not counted.

Measures: `quotation`, `quotation-speaker` (found and with the right speaker), `attribution`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.evaluate.counts import Measured
from kg.evaluate.tasks.polnear import Annotated, Attributed, read_polnear
from kg.suggest.found import Utterance
from kg.suggest.model import Model, parse
from kg.suggest.reading import Reading, read_text
from kg.suggest.utterances import attribute
from kg.text import Span, quoted

ARCHIVE: Final = "polnear/dev.tar.xz"
_SHARED: Final = 0.5
_QUOTED: Final = 0.9

Pair = tuple[Utterance, Attributed]


@dataclass(frozen=True, slots=True)
class Matched:
    """An article's proposals, what is wanted, and the pairs of both that are the same."""

    text: str
    proposed: list[Utterance]
    wanted: list[Attributed]
    pairs: list[Pair]

    def measure(self, measured: Measured, right: Iterable[Pair]) -> None:
        """Counts the article's pairs that are right."""
        good = [id(utterance) for utterance, _ in right]
        judged = [(u.by.rule, id(u) in good) for u in self.proposed]
        measured.add(judged, len(good), len(self.wanted))


def measure(folder: Path, model: Model | None = None) -> list[Measured]:
    """Quotations found, found with the right speaker, and all attributions found."""
    direct, speaking, everything = (
        Measured(name) for name in ("quotation", "quotation-speaker", "attribution")
    )
    articles = read_polnear(folder / ARCHIVE)
    for article, reading in zip(articles, _readings(articles, model), strict=True):
        proposed = [u for u in attribute(reading, []) if u.relayed_by is None]
        quotations = match_quotations(article, proposed)
        quotations.measure(direct, quotations.pairs)
        quotations.measure(
            speaking, [p for p in quotations.pairs if is_speaker_right(article.text, *p)]
        )
        matched = match(article.text, proposed, article.attributions)
        matched.measure(everything, matched.pairs)
    return [direct, speaking, everything]


def _readings(articles: list[Annotated], model: Model | None) -> Iterator[Reading]:
    readings = (read_text(article.text) for article in articles)
    return parse(model, readings) if model else readings


def match_quotations(article: Annotated, proposed: Iterable[Utterance]) -> Matched:
    """The direct quotations among the proposals and among the attributions, matched."""
    inside = {i for start, end in quoted(article.text) for i in range(start, end)}
    said = [u for u in proposed if _is_quoted(_letters(article.text, u.content), inside)]
    wanted = [
        a for a in article.attributions if _is_quoted(_letters(article.text, a.content), inside)
    ]
    return match(article.text, said, wanted)


def _is_quoted(letters: set[int], inside: set[int]) -> bool:
    return bool(letters) and len(letters & inside) >= _QUOTED * len(letters)


def match(text: str, proposed: Iterable[Utterance], wanted: Iterable[Attributed]) -> Matched:
    """The pairs whose contents share at least half, each of both in at most one."""
    ours = [(u, _letters(text, u.content)) for u in proposed]
    theirs = [(a, _letters(text, a.content)) for a in wanted]
    shares = [
        (-len(mine & gold) / len(mine | gold), i, k)
        for i, (_, mine) in enumerate(ours)
        for k, (_, gold) in enumerate(theirs)
        if mine & gold
    ]
    taken, used, pairs = set(), set(), []
    for share, i, k in sorted(shares):
        if -share >= _SHARED and i not in taken and k not in used:
            taken.add(i)
            used.add(k)
            pairs.append((ours[i][0], theirs[k][0]))
    return Matched(text, [u for u, _ in ours], [a for a, _ in theirs], pairs)


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
