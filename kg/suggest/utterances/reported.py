"""What is reported without quotation marks, or with only some in them, as the model parses it.

A cue is a verb of the lexicon, a noun of saying, or "according to"; what is said is the part of the
sentence that the cue governs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.suggest.found import By, Utterance
from kg.suggest.reading import Paragraph, Reading
from kg.suggest.tokens import Parsed, Token
from kg.suggest.utterances.cues import nouns, senses
from kg.suggest.utterances.governed import (
    Tokens,
    beside_saying,
    governed,
    is_infinitive,
    is_passive,
    whole,
)
from kg.suggest.utterances.speakers import Speaking, spoken_by, subject
from kg.text import Span, overlaps

_BY_ANOTHER: Final = frozenset({"cite", "quote"})
_SAYING: Final = frozenset(
    {"say", "note", "argue", "claim", "insist", "warn", "acknowledge", "concede"}
    | {"allege", "assert"}
)
_HOLDING: Final = ("dobj", "nsubjpass", "attr")


@dataclass(frozen=True, slots=True)
class Reported:
    """What a cue governs, in the model's tokens."""

    cue: Token
    content: Tokens
    speaking: Speaking | None
    rule: str
    sense: str


def reported(reading: Reading, stretches: list[Span]) -> Iterator[Utterance]:
    """The reported utterances of a parsed article; none where there is no model.

    Cues within the stretches that are in quotation marks are the speakers' own and left alone.
    """
    for paragraph in reading.paragraphs:
        if paragraph.parsed is None:
            continue
        for token in paragraph.parsed.having(_lemmas()):
            found = _reported(paragraph, token)
            span = (paragraph.start + token.idx, paragraph.start + token.idx + len(token))
            if found is not None and not overlaps(span, stretches):
                yield from _utterances(reading, paragraph, found, span, stretches)


@cache
def _lemmas() -> frozenset[str]:
    """The lemmas of cues; that of "according" hangs on what the model takes it for."""
    return frozenset((*senses(), *nouns(), "accord", "according"))


def _utterances(
    reading: Reading, paragraph: Paragraph, found: Reported, cue: Span, stretches: list[Span]
) -> Iterator[Utterance]:
    """What was said by its speaker and, where the article has it from another, by that one too."""
    content = _to_marks(_span(paragraph, found.cue.doc, found.content), stretches)
    form = "mixed" if overlaps(content, stretches) else "indirect"
    because = f"“{reading.words(cue)}” credits the words: {found.sense}"
    speaking = found.speaking
    utterance = Utterance(
        form,  # type: ignore[arg-type]
        (content,),
        By(found.rule, because),
        cue=cue,
        speaker=speaking.speaker if speaking else None,
        role=speaking.role if speaking else None,
    )
    relay = _relay(found.cue)
    if relay is not None:
        outer = _credited(paragraph, utterance, relay, "utterances.relayed.quoted", None)
        yield outer
        utterance = replace(utterance, relayed_by=outer)
    yield utterance
    for source in _cited(found.cue):
        yield _credited(paragraph, utterance, source, "utterances.relayed.citing", utterance)


def _to_marks(span: Span, stretches: list[Span]) -> Span:
    """A span that ends within quotation marks, up to where they close."""
    ends = (high for low, high in stretches if low < span[1] < high and span[0] < low)
    return span[0], next(ends, span[1])


def _credited(
    paragraph: Paragraph, said: Utterance, source: Token, rule: str, relayed_by: Utterance | None
) -> Utterance:
    """The same words as another's: of whom they are had, or of whom had them."""
    cue = source.head.head if source.head.dep_ == "agent" else source.head
    speaking = spoken_by(paragraph, source)
    return replace(
        said,
        by=By(rule, f"“{cue.text}” says who had the words from whom"),
        cue=_span(paragraph, cue.doc, (cue.i, cue.i)),
        speaker=speaking.speaker,
        role=speaking.role,
        relayed_by=relayed_by,
    )


def _cited(cue: Token) -> Iterator[Token]:
    """Whom a speaker cites: The agency said, quoting local doctors, that …"""
    clauses = [c for c in cue.children if c.dep_ == "ccomp"]
    for head in (cue, *clauses):
        for child in head.children:
            if child.lemma_ in _BY_ANOTHER and child.dep_ in ("advcl", "conj"):
                yield from (c for c in child.children if c.dep_ == "dobj")


def _relay(cue: Token) -> Token | None:
    """Who quotes a speaker: Sources, quoted by the agency, said; were quoted by it as saying."""
    subjects = (c for c in cue.children if c.dep_ == "nsubj")
    quoting = [c for s in subjects for c in s.children if c.dep_ == "acl"]
    if cue.dep_ == "pcomp":
        quoting.append(cue.head.head)
    agents = (a for q in quoting if q.lemma_ in _BY_ANOTHER for a in q.children)
    return next((p for a in agents if a.dep_ == "agent" for p in a.children), None)


def _reported(paragraph: Paragraph, token: Token) -> Reported | None:
    if token.lower_ == "according":
        return _according(paragraph, token)
    if token.pos_ == "VERB" and token.lemma_.lower() in senses():
        return _by_verb(paragraph, token)
    if token.pos_ == "NOUN" and token.lemma_.lower() in nouns():
        return _by_noun(paragraph, token)
    return None


def _by_verb(paragraph: Paragraph, verb: Token) -> Reported | None:
    """What a cue verb governs, by the first of its frames that is there."""
    frames = senses()[verb.lemma_.lower()]
    for frame, tokens in governed(verb, frames):
        speaking = _speaker(paragraph, verb)
        if speaking is None and frame != "clause" and not is_passive(verb):
            return None
        sense = frames.get(frame) or next(iter(frames.values()))
        return Reported(verb, tokens, speaking, f"utterances.reported.{frame}", sense)
    beside = beside_saying(verb) if verb.lemma_ in _SAYING else None
    speaking = _speaker(paragraph, verb) if beside else None
    if beside is None or speaking is None:
        return None
    return Reported(verb, beside, speaking, "utterances.reported.beside", frames["clause"])


def _speaker(paragraph: Paragraph, verb: Token) -> Speaking | None:
    """Who says it; of a passive the one after "by", if any."""
    if is_passive(verb):
        by = [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
        return spoken_by(paragraph, by[0]) if by else None
    return subject(paragraph, verb)


def _according(paragraph: Paragraph, token: Token) -> Reported | None:
    """According to the ministry, the bridge is held: all of the sentence but these words."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    source = next((c for c in to.children if c.dep_ == "pobj"), None) if to else None
    if source is None:
        return None
    sentence, last = token.sent, source.right_edge.i
    before = token.i - sentence.start > 2
    content = (sentence.start, token.i - 1) if before else (last + 1, sentence.end - 1)
    if content[0] >= content[1]:
        return None
    speaking = spoken_by(paragraph, source)
    return Reported(token, content, speaking, "utterances.reported.according-to", "claimed")


def _by_noun(paragraph: Paragraph, noun: Token) -> Reported | None:
    """The council's claim that the bridge fell; their plan to leave it."""
    said = [c for c in noun.children if c.dep_ in ("acl", "ccomp") and c.i > noun.i]
    said = [c for c in said if is_infinitive(c) or any(m.dep_ == "mark" for m in c.children)]
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if not said:
        return None
    speaking = spoken_by(paragraph, owners[0]) if owners else None
    if speaking is None and noun.dep_ in _HOLDING and noun.head.pos_ == "VERB":
        speaking = subject(paragraph, noun.head)
    return Reported(noun, whole(said[0]), speaking, "utterances.reported.noun", "claimed")


def _span(paragraph: Paragraph, doc: Parsed, tokens: Tokens) -> Span:
    """The span of some tokens without the punctuation at its ends."""
    first, last = tokens
    while first < last and (doc[first].is_punct or doc[first].is_space):
        first += 1
    while last > first and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    return paragraph.start + doc[first].idx, paragraph.start + doc[last].idx + len(doc[last])


def outermost(found: Iterable[Utterance]) -> Iterator[Utterance]:
    """Each utterance; one that stands within what another reports is relayed by that one."""
    holding: list[Utterance] = []
    for reported_by_cue in found:
        utterance, cue = reported_by_cue, reported_by_cue.cue
        around = [
            u
            for u in holding
            if cue and u.content[0][0] <= cue[0] < u.content[-1][1] and u.cue != cue
        ]
        if utterance.relayed_by is None and around:
            utterance = replace(utterance, relayed_by=around[-1])
        yield utterance
        holding = [*holding[-7:], utterance]
