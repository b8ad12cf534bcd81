"""How a statement stands: what the words beside it say, then those above it (`governed`).

Polarity, completion, factuality and the voice's certainty are kept apart, as the codebook has them
(ontology/schemes.ttl). What is only asked of others ("must withdraw") is no statement.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.suggest.control.clauses import STAYING, closing, compound_start, is_gerund
from kg.suggest.control.frames import cues, lexicon
from kg.suggest.control.governed import (
    OPEN,
    SURE,
    VERBS,
    Standing,
    climb,
    is_demanded,
    is_infinitive,
    is_negated,
    is_vowed,
    joined_to,
    modals,
)
from kg.suggest.tokens import Token

_OPENING: Final = frozenset("\"“«„'‘")
_CLOSING: Final = frozenset("\"”»“'’")
_BESIDE: Final = ("advmod", "neg", "mark", "preconj")
_BEFORE_NOUN: Final = ("amod", "det", "neg", "advmod", "compound", "nmod")
_STOPS: Final = tuple(".!\"”’'")
_SPANS: Final = ("day", "night", "week", "month", "year")
_TIMING: Final = ("advmod", "npadvmod", "prep")
_BYGONE: Final = frozenset(
    (
        *("ago", "once", "formerly", "previously", "height", "peak", "heyday", "briefly"),
        *("until", "till"),
    )
)
_WHILE: Final = ("as", "while")
_OBJECTS: Final = ("pobj", "dobj")
_CERTAINTY: Final = (("possibly", "possible"), ("probably", "probable"), ("certainly", "certain"))


def standing(predicate: Token, *, state: bool = False) -> Standing | None:
    """How what a verb or noun tells stands; None where it is only demanded or asked."""
    if closing(predicate) == "?":
        return None
    plain = Standing(completion="ongoing" if state else "completed")
    if _is_in_scare_quotes(predicate):
        plain = replace(plain, certainty="possible", word="quotation marks")
    if predicate.pos_ not in VERBS or is_gerund(predicate):
        return climb(_noun(plain, predicate), predicate)
    carrier = _carrier(predicate)
    if is_demanded(carrier) and not is_inverted(carrier):
        return None
    found = _adverbs(_auxiliaries(plain, predicate, carrier), predicate, carrier)
    if state and (_is_past(predicate) or _is_bygone(predicate)):
        found = replace(found, completion="completed", word="was")
    stands = climb(found, predicate)
    return stands and _as_surely(stands, predicate)


def _is_past(participle: Token) -> bool:
    """Whether a participle tells what was so: "it was the last post held by the League"."""
    noun = participle.head
    above = noun.head
    return (
        participle.dep_ == "acl"
        and noun.dep_ == "attr"
        and above.lemma_ == "be"
        and above.tag_ == "VBD"
    )


def _is_bygone(verb: Token) -> bool:
    """Whether a clause says of which time past it tells: "two years ago", "at its height"."""
    if verb.tag_ != "VBD":
        return False
    words = {t.lower_ for c in verb.children if c.dep_ in _TIMING for t in (c, *c.children)}
    return bool(words & _BYGONE)


def _as_surely(found: Standing, predicate: Token) -> Standing:
    """An adjunct in -ing is as sure as the clause that it goes with: "…, attacking the fort"."""
    if predicate.dep_ != "advcl" or predicate.tag_ != "VBG" or found.certainty != "underspecified":
        return found
    if any(c.dep_ in ("mark", "nsubj", "aux") for c in predicate.children):
        return found
    above = climb(Standing(), predicate.head)
    return replace(found, certainty=above.certainty) if above is not None else found


def _is_in_scare_quotes(predicate: Token) -> bool:
    """Whether a word stands in quotation marks that hold but a few: somebody else's word for it."""
    if predicate.i == 0 or predicate.nbor(-1).text not in _OPENING or predicate.is_sent_start:
        return False
    after = predicate.doc[predicate.i + 1 : min(predicate.i + 4, predicate.sent.end)]
    return any(token.text in _CLOSING for token in after)


def _carrier(verb: Token) -> Token:
    """The verb whose auxiliaries a joined one shares: "could take Aven and hold Holm"."""
    own = ("aux", "nsubj", "nsubjpass")
    while verb.dep_ == "conj" and verb.head.pos_ in VERBS:
        if any(c.dep_ in own for c in verb.children):
            break
        verb = verb.head
    return verb


def _auxiliaries(found: Standing, verb: Token, carrier: Token) -> Standing:
    """What "will", "could", "may have" and "is …ing" say."""
    auxiliaries = modals(carrier)
    past = auxiliaries & {"have", "'ve"} and not auxiliaries & {"would"}
    if auxiliaries & OPEN and past:
        found = replace(found, certainty="possible", word="may have")
    elif carrier.dep_ == "ROOT" and is_infinitive(carrier):
        found = replace(found, factuality="planned", word="to")
    elif auxiliaries & SURE or _is_foretold(carrier):
        ahead = "planned" if is_vowed(carrier) else "predicted"
        found = replace(found, factuality=ahead, word="will")
    elif auxiliaries & OPEN:
        found = replace(found, factuality="conditional", word=min(auxiliaries & OPEN))
    still = any(c.lower_ == "still" for c in verb.children)
    if auxiliaries & {"had", "'d"} and found.completion == "ongoing" and not still:
        found = replace(found, completion="completed", word="had")
    present = verb.tag_ in ("VBP", "VBZ") and any(c.lower_ in _WHILE for c in _marks(verb))
    if present and closing(verb) in _STOPS:
        found = replace(found, completion="ongoing", word="while")
    if _is_going_on(verb, carrier) or _is_usual(verb):
        found = replace(found, completion="ongoing", word="the progressive")
    return found


def _is_foretold(verb: Token) -> bool:
    """Whether "would" is a "will" that was said before: "many believed that it would fall"."""
    first = joined_to(verb)
    said = first.dep_ == "ccomp" and first.head.pos_ in VERBS and first.head.tag_ in ("VBD", "VBN")
    conditional = any(c.dep_ == "advcl" for c in verb.children)
    return said and not conditional and bool(modals(verb) & {"would", "'d"})


def _is_going_on(verb: Token, carrier: Token) -> bool:
    """Whether a verb is a progressive, or a perfect that lasts "since" a day."""
    helping = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if verb.tag_ == "VBG" and (any(c.lemma_ == "be" for c in helping) or _is_amid(verb)):
        return True
    if any(c.lower_ in STAYING for c in helping):
        return True
    if verb.lemma_ in ("remain", "stay") or any(_is_again(c) for c in verb.children):
        return True
    since = any(c.dep_ == "prep" and c.lower_ == "since" for c in verb.children)
    return since and bool(modals(carrier) & {"has", "have", "'s", "'ve"})


def _is_amid(verb: Token) -> bool:
    """Whether an adjunct in -ing goes with where somebody is: "was near Aven, moving north"."""
    return verb.dep_ == "advcl" and verb.head.lemma_ == "be" and not any(_marks(verb))


def _is_again(word: Token) -> bool:
    """Whether something goes on "for the third day", "in its fifth week", "enters its second"."""
    spans = [c for c in (word, *word.children) if c.dep_ in _OBJECTS and c.lemma_ in _SPANS]
    own = word.lower_ == "for" or any(c.lower_ == "its" for s in spans for c in s.children)
    return own and any(c.tag_ == "JJ" for s in spans for c in s.children)


def _is_usual(verb: Token) -> bool:
    """Whether a verb in the simple present tells what goes on; headlines and conditions do not."""
    if verb.lower_ in lexicon().forms:
        return False
    helping = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    finite = [t for t in (verb, *helping) if t.tag_ in ("VBZ", "VBP")]
    passive = bool(helping) and all(c.dep_ == "auxpass" and c.lemma_ == "be" for c in helping)
    clauses = [verb, *(c for c in verb.children if c.dep_ == "advcl")]
    marks = {c.lower_ for clause in clauses for c in clause.children if c.dep_ == "mark"}
    told = closing(verb) in _STOPS and marks <= {"that"}
    return bool(finite) and (not helping or passive) and told


def _marks(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("mark", "advmod")]


def _adverbs(found: Standing, verb: Token, carrier: Token) -> Standing:
    """What "not", "if", "reportedly" and "in vain" say."""
    beside = {c.lower_ for t in (verb, carrier) for c in t.children if c.dep_ in _BESIDE}
    if is_negated(verb) or beside & {"never", "hardly", "barely"} or _is_nobody(verb, carrier):
        found = replace(found, polarity="negative", word="not")
    hangs = found.factuality == "predicted" and any(map(_is_condition, carrier.children))
    if (beside & {"if", "unless"} and "even" not in beside) or is_inverted(carrier) or hangs:
        found = replace(found, factuality="conditional", word="if")
    for cue, certainty in _CERTAINTY:
        if hits := beside & cues()[cue]:
            found = replace(found, certainty=certainty, word=min(hits))
    return replace(found, completion="failed") if beside & cues()["vainly"] else found


def _is_condition(clause: Token) -> bool:
    """Whether a clause is one with "if" or "unless", and not with "even if"."""
    marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod")}
    return clause.dep_ == "advcl" and bool(marks & {"if", "unless"}) and "even" not in marks


def _is_nobody(verb: Token, carrier: Token) -> bool:
    """Whether none at all does it, or is it done to: "no soldier left", "holds no town"."""
    raised = carrier.head if carrier.dep_ == "xcomp" else carrier
    subjects = [c for c in raised.children if c.dep_ in ("nsubj", "nsubjpass")]
    subjects += [c for c in verb.children if c.dep_ == "dobj"]
    beside = [c for noun in subjects for c in noun.children if c.dep_ in ("det", "neg", "nummod")]
    none = {c.lower_ for one in beside for c in (one, *one.children)}
    return bool(none & {"no", "not", "neither"}) or any(
        noun.lower_ in ("nobody", "none", "neither") for noun in subjects
    )


def is_inverted(verb: Token) -> bool:
    """Whether a clause is a condition without "if": "had the rebels taken the bridge"."""
    helping = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    auxiliaries = [c for c in helping if c.lower_ in ("had", "were", "should")]
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    return bool(auxiliaries and subjects) and auxiliaries[0].i < subjects[0].i


def _noun(found: Standing, noun: Token) -> Standing:
    """What stands beside a noun: "the planned capture", "no control"."""
    first = compound_start(noun)
    own = [*noun.children, *(first.children if first != noun else ())]
    beside = {c.lower_ for c in own if c.dep_ in _BEFORE_NOUN}
    if "no" in beside:
        found = replace(found, polarity="negative", word="no")
    if hits := beside & cues()["ahead"]:
        found = replace(found, factuality="planned", word=min(hits))
    if hits := beside & cues()["vain"]:
        found = replace(found, completion="failed", factuality="asserted", word=min(hits))
    if hits := beside & cues()["said"]:
        found = replace(found, certainty="possible", word=min(hits))
    if noun.dep_ == "nsubj" and any(map(_is_again, noun.head.children)):
        found = replace(found, completion="ongoing", word="again")
    if hits := beside & cues()["lasting"]:
        found = replace(found, completion="ongoing", word=min(hits))
    return found
