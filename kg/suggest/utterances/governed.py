"""What a verb of saying or thinking governs in its sentence, as the model parses it.

The labels of dependencies are those of spaCy's English models
(https://github.com/clir/clearnlp-guidelines/blob/master/md/specifications/dependency_labels.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.suggest.tokens import Token
from kg.suggest.utterances.cues import particles

_WITH_OBJECT: Final = ("for", "of", "as", "over", "about", "against", "with", "to")
_CLAUSE: Final = 4
Tokens = tuple[int, int]
"""The first and the last token of a stretch."""


def beside_saying(verb: Token) -> Tokens | None:
    """The words beside a verb of saying of which the model sees no clause: after, else before."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if not subjects or is_passive(verb) or subjects[0].i > verb.i:
        return None
    last = verb.sent.end - 1
    for first, end in ((verb.i + 1, last), (verb.sent.start, subjects[0].left_edge.i - 1)):
        if end - first >= _CLAUSE and any(_is_verbal(t) for t in verb.doc[first : end + 1]):
            return first, end
    return None


def governed(verb: Token, frames: dict[str, str]) -> Iterator[tuple[str, Tokens]]:
    """The frames of a verb that its sentence has, each with what is said, the likeliest first."""
    children = list(verb.children)
    clauses = [c for c in children if c.dep_ == "ccomp"]
    if clauses and ("clause" in frames or "words" in frames or "infinitive-of-another" in frames):
        yield "clause", _clause(verb, clauses[0])
    if "named" in frames:
        yield from (("named", n) for n in _called(verb, children))
    infinitives = [c for c in children if c.dep_ == "xcomp" and is_infinitive(c)]
    if infinitives and ("infinitive" in frames or "infinitive-of-another" in frames):
        yield "infinitive", _asked(children, infinitives[0])
    if infinitives and is_passive(verb):
        yield "passive", _passive(verb, infinitives[0])
    yield from _by_preposition(verb, children, frames)
    objects = [c for c in children if c.dep_ == "dobj" and not _only_points(c)]
    if objects and "object" in frames:
        last = [c for c in children if c.dep_ == "prep" and c.lower_ in _WITH_OBJECT]
        first, end = whole(objects[0])
        follows = [c.right_edge.i for c in last if c.i > end]
        yield "object", (first, max([end, *follows]))


def _asked(children: list[Token], infinitive: Token) -> Tokens:
    """The infinitive with the one who is to do it: urged the council to leave."""
    first, last = whole(infinitive)
    asked = [c.left_edge.i for c in children if c.dep_ == "dobj" and c.i < infinitive.i]
    return min([first, *asked]), last


def _clause(verb: Token, clause: Token) -> Tokens:
    """A clause that is said; one before its cue begins with the sentence."""
    first, last = whole(clause)
    if clause.i > verb.i:
        marks = [c.i for c in clause.children if c.dep_ == "mark" and c.lower_ == "that"]
        return max([first, *marks]), last
    subjects = [c.left_edge.i for c in verb.children if c.dep_ == "nsubj" and c.i > clause.i]
    return min(first, verb.sent.start), min([verb.i, *subjects]) - 1


def _called(verb: Token, children: list[Token]) -> Iterator[Tokens]:
    """Them traitors, in called them traitors; it as a trap, in described it as a trap."""
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and not any(c.dep_ == "agent" for c in children):
        return
    small = "to" if verb.lemma_ in ("compare", "liken") else "as"
    said = [c for c in children if c.dep_ == "oprd" or (c.dep_ == "prep" and c.lower_ == small)]
    of = [c for c in children if c.dep_ in ("dobj", "nsubjpass") and not _only_points(c)]
    clauses = [c for c in children if c.dep_ == "ccomp" and not _is_verbal(c)]
    if said:
        first = min([whole(c)[0] for c in of if c.i > verb.i] or [said[0].left_edge.i])
        yield min(first, said[0].left_edge.i), said[-1].right_edge.i
    elif clauses:
        yield whole(clauses[0])


def _by_preposition(
    verb: Token, children: list[Token], frames: dict[str, str]
) -> Iterator[tuple[str, Tokens]]:
    """What follows a verb's small word: accused them of it, complained about it."""
    allowed = particles().get(verb.lemma_.lower(), frozenset())
    objects = [c for c in children if c.dep_ in ("dobj", "nsubjpass") and not _only_points(c)]
    agents = [p for c in children if c.dep_ == "agent" for p in c.children]
    nested = [c for o in (*objects, *agents) for c in o.children if c.lower_ in frames]
    for child in (*children, *nested):
        if child.dep_ not in ("prep", "prt") or child.i < verb.i:
            continue
        if child.lower_ in frames and objects:
            first = min(whole(objects[0])[0], child.i) if objects[0].i > verb.i else child.i
            yield child.lower_, (first, child.right_edge.i)
        elif child.lower_ in allowed and child.dep_ == "prep":
            yield "particle", (child.i + 1, child.right_edge.i)
        elif child.lower_ in allowed:
            yield from (("particle", whole(c)) for c in children if c.dep_ in ("dobj", "ccomp"))


def _passive(verb: Token, infinitive: Token) -> Tokens:
    subjects = [c.left_edge.i for c in verb.children if c.dep_ == "nsubjpass"]
    return min([*subjects, infinitive.left_edge.i]), infinitive.right_edge.i


def whole(token: Token) -> Tokens:
    """A token with everything that hangs on it."""
    return token.left_edge.i, token.right_edge.i


def is_infinitive(token: Token) -> bool:
    """Whether a verb has its “to”."""
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)


def is_passive(verb: Token) -> bool:
    """Whether a verb's subject is the one it is done to."""
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)


def _is_verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def _only_points(token: Token) -> bool:
    """Whether an object says nothing of its own: himself, which."""
    return token.lower_.endswith(("self", "selves")) or token.lower_ in ("who", "which", "that")
