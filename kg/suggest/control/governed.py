"""What the verbs and nouns above a statement do to it, one after another: plans, fears, failures.

An infinitive is not yet so ("the drive to take") unless what governs it says that it came about
("managed to take"); what a noun tells is so unless something above says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kg.suggest.control.clauses import governor, is_cost, is_gerund, is_passive, phrases
from kg.suggest.control.frames import any_cue, cues
from kg.suggest.tokens import Token

VERBS: Final = ("VERB", "AUX")
OPEN: Final = frozenset(("could", "may", "might", "would", "can", "'d"))
_AMID: Final = frozenset(("in", "from", "after", "following", "since", "amid", "during", "despite"))
_MAY: Final = frozenset(("could", "may", "might", "can"))
SURE: Final = frozenset(("will", "shall", "'ll", "wo"))
_MUST: Final = frozenset(("must", "should", "ought", "need"))
_NAUGHT: Final = ("nothing", "naught", "nought", "grief", "failure")
_LETTING: Final = ("allow", "enable", "let", "permit", "help", "lead")
_SMALL: Final = ("ADP", "SCONJ", "PART", "ADV")
_PAST: Final = ("VBD", "VBN")
_CORE: Final = ("conj", "nsubj", "nsubjpass", "dobj", "pobj", "prep", "agent", "attr")
_CLAUSES: Final = ("acl", "relcl", "advcl")
_UP: Final = frozenset(
    (
        *_CORE,
        *_CLAUSES,
        *("xcomp", "ccomp", "pcomp", "csubj", "acomp", "dep", "oprd"),
    )
)
_DIRECT: Final = frozenset(
    ("xcomp", "ccomp", "acl", "dobj", "prep", "pcomp", "acomp", "dep", "oprd")
)
_ORDER: Final = (
    "denied",
    "refused",
    "excluded",
    "feared",
    "failed",
    "planned",
    "predicted",
    "conditional",
    "possible",
    "probable",
    "certain",
    "ongoing",
    "done",
)
_CERTAINTIES: Final = ("possible", "probable", "certain")


@dataclass(frozen=True, slots=True)
class Standing:
    """The four values of a statement's standing, and the word that set them apart from plain."""

    polarity: str = "positive"
    completion: str = "completed"
    factuality: str = "asserted"
    certainty: str = "underspecified"
    word: str | None = None


def climb(found: Standing, predicate: Token) -> Standing | None:
    """The standing after all that governs a predicate; None where it is only demanded."""
    token: Token = predicate
    nominal = predicate.pos_ not in VERBS or is_gerund(predicate)
    current: Standing | None = found
    while token.head != token and current is not None and not _ends(token, nominal=nominal):
        above = governor(token)
        if _is_asked(token):
            return None
        if _is_apart(predicate, token, above, nominal=nominal):
            return _as_sure(current, above, clause=token.pos_ in VERBS)
        if token.dep_ != "conj" or above.pos_ not in VERBS:
            current = _governed(current, token, above, nominal=nominal)
            nominal = nominal or above.pos_ == "NOUN"
        if current is not None and nominal and _is_topic(token, above):
            return _as_sure(current, above, clause=False)
        token = above
    return current


def _is_asked(clause: Token) -> bool:
    """Whether it is left open if a clause is so: "it was not clear whether they had left"."""
    return clause.pos_ in VERBS and any(c.lower_ == "whether" for c in clause.lefts)


def _is_topic(noun: Token, verb: Token) -> bool:
    """Whether a clause takes what its subject tells for granted: "its fall leaves, they fear"."""
    tells = verb.pos_ in VERBS and verb.lemma_.lower() not in cues()["happening"]
    return tells and noun.dep_ == "nsubj" and verb.dep_ == "ccomp"


def _is_apart(predicate: Token, token: Token, above: Token, *, nominal: bool) -> bool:
    """Whether what governs a word says only how sure it is, and not whether it is so."""
    if "had" in modals(token) and token.pos_ in VERBS:
        return True
    return nominal and (_is_given(predicate, token, above) or _is_scene(predicate, token))


def _as_sure(found: Standing, above: Token, *, clause: bool) -> Standing:
    """A standing as sure as what is above has it; a clause, no noun, can be denied there."""
    outer = climb(Standing(), above)
    if outer is None:
        return found
    if clause and (outer.word in cues()["denied"] or _is_belied(above)):
        return replace(found, polarity="negative", word=outer.word)
    cue = next((k for k in _ORDER if above.lemma_.lower() in cues()[k]), "") if clause else ""
    if cue == "denied" or cue in _CERTAINTIES:
        return _apply(found, cue, above.lemma_.lower())
    unsaid = found.certainty == "underspecified"
    return replace(found, certainty=outer.certainty) if unsaid else found


def _is_belied(report: Token) -> bool:
    """Whether a report is called false: "reports that Aven had fallen were untrue"."""
    if report.dep_ not in ("nsubj", "nsubjpass"):
        return False
    said = (c.lemma_.lower() for c in report.head.children if c.dep_ in ("acomp", "attr", "oprd"))
    return any(word in cues()["belittling"] for word in said)


def _is_given(predicate: Token, token: Token, above: Token) -> bool:
    """Whether a verb's subject takes what a noun tells for granted: "their conquests could help".

    It does where the noun says whose it is, and the verb only what may come of it.
    """
    if above.pos_ not in VERBS or token.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        return False
    if token.dep_ == "dobj" and above.lemma_ not in _LETTING:
        return False
    own = any(c.dep_ == "poss" for c in predicate.children)
    return own and bool(modals(above) & _MAY)


def _is_scene(predicate: Token, token: Token) -> bool:
    """Whether a noun only says amid what, or after what, something else happens."""
    if token.dep_ != "prep" or token.lower_ not in _AMID:
        return False
    if any(modals(verb) & SURE for verb in token.ancestors if verb.pos_ in VERBS):
        return False
    definite = any(c.lower_ in ("the", "its", "their") for c in predicate.children)
    return token.lower_ not in ("in", "from") or definite


def modals(verb: Token) -> set[str]:
    """The auxiliaries of a verb, in small letters; "'d" before a participle is "had"."""
    found = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    past = verb.tag_ == "VBN" and "'d" in found
    return found - {"'d"} | {"had"} if past else found


def is_demanded(verb: Token) -> bool:
    """Whether a verb is only what ought to be."""
    return bool(modals(verb) & _MUST)


def is_negated(verb: Token) -> bool:
    """Whether "not" or "no longer" stands with a verb."""
    longer = (c for c in verb.children if c.lower_ == "longer")
    return any(c.dep_ == "neg" for c in verb.children) or any(
        b.lower_ == "no" for c in longer for b in c.children
    )


def is_infinitive(token: Token) -> bool:
    """Whether a verb stands with "to"."""
    auxiliaries = [c for c in token.children if c.dep_ == "aux"]
    return token.pos_ in VERBS and any(c.tag_ == "TO" for c in auxiliaries)


def is_vowed(verb: Token) -> bool:
    """Whether somebody says what he will do himself: "we will", "it said it would"."""
    first = joined_to(verb)
    if is_passive(verb):
        return False
    subjects = [c for t in (verb, first) for c in t.children if c.dep_ in ("nsubj", "nsubjpass")]
    own = {t.lower_ for noun in subjects for t in (noun, *noun.lefts)}
    if own & {"we", "i", "our", "my"}:
        return True
    return first.dep_ == "ccomp" and bool(own & {"it", "they", "he", "she", "its", "their", "his"})


def joined_to(verb: Token) -> Token:
    """The first of the verbs that are joined: "were near and would take it"."""
    while verb.dep_ == "conj" and verb.head.pos_ in VERBS:
        verb = verb.head
    return verb


def _ends(token: Token, *, nominal: bool) -> bool:
    """Whether what stands above a word says nothing of it: what is only described by it."""
    above, dep = token.head, token.dep_
    if dep == "ccomp" and any(t.text == ";" for t in token.doc[token.i : above.i]):
        return True
    if dep not in _UP or (nominal and above.lemma_ in cues()["presupposed"]):
        return True
    if dep in _CLAUSES and not (is_infinitive(token) and not _only(token)):
        return not _is_content(token) and (dep != "acl" or token.tag_ in _PAST)
    if nominal or dep not in _CORE:
        return False
    verbs = token.pos_ in VERBS and above.pos_ in VERBS
    return dep in ("nsubj", "nsubjpass") or (verbs and dep != "conj")


def _is_content(verb: Token) -> bool:
    """Whether a clause says what a sign or report is of: "signs the army is pulling out"."""
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    whole = bool(own) and own[0].tag_ not in ("WDT", "WP")
    return whole and verb.dep_ != "advcl" and verb.head.lemma_.lower() in cues()["possible"]


def _only(verb: Token) -> bool:
    """Whether an infinitive tells what came of it: "only to lose it again"."""
    return any(c.lower_ == "only" for c in verb.children)


def _governed(found: Standing, token: Token, above: Token, *, nominal: bool) -> Standing | None:
    """What one word above does."""
    if token.dep_ == "prep" and token.lower_ in cues()["aside"]:
        return replace(found, polarity="negative") if token.lower_ == "without" else found
    if above.pos_ in _SMALL and above.dep_ != "acomp" and above.lower_ not in cues()["denied"]:
        return found
    cue = _cue(found, token, above, nominal=nominal)
    if is_infinitive(token) and any(c.lower_ == "yet" for c in above.children):
        return replace(found, polarity="negative", word="yet to")
    if cue == "demanded":
        return None
    if cue == "certain" and (is_negated(above) or modals(above) & OPEN):
        return _apply(found, "possible", f"not {above.lemma_.lower()}")
    if cue is not None:
        found = _apply(found, cue, above.lemma_.lower())
    elif is_infinitive(token) and found.factuality == "asserted" and not _goes_on(above):
        found = _ahead(found, token, f"{above.lemma_.lower()} to")
    return _auxiliaries(found, token, above, cue, nominal=nominal)


def _ahead(found: Standing, infinitive: Token, word: str) -> Standing:
    """What an infinitive tells is to come; of one in the perfect others say that it has been."""
    if "have" in modals(infinitive):
        return _apply(found, "possible", word)
    return replace(found, factuality="planned", word=word)


def _goes_on(above: Token) -> bool:
    """Whether a verb says that what stands below it is done: "continue to", "managed to"."""
    return is_cost(above) or above.lemma_.lower() in any_cue("ongoing", "done")


def _cue(found: Standing, token: Token, above: Token, *, nominal: bool) -> str | None:
    """What kind of word governs, by the lists of cues.toml; None where it is in none."""
    if nominal and token.dep_ == "nsubj" and _founders(above):
        return "failed"
    told = nominal and token.dep_ == "nsubjpass"
    if is_infinitive(token) or told or token.dep_ in _DIRECT:
        return _own_cue(found, token, above, nominal=nominal)
    return None


def _own_cue(found: Standing, token: Token, above: Token, *, nominal: bool) -> str | None:
    """What kind of word governs one that stands right below it."""
    lemma, infinitive = above.lemma_.lower(), is_infinitive(token)
    if infinitive and above.lower_ == "going":
        return "planned" if is_vowed(above) else "predicted"
    if lemma in cues()["demanded"] and (infinitive or _asks(token)):
        return "demanded"
    if lemma in _LETTING and infinitive and above.tag_ in _PAST:
        return "done"
    cue = next((k for k in _ORDER if lemma in cues()[k]), None)
    says = (above.pos_ in VERBS and not is_passive(above)) or _is_reported(token, above)
    if lemma == "report" and says:
        return None
    idle = (nominal and token.dep_ != "dobj") or found.factuality == "planned"
    return None if cue == "ongoing" and idle else cue


def _founders(verb: Token) -> bool:
    """Whether what a verb's subject tells came to nothing: "the assault failed"."""
    if verb.lemma_.lower() in cues()["foundering"]:
        return True
    ends = (n for word, n in phrases(verb) if word in ("to", "in"))
    return verb.lemma_ in ("come", "end") and any(n.lower_ in _NAUGHT for n in ends)


def _is_reported(token: Token, above: Token) -> bool:
    """Whether a clause stands before what reports it: "…, the press office reports"."""
    return token.dep_ == "ccomp" and token.i < above.i


def _asks(token: Token) -> bool:
    """Whether a clause below a verb of asking is what is asked: "demand that", "call for"."""
    content = token.dep_ in ("ccomp", "dobj", "acl", "relcl")
    return token.lower_ == "for" or (content and token.tag_ == "VB")


def _apply(found: Standing, cue: str, lemma: str) -> Standing:
    """The standing after one cue; a failure below it stays."""
    if cue in ("denied", "refused", "excluded"):
        so = "planned" if cue == "excluded" else found.factuality
        return replace(found, polarity="negative", factuality=so, word=lemma)
    if cue == "failed" and found.word in cues()["certain"]:
        return replace(found, certainty="possible", word=lemma)
    if cue in ("failed", "ongoing"):
        so = "asserted" if cue == "failed" else found.factuality
        return replace(found, completion=cue, factuality=so, word=lemma)
    if cue in _CERTAINTIES:
        unsaid = _is_so(found) and (found.certainty == "underspecified" or cue == "certain")
        return replace(found, certainty=cue, word=lemma) if unsaid else found
    if cue == "done" or found.completion == "failed":
        return found
    return replace(found, factuality=cue, word=lemma)


def _is_so(found: Standing) -> bool:
    return found.factuality == "asserted"


def _auxiliaries(
    found: Standing, token: Token, above: Token, cue: str | None, *, nominal: bool
) -> Standing | None:
    """What the auxiliaries of a governing verb say of what stands below it."""
    if above.pos_ not in VERBS or (token.dep_ == "ccomp" and cue is None):
        return found
    if is_demanded(above) and not nominal:
        return None
    auxiliaries = modals(above)
    if auxiliaries & SURE and _is_so(found):
        found = replace(found, factuality="predicted", word="will")
    if auxiliaries & OPEN and "have" not in auxiliaries and _is_so(found):
        found = replace(found, factuality="conditional", word="could")
    reaches = cue in ("done", "ongoing", *_CERTAINTIES) or token.dep_ == "xcomp"
    if is_negated(above) and reaches and (cue is not None or not nominal):
        found = replace(found, polarity="negative", word="not")
    if not nominal and any(
        c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in above.children
    ):
        found = replace(found, factuality="conditional", word="if")
    return found
