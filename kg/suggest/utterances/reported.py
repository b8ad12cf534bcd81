"""What is reported without quotation marks, or with only some in them, as the model parses it.

A cue is a verb of the lexicon, a noun of saying, or "according to"; what is said is the part of the
sentence that the cue governs. The labels of dependencies are those of spaCy's English models
(https://github.com/clir/clearnlp-guidelines/blob/master/md/specifications/dependency_labels.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.suggest.found import By, Utterance
from kg.suggest.reading import Paragraph, Reading
from kg.suggest.utterances.cues import nouns, particles, senses
from kg.suggest.utterances.speakers import Speaking, spoken_by, subject
from kg.text import Span, overlaps

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITH_OBJECT: Final = ("for", "of", "as", "over", "about", "against", "with", "to")
_BY_ANOTHER: Final = frozenset({"cite", "quote"})
_HOLDING: Final = ("dobj", "nsubjpass", "attr")
Tokens = tuple[int, int]
"""The first and the last token of a stretch."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What a cue governs, in the model's tokens."""

    cue: Token
    content: Tokens
    speaking: Speaking | None
    rule: str
    sense: str


def reported(reading: Reading) -> Iterator[Utterance]:
    """The reported utterances of a parsed article; none where there is no model."""
    for paragraph in reading.paragraphs:
        if paragraph.parsed is None:
            continue
        for token in paragraph.parsed:
            span = (paragraph.start + token.idx, paragraph.start + token.idx + len(token))
            if overlaps(span, reading.quoted):
                continue
            found = _reported(paragraph, token)
            if found is not None:
                yield from _utterances(reading, paragraph, found, span)


def _utterances(
    reading: Reading, paragraph: Paragraph, found: Reported, cue: Span
) -> Iterator[Utterance]:
    """What was said by its speaker and, where the article has it from another, by that one too."""
    content = _span(paragraph, found.content)
    form = "mixed" if overlaps(content, reading.quoted) else "indirect"
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
    yield utterance
    yield from _relayed(reading, paragraph, found, utterance)


def _relayed(
    reading: Reading, paragraph: Paragraph, found: Reported, utterance: Utterance
) -> Iterator[Utterance]:
    """The one whom the speaker cites: The agency said, quoting local doctors, that …"""
    for child in found.cue.children:
        if child.lemma_ in _BY_ANOTHER and child.dep_ in ("advcl", "conj"):
            for source in (c for c in child.children if c.dep_ == "dobj"):
                cited = spoken_by(paragraph, source)
                because = f"“{child.text}” names whom “{found.cue.text}” has it from"
                yield Utterance(
                    utterance.form,
                    utterance.content,
                    By("utterances.relayed.citing", because),
                    cue=(paragraph.start + child.idx, paragraph.start + child.idx + len(child)),
                    speaker=cited.speaker,
                    role=cited.role,
                    relayed_by=utterance,
                )


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
    for frame, governed in _governed(verb, frames):
        speaking = _speaker(paragraph, verb)
        sense = frames.get(frame) or next(iter(frames.values()))
        return Reported(verb, governed, speaking, f"utterances.reported.{frame}", sense)
    return None


def _governed(verb: Token, frames: dict[str, str]) -> Iterator[tuple[str, Tokens]]:
    """The frames of a verb that its sentence has, each with what is said, the likeliest first."""
    children = list(verb.children)
    clauses = [c for c in children if c.dep_ == "ccomp"]
    if clauses and ("clause" in frames or "words" in frames or "infinitive-of-another" in frames):
        yield "clause", _clause(verb, clauses[0])
    if "named" in frames:
        yield from (("named", n) for n in _called(verb, children))
    infinitives = [c for c in children if c.dep_ == "xcomp" and _is_infinitive(c)]
    if infinitives and ("infinitive" in frames or "infinitive-of-another" in frames):
        yield "infinitive", _whole(infinitives[0])
    if infinitives and _is_passive(verb):
        yield "passive", _passive(verb, infinitives[0])
    yield from _by_preposition(verb, children, frames)
    objects = [c for c in children if c.dep_ == "dobj" and not _only_points(c)]
    if objects and "object" in frames:
        last = [c for c in children if c.dep_ == "prep" and c.lower_ in _WITH_OBJECT]
        first, end = _whole(objects[0])
        follows = [c.right_edge.i for c in last if c.i > end]
        yield "object", (first, max([end, *follows]))


def _clause(verb: Token, clause: Token) -> Tokens:
    """A clause that is said; one before its cue begins with the sentence."""
    first, last = _whole(clause)
    if clause.i > verb.i:
        return first, last
    subjects = [c.left_edge.i for c in verb.children if c.dep_ == "nsubj" and c.i > clause.i]
    return min(first, verb.sent.start), min([verb.i, *subjects]) - 1


def _called(verb: Token, children: list[Token]) -> Iterator[Tokens]:
    """Them traitors, in called them traitors; it as a trap, in described it as a trap."""
    said = [c for c in children if c.dep_ == "oprd" or (c.dep_ == "prep" and c.lower_ in ("as", "to"))]
    of = [c for c in children if c.dep_ in ("dobj", "nsubjpass") and not _only_points(c)]
    clauses = [c for c in children if c.dep_ == "ccomp" and not _is_verbal(c)]
    if said:
        first = min([_whole(c)[0] for c in of if c.i > verb.i] or [said[0].left_edge.i])
        yield min(first, said[0].left_edge.i), said[-1].right_edge.i
    elif clauses:
        yield _whole(clauses[0])


def _by_preposition(
    verb: Token, children: list[Token], frames: dict[str, str]
) -> Iterator[tuple[str, Tokens]]:
    """What follows a verb's small word: accused them of it, complained about it."""
    allowed = particles().get(verb.lemma_.lower(), frozenset())
    objects = [c for c in children if c.dep_ in ("dobj", "nsubjpass") and not _only_points(c)]
    for child in children:
        if child.dep_ not in ("prep", "prt") or child.i < verb.i:
            continue
        if child.lower_ in frames and objects:
            first = min(_whole(objects[0])[0], child.i) if objects[0].i > verb.i else child.i
            yield child.lower_, (first, child.right_edge.i)
        elif child.lower_ in allowed and child.dep_ == "prep":
            yield "particle", (child.i + 1, child.right_edge.i)
        elif child.lower_ in allowed:
            yield from (("particle", _whole(c)) for c in children if c.dep_ in ("dobj", "ccomp"))


def _passive(verb: Token, infinitive: Token) -> Tokens:
    subjects = [c.left_edge.i for c in verb.children if c.dep_ == "nsubjpass"]
    return min([*subjects, infinitive.left_edge.i]), infinitive.right_edge.i


def _speaker(paragraph: Paragraph, verb: Token) -> Speaking | None:
    """Who says it; of a passive the one after "by", if any."""
    if _is_passive(verb):
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
    said = [c for c in said if _is_infinitive(c) or any(m.dep_ == "mark" for m in c.children)]
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if not said:
        return None
    speaking = spoken_by(paragraph, owners[0]) if owners else None
    if speaking is None and noun.dep_ in _HOLDING and noun.head.pos_ == "VERB":
        speaking = subject(paragraph, noun.head)
    return Reported(noun, _whole(said[0]), speaking, "utterances.reported.noun", "claimed")


def _whole(token: Token) -> Tokens:
    return token.left_edge.i, token.right_edge.i


def _is_infinitive(token: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)


def _is_verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def _only_points(token: Token) -> bool:
    """Whether an object says nothing of its own: himself, which."""
    return token.lower_.endswith(("self", "selves")) or token.lower_ in ("who", "which", "that")


def _span(paragraph: Paragraph, tokens: Tokens) -> Span:
    """The span of some tokens without the punctuation at its ends."""
    doc, (first, last) = paragraph.parsed, tokens
    assert doc is not None
    while first < last and (doc[first].is_punct or doc[first].is_space):
        first += 1
    while last > first and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    return paragraph.start + doc[first].idx, paragraph.start + doc[last].idx + len(doc[last])


def outermost(found: Iterable[Utterance]) -> Iterator[Utterance]:
    """Each utterance; one that stands within what another reports is relayed by that one."""
    from dataclasses import replace

    holding: list[Utterance] = []
    for utterance in found:
        cue = utterance.cue
        around = [
            u for u in holding if cue and u.content[0][0] <= cue[0] < u.content[-1][1] and u.cue != cue
        ]
        if utterance.relayed_by is None and around:
            utterance = replace(utterance, relayed_by=around[-1])
        yield utterance
        holding = [*holding[-7:], utterance]
