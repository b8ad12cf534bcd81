"""Statements of control from the verbs and nouns of a parsed paragraph, by the frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.suggest.control.clauses import compound_start
from kg.suggest.control.frames import PLACE_ROLES, cues, lexicon, manner
from kg.suggest.control.gapped import gapped
from kg.suggest.control.governed import Standing
from kg.suggest.control.matches import Match, is_verb, matches
from kg.suggest.control.places import places
from kg.suggest.control.scene import Scene
from kg.suggest.control.slots import fill, is_fitting, slots_of
from kg.suggest.control.standing import standing
from kg.suggest.found import By, Filled, Statement
from kg.suggest.tokens import Parsed, Token
from kg.text import Span

_NO_SIZE: Final = frozenset(
    (
        *("part", "parts", "areas", "pockets", "some", "several", "swathes", "territory"),
        *("quarters", "sections", "portions"),
    )
)
_AT_ONCE: Final = ("capture", "loss-of-control", "unopposed-takeover", "withdrawal", "killing")
"""Types of event that are over when they have happened, be it "since May"."""
_NOUNS: Final = ("NOUN", "PROPN")
_HEDGES: Final = frozenset(("effectively", "virtually", "practically", "facto"))


@dataclass(frozen=True, slots=True)
class Told:
    """A statement and the token that tells it."""

    token: Token
    statement: Statement


def telling(doc: Parsed) -> list[Token]:
    """The words of a paragraph that can be the verb or noun of a frame."""
    return doc.having(lexicon().lemmas)


def find(words: Sequence[Token], scene: Scene) -> list[Told]:
    """The statements that the telling words of a paragraph make, in their order."""
    verbs = [t for t in words if is_verb(t)]
    nouns = [t for t in words if t not in verbs and (t.tag_ == "VBG" or t.pos_ in _NOUNS)]
    told: list[Told] = []
    used: set[int] = set()
    for token in (*verbs, *nouns):
        made = _first(token, scene) if token.i not in used else None
        if made is not None:
            match, statement = made
            used |= {t.i for t in (*match.words, *_blows(match))}
            told.append(Told(token, statement))
            told += [Told(token, one) for one in _included(token, statement, scene)]
            told += [Told(token, one) for one in gapped(token, statement, scene)]
    return sorted(told, key=lambda t: t.token.i)


def _included(token: Token, statement: Statement, scene: Scene) -> Iterator[Statement]:
    """The same of the places that a holding or taking is said to include."""
    if statement.degree is None and statement.type != "capture":
        return
    for word in token.doc[token.i : token.sent.end]:
        if word.lower_ != "including" or token not in word.ancestors:
            continue
        for phrase in (p for c in word.children if c.dep_ == "pobj" for p in places(scene, c)):
            others = [f for f in statement.roles if f.role not in PLACE_ROLES]
            roles = (*others, Filled("place", phrase.words, phrase.named))
            span = scene.span(word, word)[0], phrase.words[1]
            yield replace(statement, span=span, roles=roles, extent=phrase.extent)


def _blows(match: Match) -> Iterator[Token]:
    """The blows that a match says have hit, of which no more is told: "raids hit the port"."""
    if match.frame.of.get("subject") == "blows":
        yield from (c for c in match.token.children if c.dep_ == "nsubj")


def _first(token: Token, scene: Scene) -> tuple[Match, Statement] | None:
    """The first frame of a token that makes a statement."""
    made = ((match, _statement(match, scene)) for match in matches(token))
    return next(((m, s) for m, s in made if s is not None), None)


def _statement(match: Match, scene: Scene) -> Statement | None:
    """The statement of a match, None where what it needs is missing or of the wrong kind."""
    slots = slots_of(match)
    filled = fill(match, slots, scene) if is_fitting(match, slots, scene) else None
    stands = standing(match.token, state=match.frame.degree is not None) if filled else None
    if filled is None or stands is None or (match.frame.ahead and not _is_ahead(stands)):
        return None
    roles, extent = filled
    stands = _as_told(match, stands)
    denied = stands.word in cues()["denied"]
    absent = (
        match.frame.degree in ("presence", "none") and stands.polarity == "negative" and not denied
    )
    return Statement(
        span=_span(match, roles, scene),
        by=By(f"control.{match.frame.rule}", _because(match, stands)),
        type=match.frame.type,
        degree="none" if absent else _degree(match, extent, scene),
        roles=tuple(roles),
        mode=match.frame.mode or _mode(match),
        extent=extent,
        polarity="positive" if absent else stands.polarity,
        completion=stands.completion,
        factuality=stands.factuality,
        certainty=stands.certainty,
    )


def _as_told(match: Match, stands: Standing) -> Standing:
    """A standing with what the frame or the light verb of a match says of it."""
    verb = lexicon().verb(match.token.lemma_.lower())
    if match.frame.denied:
        other = "positive" if stands.polarity == "negative" else "negative"
        return replace(stands, polarity=other)
    if match.light == "bearer" and verb in cues()["repelled"]:
        return replace(stands, completion="failed")
    if match.light == "subject" and _lasts(match):
        return replace(stands, completion="ongoing")
    if match.frame.type in _AT_ONCE and stands.word == "the progressive" and _is_perfect(match):
        return replace(stands, completion="completed")
    return replace(stands, factuality="planned") if match.frame.ahead else stands


def _lasts(match: Match) -> bool:
    """Whether a light verb says that what its noun tells is under way: "began a push"."""
    lent = is_verb(match.token) and match.words[1:] and not match.frame.words
    return bool(lent) and match.token.lemma_.lower() in cues()["ongoing"]


def _is_perfect(match: Match) -> bool:
    """Whether a verb tells what has happened by now, and not what was going on."""
    return match.token.tag_ == "VBN" and not any(c.lower_ == "being" for c in match.token.children)


def _is_ahead(stands: Standing) -> bool:
    """Whether what is told is still to come."""
    return stands.factuality in ("planned", "predicted")


def _mode(match: Match) -> str | None:
    """How a place was taken, as far as the verb itself says."""
    forced = lexicon().verb(match.token.lemma_.lower()) in manner()["forceful"]
    return "by-force" if forced and match.frame.type in ("capture", "loss-of-control") else None


def _because(match: Match, stands: Standing) -> str:
    words = sorted(match.words, key=lambda t: t.i)
    said = f"'{' … '.join(t.lower_ for t in words)}'"
    return f"{said}, with '{stands.word}' above or beside it" if stands.word else said


def _degree(match: Match, extent: Span | None, scene: Scene) -> str | None:
    """The degree of a state; a hedge weakens "controls", an untold part makes it partial."""
    if match.frame.degree != "full":
        return match.frame.degree
    beside = {c.lower_ for c in match.token.children if c.dep_ == "advmod"}
    if beside & _HEDGES:
        return "dominant"
    return "partial" if extent is not None and scene.words(extent) & _NO_SIZE else "full"


def _span(match: Match, roles: list[Filled], scene: Scene) -> Span:
    """From the predicate to the first place, or the other way round."""
    ordered = sorted(match.words, key=lambda t: t.i)
    start, end = scene.span(compound_start(ordered[0]), ordered[-1])
    sentence = match.token.sent
    low, high = scene.span(sentence[0], sentence[-1])
    for first, last in [f.words for f in roles if f.role in PLACE_ROLES][:1]:
        if low <= first and last <= high:
            start, end = min(start, first), max(end, last)
    return start, end
