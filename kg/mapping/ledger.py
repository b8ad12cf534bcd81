"""The ledger: which sentences of an article carry a statement, and which do not say why not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.mapping.anchor import Located
from kg.mapping.document import Mapping, anchors
from kg.text import Span, occurrences, overlaps, quoted, sentences

_COUNTING = ("voice", "claim", "nothing")


@dataclass(frozen=True, slots=True)
class Ledger:
    """An article's sentences, and those that nothing accounts for."""

    sentences: tuple[Span, ...]
    open: tuple[Span, ...]


def ledger(text: str, located: Located) -> Ledger:
    """What is accounted for: each sentence overlaps a claim, a voice or a [[nothing]]."""
    spans = [span for path, at in located.spans.items() if path[0] in _COUNTING for span in at]
    found = tuple(sentences(text, located.parts()))
    return Ledger(found, tuple(s for s in found if not overlaps(s, spans)))


def repeated_share(text: str, mapping: Mapping, located: Located, names: Iterable[str]) -> float:
    """The share of an article's words that its mapping repeats.

    Counted are the words of the parts that stand outside quotation marks and in no name; `names`
    are the labels of actors and places, and the words of mentions are names too.
    """
    marks = quoted(text)
    typed = _typed_spans(mapping, located)
    named = _name_spans(text, located, names)
    total = repeated = 0
    for word in _words(text, located.parts()):
        if not overlaps(word, marks) and not overlaps(word, named):
            total += 1
            repeated += overlaps(word, typed)
    return repeated / total if total else 0.0


def _typed_spans(mapping: Mapping, located: Located) -> list[Span]:
    """The stretches whose words the mapping types in full."""
    found: list[Span] = []
    for path, anchor in anchors(mapping):
        at = located.spans.get(path, ())
        if anchor.words:
            found += at
        elif at and anchor.first and anchor.last:
            start, end = at[0][0], at[-1][1]
            found += [(start, start + len(anchor.first)), (end - len(anchor.last), end)]
    return found


def _name_spans(text: str, located: Located, names: Iterable[str]) -> list[Span]:
    mentioned = [s for path, at in located.spans.items() if path[0] == "mention" for s in at]
    whole = [(0, len(text))]
    return mentioned + [(s, s + len(n)) for n in names for s in occurrences(text, n, whole)]


def _words(text: str, ranges: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for low, high in ranges:
        found += [m.span() for m in re.compile(r"\S*\w\S*").finditer(text, low, high)]
    return found
