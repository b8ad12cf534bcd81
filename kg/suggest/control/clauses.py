"""The grammar of a parsed sentence: who is subject and object of a verb, what its phrases say.

Labels are those of spaCy's English models (ClearNLP): https://spacy.io/models/en#en_core_web_sm-labels
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kg.suggest.control.frames import cues

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS: Final = ("nsubj", "nsubjpass", "csubj")
_VERBS: Final = ("VERB", "AUX")
_MOVES_OTHERS: Final = frozenset(
    ("allow", "force", "compel", "enable", "help", "order", "oblige", "lead", "cause", "see", "let")
)
_RELATIVE: Final = ("WDT", "WP")


def is_passive(verb: Token) -> bool:
    """Whether what stands as the verb's subject is what is done to."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return True
    if verb.tag_ not in ("VBN", "VBD", "JJ"):
        return False
    if verb.dep_ in ("acl", "amod"):
        return True
    bare = not any(c.dep_ in (*SUBJECTS, "aux", "dobj") for c in verb.children)
    return verb.dep_ == "conj" and bare and verb.tag_ == "VBN" and is_passive(verb.head)


def governor(verb: Token) -> Token:
    """What a verb hangs from: for "the drive to take" the noun, whatever the parse says."""
    to = next((c for c in verb.children if c.dep_ == "aux" and c.tag_ == "TO"), None)
    before = to.nbor(-1) if to is not None and to.i > verb.sent.start else verb.head
    efforts = cues()["planned"] | cues()["failed"]
    if before.pos_ == "NOUN" and before.lemma_ in efforts and before != verb.head:
        return before
    return verb.head


def subject(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares with the verb or noun above it."""
    own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if own is not None:
        return antecedent(own)
    above = governor(verb)
    if above != verb.head:
        return _of_noun(above)
    if verb.dep_ == "amod" or (verb.dep_ in ("acl", "relcl") and not _is_infinitive(verb)):
        return above
    return _shared(verb, above.head if verb.dep_ == "pcomp" else above)


def _shared(verb: Token, above: Token) -> Token | None:
    """The subject that a verb shares with what governs it, or whom that moves to act."""
    if above == verb:
        return None
    if above.pos_ not in _VERBS:
        return _of_noun(above) if verb.dep_ in ("acl", "relcl", "pcomp") else None
    if verb.dep_ in ("xcomp", "ccomp") and above.lemma_ in _MOVES_OTHERS:
        moved = next((c for c in above.children if c.dep_ in ("dobj", "nsubjpass")), None)
        return moved or subject(above)
    return subject(above)


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def _of_noun(noun: Token) -> Token | None:
    """Whose effort, bid or operation a noun names, or who is the subject of its sentence."""
    own = next(possessors(noun), None)
    if own is not None:
        return own
    if noun.dep_ in SUBJECTS or noun.head == noun:
        by = next((c for c in noun.children if c.lower_ in ("by", "of")), None)
        return next((c for c in by.children if c.dep_ == "pobj"), None) if by else None
    above = next((t for t in noun.ancestors if t.pos_ in _VERBS), None)
    return subject(above) if above is not None else None


def compound_start(participle: Token) -> Token:
    """The first word of "League-held", or the participle itself."""
    hyphened = participle.i >= participle.sent.start + 2 and participle.nbor(-1).text in "-‑–"
    return participle.nbor(-2) if hyphened else participle


def beside_participle(participle: Token) -> list[Token]:
    """Who holds it in "a League-held town"."""
    holder = compound_start(participle)
    if holder != participle:
        return [holder]
    before = ("npadvmod", "compound", "nmod", "nsubj", "poss")
    return [c for c in participle.children if c.i < participle.i and c.dep_ in before]


def possessors(noun: Token) -> Iterator[Token]:
    """Whose it is: "its", "the army's", and what stands before it ("the Aven takeover")."""
    for wanted in (("poss",), ("compound", "nmod"), ("amod",)):
        for child in noun.children:
            named = child.ent_type_ in ("NORP", "GPE", "ORG") or child.tag_ in (
                "NN",
                "NNS",
                "NNP",
                "NNPS",
            )
            if child.dep_ in wanted and (wanted != ("amod",) or named):
                yield child


def antecedent(pronoun: Token) -> Token:
    """What "which" or "who" stands for, or the token itself."""
    if pronoun.tag_ not in _RELATIVE and pronoun.lower_ != "that":
        return pronoun
    for above in pronoun.ancestors:
        if above.dep_ == "relcl":
            return above.head
    return pronoun


def objects(verb: Token) -> list[Token]:
    """What is done to, by an active verb; of a relative clause without object what it is about."""
    own = [antecedent(c) for c in verb.children if c.dep_ in ("dobj", "attr")]
    if own or verb.dep_ != "relcl":
        return own or _name_after(verb)
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    outside = subjects and antecedent(subjects[0]) == subjects[0] and subjects[0].tag_ != "WRB"
    return [verb.head] if outside else []


def _name_after(verb: Token) -> list[Token]:
    """A name right behind a verb, which the model takes for another part of the clause."""
    behind = verb.i + 1
    while behind < verb.sent.end and verb.doc[behind].is_quote:
        behind += 1
    unknown = ("advmod", "npadvmod", "oprd", "xcomp", "dep")
    return [c for c in verb.children if c.i == behind and c.dep_ in unknown and c.is_title]


def phrases(token: Token) -> Iterator[tuple[str, Token]]:
    """The prepositions below a token, each with its noun: "out of the town" gives both words."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative", "prt", "advmod") and child.pos_ in (
            "ADP",
            "SCONJ",
            "ADV",
            "PART",
        ):
            for below in child.children:
                if below.dep_ == "pobj":
                    yield child.lower_, antecedent(below)
                elif below.dep_ == "prep":
                    yield from ((child.lower_, inner) for _, inner in phrases(child))
                    break


def joined(head: Token) -> list[Token]:
    """A noun and those joined to it: "Aven, Holm and two villages"."""
    found, rest = [head], [head]
    while rest:
        below = [c for c in rest.pop().children if c.dep_ == "conj" and c.pos_ not in _VERBS]
        found += below
        rest += below
    return sorted(found, key=lambda t: t.i)
