"""How a statement stands: what the words above and about it do to it.

Polarity, completion, factuality and the voice's certainty are kept apart, as the codebook has them
(ontology/schemes.ttl). What is only asked of others ("must withdraw") is no statement.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.suggest.control.clauses import governor
from kg.suggest.control.frames import cues

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS: Final = ("VERB", "AUX")
_OPEN: Final = ("could", "may", "might", "would", "can", "'d")
_SURE: Final = ("will", "shall", "'ll", "wo", "going")
_UP: Final = ("xcomp", "ccomp", "acl", "pcomp", "advcl", "relcl", "conj", "dobj", "pobj", "prep", "nsubj", "nsubjpass", "csubj", "acomp", "attr", "agent", "dep", "appos", "amod", "compound", "poss", "oprd")


@dataclass(frozen=True, slots=True)
class Standing:
    """The four values of a statement's standing, and the word that set them apart from plain."""

    polarity: str = "positive"
    completion: str = "completed"
    factuality: str = "asserted"
    certainty: str = "underspecified"
    word: str | None = None


def standing(predicate: Token, *, state: bool = False) -> Standing | None:
    """How what a verb or noun tells stands; None where it is only demanded or asked."""
    found = Standing(completion="ongoing" if state else "completed")
    if predicate.sent.text.rstrip().endswith("?"):
        return None
    own = _verbal(found, predicate) if predicate.pos_ in _VERBS else _nominal(found, predicate)
    return _climb(own, predicate) if own is not None else None


def _verbal(found: Standing, verb: Token) -> Standing | None:
    """What a verb's own auxiliaries and adverbs say."""
    carrier = verb
    while carrier.dep_ == "conj" and carrier.head.pos_ in _VERBS and not _has(carrier, "aux", "nsubj", "nsubjpass"):
        carrier = carrier.head
    modals = {c.lower_ for c in carrier.children if c.dep_ == "aux"}
    if modals & {"must", "should", "ought", "need"}:
        return None
    perfect = bool(modals & {"have", "'ve"}) and bool(modals & set(_OPEN))
    if perfect and not modals & {"would"}:
        found = replace(found, certainty="possible", word="may have")
    elif modals & set(_SURE):
        found = replace(found, factuality="predicted", word="will")
    elif modals & set(_OPEN) and "able" not in {c.lower_ for c in verb.children}:
        found = replace(found, factuality="conditional", word=next(iter(sorted(modals & set(_OPEN)))))
    if verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children):
        found = replace(found, completion="ongoing", word="the progressive")
    return _adverbs(found, verb, carrier)


def _adverbs(found: Standing, verb: Token, carrier: Token) -> Standing:
    beside = {c.lower_ for t in (verb, carrier) for c in t.children if c.dep_ in ("advmod", "neg", "mark", "preconj")}
    if any(c.dep_ == "neg" for c in verb.children) or beside & {"never", "hardly", "barely"} or _no_longer(verb):
        found = replace(found, polarity="negative", word="not")
    if beside & {"if", "unless", "should"} and "even" not in beside:
        found = replace(found, factuality="conditional", word="if")
    for cue, value in (("possibly", "possible"), ("probably", "probable"), ("certainly", "certain")):
        hit = beside & cues()[cue]
        if hit:
            found = replace(found, certainty=value, word=min(hit))
    if beside & cues()["vainly"]:
        found = replace(found, completion="failed")
    return found


def _nominal(found: Standing, noun: Token) -> Standing | None:
    """What stands beside a noun: "the planned capture", "no control"."""
    beside = {c.lower_ for c in noun.children if c.dep_ in ("amod", "det", "neg", "advmod", "compound", "nmod")}
    if "no" in beside:
        found = replace(found, polarity="negative", word="no")
    ahead = beside & cues()["ahead"]
    if ahead:
        found = replace(found, factuality="planned", word=min(ahead))
    if beside & {"failed", "unsuccessful", "abortive", "attempted"}:
        found = replace(found, completion="failed", factuality="asserted")
    if beside & {"alleged", "reported", "apparent", "claimed", "supposed", "purported"}:
        found = replace(found, certainty="possible", word="reported")
    if beside & {"ongoing", "continuing", "continued"}:
        found = replace(found, completion="ongoing")
    return found


def _climb(found: Standing, predicate: Token) -> Standing | None:
    """What the verbs and nouns above say, one after another up to the sentence's own verb."""
    token: Token = predicate
    nominal = predicate.pos_ not in _VERBS
    current: Standing | None = found
    while token.head != token and token.dep_ in _UP and current is not None:
        above, dep = governor(token), token.dep_
        if nominal and above.lemma_ in cues()["presupposed"] or dep == "acl" and token.tag_ in ("VBN", "VBD"):
            break
        if dep == "conj" and above.pos_ in _VERBS:
            token = above
            continue
        if dep in ("relcl", "appos", "poss", "amod", "compound") or dep in ("conj", "nsubj", "nsubjpass") and not nominal:
            break
        if dep == "advcl" and not _is_purpose(token):
            break
        if dep in ("dobj", "pobj", "prep", "nsubj", "nsubjpass", "agent", "attr") and not nominal and above.pos_ in _VERBS and token.pos_ in _VERBS:
            break
        current = _governed(current, token, above, nominal)
        nominal = nominal or above.pos_ == "NOUN"
        token = above
    return current


def _is_purpose(verb: Token) -> bool:
    """Whether an infinitive says what something is for."""
    to = any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)
    return to and not any(c.lower_ == "only" for c in verb.children)


def _governed(found: Standing, token: Token, above: Token, nominal: bool) -> Standing | None:  # noqa: FBT001
    """What one word above does."""
    infinitive = token.pos_ in _VERBS and any(c.tag_ == "TO" for c in token.children if c.dep_ == "aux")
    if above.pos_ in ("ADP", "SCONJ", "PART", "ADV") and above.dep_ not in ("acomp",):
        return found
    lemma = above.lemma_.lower()
    known = cues()
    if token.dep_ == "prep" and token.lower_ in _ASIDE:
        return replace(found, polarity="negative") if token.lower_ == "without" else found
    direct = token.dep_ in ("xcomp", "ccomp", "acl", "dobj", "prep", "pcomp", "acomp", "dep", "oprd") or infinitive
    if direct and lemma in known["demanded"] and (infinitive or _asks(token)):
        return None
    if lemma in _LETTING and infinitive and above.tag_ in ("VBD", "VBN"):
        return _above(found, token, above, nominal, "done")
    named = next((k for k in _ORDER if direct and lemma in known[k]), None)
    if named == "ongoing" and nominal and not token.dep_ == "dobj":
        named = None
    found = _apply(found, named, lemma, infinitive) if named else found
    if named is None and infinitive and lemma not in known["done"] and found.factuality == "asserted":
        found = replace(found, factuality="planned", word=f"{lemma} to")
    return _above(found, token, above, nominal, named)


_LETTING: Final = ("allow", "enable", "let", "permit", "help", "lead")
_ASIDE: Final = ("after", "before", "by", "while", "since", "without", "despite", "following", "until", "amid", "through", "upon", "when", "as", "during")
_ORDER: Final = ("denied", "feared", "failed", "planned", "predicted", "conditional", "possible", "probable", "certain", "ongoing", "done")


def _apply(found: Standing, cue: str, lemma: str, infinitive: bool) -> Standing:  # noqa: FBT001
    """The standing after one cue; a stronger one below it stays."""
    if cue == "denied":
        return replace(found, polarity="negative", word=lemma)
    if cue == "failed":
        return replace(found, completion="failed", factuality="asserted", word=lemma)
    if cue == "ongoing":
        return replace(found, completion="ongoing", word=lemma)
    if cue in ("possible", "probable", "certain"):
        return replace(found, certainty=cue, word=lemma) if found.factuality == "asserted" else found
    if cue == "done" or found.completion == "failed":
        return found
    if cue == "conditional" and not infinitive and lemma == "help":
        return found
    return replace(found, factuality=cue, word=lemma)


def _above(found: Standing, token: Token, above: Token, nominal: bool, cue: str | None) -> Standing | None:  # noqa: FBT001
    """What the auxiliaries of a governing verb say of what stands below it."""
    if above.pos_ not in _VERBS or token.dep_ == "ccomp" and cue is None:
        return found
    modals = {c.lower_ for c in above.children if c.dep_ == "aux"}
    negated = any(c.dep_ == "neg" for c in above.children) or _no_longer(above)
    if not nominal and modals & {"must", "should", "ought"}:
        return None
    if modals & set(_SURE) and found.factuality == "asserted":
        found = replace(found, factuality="predicted", word="will")
    if modals & set(_OPEN) and found.factuality == "asserted" and not modals & {"have"}:
        found = replace(found, factuality="conditional", word="could")
    if negated and (cue in ("done", "ongoing", "possible", "probable", "certain") or not nominal and token.dep_ == "xcomp"):
        found = replace(found, polarity="negative", word="not")
    if not nominal and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in above.children):
        found = replace(found, factuality="conditional", word="if")
    return found


def _asks(token: Token) -> bool:
    """Whether a clause below a verb of asking is what is asked: "demand that", "call for"."""
    return token.lower_ == "for" or token.dep_ in ("ccomp", "dobj") and token.tag_ == "VB"


def _has(token: Token, *deps: str) -> bool:
    return any(c.dep_ in deps for c in token.children)


def _no_longer(verb: Token) -> bool:
    return any(c.lower_ == "longer" and any(b.lower_ == "no" for b in c.children) for c in verb.children)
