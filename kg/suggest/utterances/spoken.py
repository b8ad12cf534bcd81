"""Speech in quotation marks told from scare quotes and titles, with its cue and its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.suggest.found import By, Utterance
from kg.suggest.reading import Paragraph, Reading
from kg.suggest.utterances.cues import forms
from kg.suggest.utterances.marks import Quoted, ends_clause, opens_sentence, quoted_in
from kg.suggest.utterances.speakers import Speaking, after_cue, before_cue, subject
from kg.text import Span, count_words

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP: Final = re.compile(r"[.!?…](?=\s|$)|[;\n]")
_INITIAL: Final = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Sen|Rep|Gov|Lt|Sgt|Capt|Maj|Jr|St)$")
_NEAR: Final = 220
_SIGNED: Final = re.compile(r"\s*[—―–]+\s*(?P<who>[A-Z][^\n.;:]{2,80})")
_NOT_VERBS: Final = frozenset({"statement"})


@dataclass(frozen=True, slots=True)
class Cued:
    """A cue beside a quoted stretch: its verb, its subject, and the rule that found both."""

    verb: str
    span: Span
    speaking: Speaking | None
    rule: str


def spoken(reading: Reading) -> Iterator[Utterance]:
    """The utterances in quotation marks; those whose cue stands elsewhere have no speaker yet."""
    for paragraph, stretches in quoted_in(reading):
        pending: Utterance | None = None
        for quoted in stretches:
            cued = _cue(reading, paragraph, quoted)
            found = _utterance(reading, quoted, cued)
            if found is None:
                continue
            if pending is not None and _goes_on(reading.text, pending, found, quoted):
                pending = _joined(pending, found)
                continue
            if pending is not None:
                yield pending
            pending = found
        if pending is not None:
            yield pending


def _goes_on(text: str, before: Utterance, found: Utterance, quoted: Quoted) -> bool:
    """Whether a stretch is a further piece: it has no cue of its own, or shares the one between."""
    if found.form != "direct" or before.form != "direct":
        return False
    if found.cue is None:
        return not _STOP.search(text, *quoted.before) or before.cue is not None or (
            not text[quoted.before[0] : quoted.before[1]].strip()
        )
    return before.cue in (None, found.cue) and before.content[-1][1] + 1 >= quoted.before[0]


def _joined(before: Utterance, found: Utterance) -> Utterance:
    cued = before if before.cue is not None else found
    return replace(cued, content=before.content + found.content)


def _utterance(reading: Reading, quoted: Quoted, cued: Cued | None) -> Utterance | None:
    """The utterance that a stretch is, or None where nothing says that anybody spoke it."""
    text, words = reading.text, count_words(reading.words(quoted.span))
    whole = opens_sentence(text, quoted) and ends_clause(text, quoted)
    if cued is None:
        if not (whole and words >= 3):
            return None
        by = By("utterances.direct.carried", "a whole sentence in quotation marks, no cue beside it")
        return Utterance("direct", (quoted.span,), by)
    form = "mixed" if cued.rule.endswith("within") else "direct"
    because = f"“{reading.words(cued.span)}” ({cued.verb}) credits the words in quotation marks"
    speaking = cued.speaking
    return Utterance(
        form,  # type: ignore[arg-type]
        (quoted.span,),
        By(cued.rule, because),
        cue=cued.span,
        speaker=speaking.speaker if speaking else None,
        role=speaking.role if speaking else None,
    )


def _cue(reading: Reading, paragraph: Paragraph, quoted: Quoted) -> Cued | None:
    """The cue of a stretch: after it, before it, a signature or a colon."""
    return (
        _cue_after(reading, paragraph, quoted)
        or _cue_before(reading, paragraph, quoted)
        or _signature(reading.text, quoted)
    )


def _cue_after(reading: Reading, paragraph: Paragraph, quoted: Quoted) -> Cued | None:
    """“We hold it,” said Varro; “we hold it,” Varro of the northern command told the radio."""
    text = reading.text
    if not ends_clause(text, quoted):
        return None
    low, high = quoted.after
    limit = _sentence_end(text, low, min(high, low + _NEAR))
    if text[low : low + 1] == "." and text[quoted.span[1] - 1] not in ",?!":
        return None
    for word in _WORD.finditer(text, low, limit):
        verb = _verb(word.group())
        if verb is None:
            continue
        between = text[low : word.start()].strip(" ,”\"'’\u00a0—–-")
        if not between:
            speaking = after_cue(text, word.end(), limit)
        else:
            speaking = before_cue(text, low, word.start())
        if speaking is None:
            continue
        speaking = _by_model(paragraph, word.start(), speaking, low, limit)
        return Cued(verb, word.span(), speaking, "utterances.direct.cue-after")
    return None


def _by_model(
    paragraph: Paragraph, at: int, speaking: Speaking, low: int, high: int
) -> Speaking:
    """The subject as the model sees it where that stands within the same words."""
    if paragraph.parsed is None:
        return speaking
    tokens = paragraph.parsed.char_span(
        at - paragraph.start, at - paragraph.start + 1, alignment_mode="expand"
    )
    found = subject(paragraph, tokens[0]) if tokens else None
    if found is None or not (low <= found.speaker[0] and found.speaker[1] <= high):
        return speaking
    return replace(found, role=found.role or speaking.role)


def _cue_before(reading: Reading, paragraph: Paragraph, quoted: Quoted) -> Cued | None:
    """Varro said: “We hold it.” She told the radio that “we hold it”."""
    text = reading.text
    low, high = quoted.before
    low = _sentence_start(text, max(low, high - _NEAR), high)
    lead = text[low:high].rstrip()
    introduced = lead.endswith((",", ":", "—", "–", "-"))
    found = [w for w in _WORD.finditer(text, low, high) if _verb(w.group())]
    for word in reversed(found):
        between = text[word.end() : high].strip()
        close = len(between.split()) <= (14 if introduced else 3)
        if not close:
            continue
        speaking = before_cue(text, low, word.start())
        if speaking is None and paragraph.parsed is None:
            continue
        speaking = _by_model(paragraph, word.start(), speaking or Speaking((low, low)), low, high)
        if speaking.speaker == (low, low):
            continue
        integrated = not introduced and between.lower() not in ("", "that")
        rule = "utterances.mixed.within" if integrated else "utterances.direct.cue-before"
        return Cued(_verb(word.group()) or "", word.span(), speaking, rule)
    if lead.endswith(":"):
        return _colon(text, low, low + len(lead))
    return None


def _colon(text: str, low: int, high: int) -> Cued | None:
    """Varro: “We hold it.”, or a sentence that ends in a colon before the words."""
    speaking = before_cue(text, low, high - 1)
    if speaking is None:
        return None
    return Cued(":", (high - 1, high), speaking, "utterances.direct.colon")


def _signature(text: str, quoted: Quoted) -> Cued | None:
    """“We hold it.” — Ines Varro"""
    signed = _SIGNED.match(text, quoted.after[0], quoted.after[1])
    if signed is None:
        return None
    who = after_cue(text, *signed.span("who"))
    dash = (signed.start(), signed.start("who"))
    return Cued("—", dash, who, "utterances.direct.signature") if who else None


def _verb(word: str) -> str | None:
    return forms().get(word) or forms().get(word.lower())


def _sentence_end(text: str, low: int, high: int) -> int:
    """Where the sentence that goes on at `low` ends, abbreviations passed over."""
    for stop in _STOP.finditer(text, low, high):
        if stop.start() > low + 1 and not _INITIAL.search(text, max(low, stop.start() - 5), stop.start()):
            return stop.start()
    return high


def _sentence_start(text: str, low: int, high: int) -> int:
    """Where the sentence that ends at `high` begins."""
    start = low
    for stop in _STOP.finditer(text, low, high):
        if text[stop.end() : high].strip() and not _INITIAL.search(text, max(low, stop.start() - 5), stop.start()):
            start = stop.end()
    return start
