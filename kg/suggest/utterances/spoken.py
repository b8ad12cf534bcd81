"""Speech in quotation marks told from scare quotes and titles, with its cue and its speaker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.suggest.found import By, Utterance
from kg.suggest.reading import Reading
from kg.suggest.utterances.beside import Cued, cue_beside
from kg.suggest.utterances.marks import (
    Quoted,
    ends_clause,
    opens_paragraph,
    opens_sentence,
    quoted_in,
)
from kg.text import Span, count_words


def spoken(reading: Reading, stretches: list[Span]) -> Iterator[Utterance]:
    """The utterances among the stretches in quotation marks, some with no speaker yet."""
    pending: Utterance | None = None
    for quoted, found in _found(reading, stretches):
        if pending is not None and _goes_on(reading.text, pending, found, quoted):
            pending = _joined(pending, found)
            continue
        if pending is not None:
            yield pending
        pending = found
    if pending is not None:
        yield pending


def _found(reading: Reading, quotations: list[Span]) -> Iterator[tuple[Quoted, Utterance]]:
    """The stretches that somebody speaks, each as an utterance of its own."""
    previous = (0, 0)
    for paragraph, stretches in quoted_in(reading, quotations):
        if stretches and opens_paragraph(reading.text, stretches[0]):
            before = _announced(reading.text, previous, stretches[0].before)
            stretches[0] = replace(stretches[0], before=before)
        for quoted in stretches:
            found = _utterance(reading, quoted, cue_beside(reading, paragraph, quoted))
            if found is not None:
                yield quoted, found
        previous = (paragraph.start, paragraph.end)


def _announced(text: str, previous: Span, before: Span) -> Span:
    """What stands before a stretch, or the paragraph before it where that ends with a colon."""
    return previous if text[previous[0] : previous[1]].rstrip().endswith(":") else before


def _goes_on(text: str, before: Utterance, found: Utterance, quoted: Quoted) -> bool:
    """Whether a stretch is a further piece of what was said before it."""
    last = before.content[-1][1]
    if found.cue is not None and found.cue == before.cue:
        return True
    if not found.form == before.form == "direct":
        return False
    between = text[last : quoted.span[0]].strip("\"“”'’ ")
    if between.strip():
        return False
    return "\n" not in between or text[last : last + 1] in ("\n", "")


def _joined(before: Utterance, found: Utterance) -> Utterance:
    """Both as one; the pieces of a broken quotation are as direct as its first."""
    cued = before if before.cue is not None else found
    *whole, (start, end) = before.content
    first, *others = found.content
    if first[0] <= end:
        return replace(cued, content=(*whole, (start, max(end, first[1])), *others))
    return replace(cued, content=before.content + found.content)


def _utterance(reading: Reading, quoted: Quoted, cued: Cued | None) -> Utterance | None:
    """The utterance that a stretch is, or None where nothing says that anybody spoke it."""
    text, words = reading.text, count_words(reading.words(quoted.span))
    if cued is None:
        whole = opens_sentence(text, quoted) and ends_clause(text, quoted)
        because = "a whole sentence in quotation marks, no cue beside it"
        carried = By("utterances.direct.carried", because)
        return Utterance("direct", (quoted.span,), carried) if whole and words >= 3 else None
    because = f"“{reading.words(cued.span)}” ({cued.verb}) credits the words in quotation marks"
    return Utterance(
        "direct" if cued.around is None else "mixed",
        (cued.around or quoted.span,),
        By(cued.rule, because),
        cue=cued.span,
        speaker=cued.speaking.speaker,
        role=cued.speaking.role,
    )
