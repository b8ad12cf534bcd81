"""The cue beside a stretch in quotation marks: its verb, its speaker and what it credits."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from kg.suggest.reading import Paragraph, Reading
from kg.suggest.utterances.cues import forms
from kg.suggest.utterances.marks import (
    Quoted,
    ends_clause,
    opens_sentence,
)
from kg.suggest.utterances.speakers import (
    Speaking,
    after_cue,
    before_cue,
    subject,
    token_at,
)
from kg.text import Span

_WORD: Final = re.compile(r"(?<![-‐‑\w])[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP: Final = re.compile(r"[.!?…](?=\s|$)|[;\n]")
_INITIAL: Final = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Sen|Rep|Gov|Lt|Sgt|Capt|Maj|Jr|St|Rev|Hon|No)$"
)
_THAT: Final = re.compile(r"\bthat\b|\bto\b(?=\s*[\"“])")
_NEAR: Final = 220
_SIGNED: Final = re.compile(r"\s*[—―–]+\s*(?P<who>[A-Z][^\n.;:]{2,80})")
_DETERMINER: Final = re.compile(r"\b(?:the|an?|this|its|his|her|their|of)\s+$", re.IGNORECASE)
_PLAIN: Final = frozenset({"say", "tell", "add", "write", "ask", "read"})
"""The verbs whose plain form is hardly ever another word; "states" and "report" often are."""
_GOES_ON: Final = frozenset(",?!-–—…")
_CLOSE: Final = 6


@dataclass(frozen=True, slots=True)
class Cued:
    """A cue beside a quoted stretch: its verb, its subject, and the rule that found both.

    `around` is all that was said where the marks hold only some of it.
    """

    verb: str
    span: Span
    speaking: Speaking
    rule: str
    around: Span | None = None


def cue_beside(reading: Reading, paragraph: Paragraph, quoted: Quoted) -> Cued | None:
    """The cue of a stretch: after it, before it, a signature or a colon."""
    beside = [_cue_after, _cue_before]
    if not opens_sentence(reading.text, quoted):
        beside.reverse()
    found = (cue(reading.text, paragraph, quoted) for cue in beside)
    return next(filter(None, found), None) or _signature(reading.text, quoted)


def _cue_after(text: str, paragraph: Paragraph, quoted: Quoted) -> Cued | None:
    """“We hold it,” said Varro; “we hold it,” Varro of the northern command told the radio."""
    low, high = quoted.after
    last = text[: quoted.span[1]].rstrip("’'‘ ")[-1:] + text[low : low + 1]
    if last[0] not in _GOES_ON and last[1:] != ",":
        return None
    limit = _sentence_end(text, low, min(high, low + _NEAR))
    for word, verb in _verbs(text, low, limit, paragraph):
        between = text[low : word[0]].strip(" ,”\"'’\u00a0—–-")
        if last[0] not in ",-–—" and last[1:] != "," and len(between.split()) > _CLOSE:
            return None
        found = before_cue(text, low, word[0]) if between else after_cue(text, word[1], limit)
        if found is None:
            continue
        speaking = _by_model(paragraph, word[0], found, low, limit)
        return _after(text, quoted, verb, word, speaking)
    return None


def _after(text: str, quoted: Quoted, verb: str, word: Span, speaking: Speaking) -> Cued:
    """The cue after a stretch; a sentence that began before the marks is said as a whole."""
    start = _sentence_start(text, *quoted.before)
    lead = text[start : quoted.before[1]].strip()
    if not lead or lead.endswith((":", ".", "—", "–")):
        return Cued(verb, word, speaking, "utterances.direct.cue-after")
    start += len(text[start : quoted.before[1]]) - len(text[start : quoted.before[1]].lstrip())
    return Cued(verb, word, speaking, "utterances.mixed.cue-after", (start, quoted.span[1]))


def _by_model(
    paragraph: Paragraph, at: int, speaking: Speaking | None, low: int, high: int
) -> Speaking:
    """The subject as the model sees it where that stands within the same words."""
    token = token_at(paragraph, at)
    found = subject(paragraph, token) if token is not None else None
    if found is None or not (low <= found.speaker[0] and found.speaker[1] <= high):
        return speaking or Speaking((low, low))
    return replace(found, role=found.role or (speaking.role if speaking else None))


def _cue_before(text: str, paragraph: Paragraph, quoted: Quoted) -> Cued | None:
    """Varro said: “We hold it.” She told the radio that “we hold it”."""
    if opens_sentence(text, quoted) and text[: quoted.before[1]].rstrip()[-1:] not in ":…":
        return None
    low, high = quoted.before
    low = _sentence_start(text, max(low, high - _NEAR), high)
    lead = text[low:high].rstrip()
    introduced = lead.endswith((",", ":", "—", "–", "-"))
    for word, verb in reversed(_verbs(text, low, high, paragraph)):
        found = before_cue(text, low, word[0])
        if found is None and paragraph.parsed is None:
            continue
        speaking = _by_model(paragraph, word[0], found, low, high)
        if speaking.speaker[0] == speaking.speaker[1]:
            continue
        between = text[word[1] : high].strip()
        told = _is_told(verb, between) and _is_sentence(text, quoted)
        if told or (introduced and " that " not in f" {between}") or between == "":
            if not ends_clause(text, quoted):
                around = (quoted.span[0], _sentence_end(text, *quoted.after))
                return Cued(verb, word, speaking, "utterances.mixed.within", around)
            return Cued(verb, word, speaking, "utterances.direct.cue-before")
        around = _reported(text, word[1], quoted)
        return Cued(verb, word, speaking, "utterances.mixed.within", around)
    if lead.endswith(":"):
        return _colon(text, low, low + len(lead))
    return None


def _is_told(verb: str, between: str) -> bool:
    """Whether only whom a speaker told stands between the cue and the words."""
    return verb == "tell" and len(between.split()) < _CLOSE and not between.endswith("that")


def _is_sentence(text: str, quoted: Quoted) -> bool:
    """Whether a stretch begins with a capital and ends with a stop."""
    return text[quoted.span[0] : quoted.span[1]].lstrip()[:1].isupper() and ends_clause(
        text, quoted
    )


def _reported(text: str, start: int, quoted: Quoted) -> Span:
    """What follows a cue verb, from its “that” on where it has one, to the end of the sentence."""
    that = _THAT.search(text, start, quoted.before[1])
    low = that.start() if that else start
    low += len(text[low : quoted.before[1]]) - len(text[low : quoted.before[1]].lstrip())
    closing = text[quoted.span[0] : quoted.span[1]].rstrip()[-1:]
    if closing in ".!?":
        return low, quoted.span[1]
    return low, _sentence_end(text, quoted.after[0], quoted.after[1])


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


def _verbs(text: str, low: int, high: int, paragraph: Paragraph) -> list[tuple[Span, str]]:
    """The cue verbs of a stretch: where each stands and which it is."""
    found = []
    for word in _WORD.finditer(text, low, high):
        verb = forms().get(word.group())
        if verb is None or (verb == word.group() and verb not in _PLAIN):
            continue
        if _DETERMINER.search(text, max(low, word.start() - 8), word.start()):
            continue
        token = token_at(paragraph, word.start())
        if token is None or token.pos_ in ("VERB", "AUX") or verb in _PLAIN:
            found.append((word.span(), verb))
    return found


def _sentence_end(text: str, low: int, high: int) -> int:
    """Where the sentence that goes on at `low` ends, abbreviations passed over."""
    for stop in _STOP.finditer(text, low, high):
        if stop.start() > low + 1 and not _INITIAL.search(
            text, max(low, stop.start() - 5), stop.start()
        ):
            return stop.start()
    return high


def _sentence_start(text: str, low: int, high: int) -> int:
    """Where the sentence that ends at `high` begins."""
    start = low
    for stop in _STOP.finditer(text, low, high):
        if text[stop.end() : high].strip() and not _INITIAL.search(
            text, max(low, stop.start() - 5), stop.start()
        ):
            start = stop.end()
    return start
