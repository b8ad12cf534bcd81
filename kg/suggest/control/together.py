"""What an article's statements say of each other: conditions, denials, how a place was taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.suggest.control.clauses import is_gerund
from kg.suggest.control.events import Told
from kg.suggest.control.frames import PLACE_ROLES, cues, manner
from kg.suggest.control.standing import is_inverted
from kg.suggest.found import Filled, Statement
from kg.suggest.reading import Reading
from kg.suggest.tokens import Token

_NOUNS: Final = ("NOUN", "PROPN")
_TAKINGS: Final = ("capture", "unopposed-takeover")
_LOSSES: Final = ("loss-of-control", "withdrawal")
_LEAVING: Final = ("after", "following", "once", "when", "as")


def together(told: Sequence[Told], reading: Reading) -> list[Statement]:
    """The same statements, in the same order, each knowing the others that it hangs on."""
    taken = [Told(t.token, _taken(t, told)) for t in told]
    denied = [Told(t.token, _denying(t, taken[:n], reading)) for n, t in enumerate(taken)]
    conditions = [t for t in denied if _if_clause(t.token) is not None]
    return [_conditioned(t, conditions) for t in denied]


# --- how a place was taken -------------------------------------------------------------------


def _taken(one: Told, told: Sequence[Told]) -> Statement:
    """A taking as its sentence tells it: unopposed, or after the others had left."""
    statement = one.statement
    if statement.degree is not None and any(_ended_by(one, t) for t in told):
        return replace(statement, completion="completed")
    if statement.type == "siege":
        return _besieged(one)
    if statement.type in _LASTING and (one.token.pos_ == "NOUN" or is_gerund(one.token)):
        return _lasting(one)
    entered = statement.type == "advance" and one.token.pos_ == "VERB"
    if entered and _resistance_denied(one.token):
        roles = tuple(replace(f, role=_AS_TAKING.get(f.role, f.role)) for f in statement.roles)
        return replace(statement, type="unopposed-takeover", roles=roles)
    if statement.type not in _TAKINGS:
        return statement
    if _resistance_denied(one.token):
        statement = replace(statement, type="unopposed-takeover")
    if statement.mode is None and any(_left_before(one, t) for t in told):
        statement = replace(statement, mode="after-withdrawal")
    return statement


def _besieged(one: Told) -> Statement:
    """A siege, which goes on where it only describes ("the besieged town"), and may be raised."""
    statement, above = one.statement, [t.lemma_.lower() for t in one.token.ancestors][:2]
    if one.token.pos_ in _NOUNS and cues()["lifting"] & set(above):
        return replace(statement, polarity="negative")
    if one.token.tag_ != "VBN":
        return statement
    helping = {c.lower_ for c in one.token.children if c.dep_ in ("aux", "auxpass")}
    if "be" in helping and helping & {"may", "might"}:
        maybe = replace(statement, factuality="asserted", certainty="possible")
        return replace(maybe, completion="ongoing")
    describes = not helping and statement.completion == "completed"
    return replace(statement, completion="ongoing") if describes else statement


def _lasting(one: Told) -> Statement:
    """Fighting told by its noun: whether it is over, only words beside it say."""
    statement = one.statement
    over = any(t.lower_ in _LEAVING for t in one.token.ancestors)
    if statement.completion != "completed" or over:
        return statement
    if any(t.lower_ == "since" for t in one.token.sent):
        return replace(statement, completion="ongoing")
    return replace(
        statement, completion="ongoing" if statement.type == "rivalry" else "unspecified"
    )


_VERBS: Final = ("VERB", "AUX")
_LASTING: Final = ("clash", "rivalry")
_AS_TAKING: Final = {"agent": "gained-by", "destination": "place"}


def _ended_by(held: Told, other: Told) -> bool:
    """Whether a hold is told of a place only as that which was taken: "the last post held by"."""
    if other.token.doc is not held.token.doc:
        return False
    if _is_called(held.token, other.token):
        return other.statement.type in (*_TAKINGS, *_LOSSES) and _is_fact(other)
    if not _describes(held.token, other.token):
        return False
    spans = {f.words for f in other.statement.filling("place")}
    same = any(f.words in spans for f in held.statement.filling("place"))
    if same and other.statement.degree is not None:
        holders = {f.words for f in held.statement.filling("controller")}
        others = {f.words for f in other.statement.filling("controller")}
        return bool(holders) and bool(others) and not holders & others
    return same and other.statement.type in (*_TAKINGS, "loss-of-control") and _is_fact(other)


def _is_called(hold: Token, other: Token) -> bool:
    """Whether what is taken or lost is called a hold: "Aven, its stronghold, was captured"."""
    return hold.pos_ == "NOUN" and hold.dep_ in ("appos", "pobj") and other in hold.ancestors


def _describes(hold: Token, other: Token) -> bool:
    """Whether a hold is told beside a noun: "the post held by", "the post under the control of".

    A model hangs what stands behind the noun on its verb, at times.
    """
    above = hold.head.head if hold.dep_ == "pobj" and hold.head.dep_ == "prep" else None
    under = above is not None and (above.pos_ in _NOUNS or above == other)
    return hold.dep_ == "acl" or under


def _is_fact(told: Told) -> bool:
    statement = told.statement
    standing = (statement.polarity, statement.completion, statement.factuality)
    return standing == ("positive", "completed", "asserted")


def _resistance_denied(taking: Token) -> bool:
    """Whether the sentence says that nobody resisted, or that the place was empty."""
    words = manner()
    beside = [c for t in (taking, *taking.children) for c in t.children]
    if any(c.lower_ in words["unopposed"] | words["empty"] for c in beside):
        return True
    return any(
        token.lemma_.lower() in words["resisting"] and _is_denied(token) for token in taking.sent
    )


def _is_denied(noun: Token) -> bool:
    """Whether a noun stands in "without a fight", "no resistance", "not … any resistance"."""
    if noun.head.lower_ == "without" or noun.head.head.lower_ == "without":
        return True
    beside = {c.lower_ for c in noun.children}
    negated = any(c.dep_ == "neg" for c in noun.head.children)
    return "no" in beside or ("any" in beside and negated)


def _left_before(taking: Told, other: Told) -> bool:
    """Whether another statement of the sentence tells a departure that came first."""
    if other.statement.type != "withdrawal" or other.token.doc is not taking.token.doc:
        return False
    if other.token.sent != taking.token.sent or other.statement.polarity == "negative":
        return False
    above = (other.token, *other.token.ancestors)
    marks = {c.lower_ for t in above[:2] for c in t.children if c.dep_ in ("mark", "advmod")}
    return bool(marks & set(_LEAVING)) or any(t.lower_ in _LEAVING for t in above[:3])


# --- denials ---------------------------------------------------------------------------------


def _denying(one: Told, before: Sequence[Told], reading: Reading) -> Statement:
    """A denial with the last statement before it of one type and place."""
    statement = one.statement
    above = {t.lemma_.lower() for t in one.token.ancestors}
    if statement.polarity != "negative" or not above & cues()["denied"]:
        return statement
    places = _places(statement, reading)
    earlier = (
        t.statement
        for t in reversed(before)
        if t.statement.polarity == "positive"
        and t.statement.type in {statement.type, *_ALIKE.get(statement.type or "", ())}
        and places & _places(t.statement, reading)
    )
    return replace(statement, denies=next(earlier, None))


_ALIKE: Final = {
    "capture": ("loss-of-control", "unopposed-takeover"),
    "loss-of-control": ("capture", "unopposed-takeover", "withdrawal"),
    "unopposed-takeover": ("capture", "loss-of-control"),
    "withdrawal": ("loss-of-control",),
}


def _places(statement: Statement, reading: Reading) -> set[str]:
    return {_name(filled, reading) for filled in statement.filling(*PLACE_ROLES)}


def _name(filled: Filled, reading: Reading) -> str:
    """What a place is known by: its id, else its words."""
    named = filled.named
    if named is None:
        return reading.words(filled.words).casefold()
    return named.refers_to or named.record or reading.words(named.span).casefold()


# --- conditions ------------------------------------------------------------------------------


def _conditioned(one: Told, told: Sequence[Told]) -> Statement:
    """A consequence with its condition: "if they take the ford, the valley is lost"."""
    condition = next((t for t in told if _is_condition(t.token, one.token)), None)
    if condition is None:
        return one.statement
    return replace(one.statement, factuality="conditional", on_condition=condition.statement)


def _is_condition(condition: Token, consequence: Token) -> bool:
    """Whether a verb stands in an if-clause below the other's clause."""
    if condition.doc is not consequence.doc:
        return False
    clause = _if_clause(condition)
    if clause is None or clause in (consequence, *consequence.ancestors):
        return False
    return clause.head in _main(consequence)


def _if_clause(condition: Token) -> Token | None:
    """The clause with "if" in which a word stands."""
    above = (condition, *condition.ancestors)
    return next((t for t in above if t.pos_ in _VERBS and _has_if(t)), None)


def _main(consequence: Token) -> list[Token]:
    """A word and those above it in its own clause: what only describes a noun has another."""
    found = [consequence]
    for above in consequence.ancestors:
        if found[-1].dep_ in ("relcl", "acl"):
            break
        found.append(above)
    return found


def _has_if(verb: Token) -> bool:
    return is_inverted(verb) or any(
        c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in verb.children
    )
