"""What a statement leaves to the article: who took and who lost, as another statement tells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.suggest.found import By, Filled, Named, Statement
from kg.suggest.meant.told import PLACE_ROLES, Told, identity, is_known, is_parted
from kg.suggest.reading import Reading

_TAKINGS: Final = ("capture", "unopposed-takeover")
_DEEDS: Final = ("air-strike", "attack", "killing", "destruction")
_LIES: Final = re.compile(r"\b(?:in|near|at|around|across)\s+(?:the\s+)?(?:\w+\s+of\s+)?$")
_REACH: Final = 200
"""How far before a name, in characters, the words stand that say of what it is the place."""
_BESIEGED: Final = {"siege": ("affected",)}
_STRIKES: Final = ("attack", "air-strike")
_HOLDERS: Final = ("gained-by", "controller", "agent")


@dataclass(frozen=True, slots=True)
class Others:
    """The other statements of an article than one, and the places named in its sentence."""

    told: Told
    one: Statement
    every: Sequence[Statement]

    @property
    def all(self) -> list[Statement]:
        """The other statements."""
        return [other for other in self.every if other is not self.one]

    @property
    def beside(self) -> list[Statement]:
        """Those that begin in its sentence."""
        low, high = self.reading.sentence(self.one.span)
        return [other for other in self.all if low <= other.span[0] < high]

    @property
    def before(self) -> list[Statement]:
        """Those that begin in the sentence before its own."""
        low, _ = self.reading.sentence(self.one.span)
        earlier = [start for start, _ in self.reading.sentences if start < low][-1:]
        return [o for o in self.all if earlier and earlier[0] <= o.span[0] < low]

    @property
    def places(self) -> Sequence[Named]:
        """The known places named in its sentence."""
        return self.told.in_sentence(self.one.span, "place")

    @property
    def reading(self) -> Reading:
        """The article in which they all stand."""
        return self.told.reading


def imply(told: Told, statements: Sequence[Statement]) -> list[Statement]:
    """The statements in order, each with what the others tell of it."""
    found = list(statements)
    others = [Others(told, s, found) for s in found]
    for rule in _RULES:
        ruled = list(map(rule, found, others))
        if any(after is not before for after, before in zip(ruled, found, strict=True)):
            changed = dict(zip(found, ruled, strict=True))
            found = [_linked(changed[s], changed) for s in found]
            others = [Others(told, s, found) for s in found]
    return found


def _linked(statement: Statement, changed: dict[Statement, Statement]) -> Statement:
    """A statement with those it hangs on as they are now."""
    if statement.on_condition is None and statement.denies is None:
        return statement
    condition, denied = (
        changed.get(other, other) if other is not None else None
        for other in (statement.on_condition, statement.denies)
    )
    return replace(statement, on_condition=condition, denies=denied)


# --- who lost it -----------------------------------------------------------------------------


def _loser_before(statement: Statement, others: Others) -> Statement:
    """A taking with who the sentence says held the place until then."""
    if statement.type not in _TAKINGS or statement.filling("lost-by"):
        return statement
    for other in others.beside:
        held = other.filling("controller")
        if other.type is None and other.completion == "completed" and _one_place(statement, other):
            return _with(statement, "lost-by", held, "who held it until then")
    return statement


def _loser_beside(statement: Statement, others: Others) -> Statement:
    """A loss with who loses in the same sentence."""
    if statement.type != "loss-of-control" or _has(statement, "lost-by", "gained-by"):
        return statement
    for other in others.beside:
        losers = other.filling("lost-by")
        if other.type == statement.type and losers and other.span[0] < statement.span[0]:
            return _with(statement, "lost-by", losers, "who loses in the same sentence")
    return statement


def _leaver_of_same(statement: Statement, others: Others) -> Statement:
    """A place given up, with the one who loses or holds it elsewhere in the article."""
    if statement.type != "withdrawal" or statement.filling("lost-by"):
        return statement
    losers = [
        ((other.span > statement.span, abs(other.span[0] - statement.span[0])), f)
        for other in others.all
        if _one_place(statement, other) and _is_fact(other)
        for f in other.filling("lost-by", "controller", *_BESIEGED.get(other.type or "", ()))
        if f.named is not None and is_known(f)
    ]
    nearest = [f for _, f in sorted(losers, key=lambda pair: pair[0])[:1]]
    return _with(statement, "lost-by", nearest, "who loses or holds it, told nearest")


def _attacked_holder(statement: Statement, others: Others) -> Statement:
    """An attack on what its sentence says is somebody's: "attacked the League's strongholds"."""
    if statement.type not in _STRIKES or statement.filling("affected"):
        return statement
    for other in others.beside:
        if other.type is None and _one_place(statement, other):
            return _with(statement, "affected", other.filling("controller"), "whose it is")
    return statement


# --- who took it -----------------------------------------------------------------------------


def _gainer_of_same(statement: Statement, others: Others) -> Statement:
    """A taking or fall of a place with the one who takes it elsewhere in the article."""
    if not _lacks_gainer(statement):
        return statement
    takers = {
        identity(f.named): f
        for other in others.all
        if other.type in _TAKINGS and _is_fact(other) and _one_place(statement, other)
        for f in other.filling("gained-by")
        if f.named is not None and is_known(f)
    }
    if len(takers) != 1:
        return statement
    found = _with(statement, "gained-by", list(takers.values()), "who takes it elsewhere here")
    return replace(found, type="capture")


def _gainer_beside(statement: Statement, others: Others) -> Statement:
    """A taking told by its noun with the one who holds or advances before it in the sentence."""
    if not _lacks_gainer(statement) or statement.type not in _TAKINGS:
        return statement
    before = [o for o in others.beside if o.span[1] <= statement.span[0]]
    for other in reversed(before):
        holders = [f for f in other.filling(*_HOLDERS) if is_known(f)]
        if holders and _is_fact(other):
            return _with(statement, "gained-by", holders, "who acts before it in the sentence")
    return statement


def _gainer_of_all(statement: Statement, others: Others) -> Statement:
    """A taking with the only one of whom the article tells takings."""
    if not _lacks_gainer(statement) or statement.type not in _TAKINGS or not _places(statement):
        return statement
    takers = [
        filled
        for other in others.all
        if _is_fact(other) and other.type in _TAKINGS
        for filled in other.filling("gained-by")
        if is_known(filled)
    ]
    ids = {identity(f.named) for f in takers if f.named is not None}
    if len(ids) != 1 or len(takers) < 2:
        return statement
    return _with(statement, "gained-by", takers[:1], "the only one who takes anything here")


def _lacks_gainer(statement: Statement) -> bool:
    fell = statement.by.rule == "control.loss-fell" and not statement.filling("lost-by")
    return (statement.type in _TAKINGS or fell) and not statement.filling("gained-by")


def _besieger(statement: Statement, others: Others) -> Statement:
    """A siege with who takes the place at its end: "took Aven after a siege"."""
    if statement.type != "siege" or statement.filling("agent"):
        return statement
    for other in others.beside:
        if other.type in _TAKINGS and _is_fact(other) and _one_place(statement, other):
            takers = [f for f in other.filling("gained-by") if is_known(f)]
            return _with(statement, "agent", takers, "who takes it at its end")
    return statement


def _fall_to_nobody(statement: Statement, _others: Others) -> Statement:
    """A fall of which no taker is told: a loss, whoever took it."""
    if statement.by.rule != "control.fall-noun" or statement.filling("gained-by"):
        return statement
    return replace(statement, type="loss-of-control")


# --- what they share -------------------------------------------------------------------------


def _is_fact(statement: Statement) -> bool:
    return (statement.polarity, statement.factuality) == ("positive", "asserted")


def _places(statement: Statement) -> set[str]:
    ids = (identity(f.named) for f in statement.filling(*PLACE_ROLES) if f.named is not None)
    return {one for one in ids if one is not None}


def _one_place(one: Statement, other: Statement) -> bool:
    """Whether two statements are of one place, by its id or by its words."""
    if _places(one) & _places(other):
        return True
    words = {f.words for f in one.filling("place")}
    return any(f.words in words for f in other.filling("place"))


def _has(statement: Statement, *roles: str) -> bool:
    return bool(statement.filling(*roles))


def _with(statement: Statement, role: str, filled: Sequence[Filled], because: str) -> Statement:
    """A statement with a role filled as another's is, and why."""
    others = {identity(f.named) for f in statement.roles if f.named is not None}
    added = [replace(f, role=role) for f in filled if f.named and identity(f.named) not in others]
    added = added or [replace(f, role=role) for f in filled if f.named is None]
    if not added:
        return statement
    by = By(statement.by.rule, f"{statement.by.because}; {role}: {because}")
    return replace(statement, roles=(*statement.roles, *added), by=by)


# --- where it happened -----------------------------------------------------------------------


def _place_behind(statement: Statement, others: Others) -> Statement:
    """A deed with the place that its clause names behind it: "struck camps and convoys in Tarn"."""
    if statement.type not in _DEEDS or _has(statement, *PLACE_ROLES):
        return statement
    for named in others.places:
        if named.span[0] >= statement.span[1] and _lies(others.reading, named):
            if not is_parted(others.reading, statement.span, named.span):
                return _placed(statement, [Filled("place", named.span, named)], "in its clause")
            break
    return statement


def _lies(reading: Reading, named: Named) -> bool:
    """Whether a preposition of place stands before a name."""
    start = named.span[0]
    return _LIES.search(reading.text, max(0, start - _REACH), start) is not None


def _place_of_scene(statement: Statement, others: Others) -> Statement:
    """A killing with the place that its sentence, or the one before, tells of."""
    if statement.type != "killing" or _has(statement, *PLACE_ROLES):
        return statement
    for other in (*others.beside, *reversed(others.before)):
        places = [f for f in other.filling(*PLACE_ROLES) if is_known(f)]
        if places and other.span[0] < statement.span[0]:
            return _placed(statement, places, "where the sentence, or the one before it, is")
    return statement


def _placed(statement: Statement, places: Sequence[Filled], because: str) -> Statement:
    by = By(statement.by.rule, f"{statement.by.because}; place: {because}")
    added = tuple(replace(place, role="place") for place in places)
    return replace(statement, roles=(*statement.roles, *added), by=by)


_RULES: Final[tuple[Callable[[Statement, Others], Statement], ...]] = (
    _loser_before,
    _loser_beside,
    _leaver_of_same,
    _attacked_holder,
    _place_behind,
    _place_of_scene,
    _gainer_of_same,
    _gainer_beside,
    _gainer_of_all,
    _besieger,
    _fall_to_nobody,
)
