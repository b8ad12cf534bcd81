"""What a statement leaves out and another beside it tells: who lost it, who fought, and where.

"The garrison withdrew" has no place, "the fighting in Aven" has no sides: the sentence, or one
before, names them. A statement that lacks what its frame cannot do without, and is lent nothing,
is dropped. Who took and who lost a place that others took is in kg.suggest.meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.suggest.control.events import Told
from kg.suggest.control.frames import PLACE_ROLES, cues, lexicon
from kg.suggest.found import By, Filled, Named, Statement
from kg.suggest.reading import Reading
from kg.suggest.tokens import Token
from kg.text import Span

_TAKINGS: Final = ("capture", "unopposed-takeover")
_LOSSES: Final = ("loss-of-control", "withdrawal")
_OF_PLACES: Final = (*_TAKINGS, *_LOSSES, "clash", "attack", "siege", "advance")
_ONE_SIDE: Final = ("gained-by", "controller", "agent")
_FATAL: Final = ("die", "kill", "wound", "injure", "perish", "hurt", "maim")
"""What befell people in an attack, which is told with them: "nine died in the shelling"."""
_BACK: Final = 2
"""How many sentences back a statement is lent from."""


def lend(told: Sequence[Told], reading: Reading, names: Sequence[Named]) -> list[Told]:
    """The same statements, each with what it leaves out; without those that still lack it."""
    lent: list[Told] = []
    for n, one in enumerate(told):
        others = [*reversed(lent), *told[n + 1 :]]
        lent.append(Told(one.token, _lent(one, others, reading, names)))
    return [one for one in lent if _is_whole(one, lent, reading)]


def _lent(one: Told, others: Sequence[Told], reading: Reading, names: Sequence[Named]) -> Statement:
    statement, frame = one.statement, lexicon().rules[one.statement.by.rule]
    if statement.type == "loss-of-control" and not statement.filling("lost-by", "gained-by"):
        statement = _with_loser(statement, others, reading)
    for role in frame.lends:
        if role not in PLACE_ROLES and not statement.filling(role):
            statement = _with(statement, role, _sides(_near(statement, others, reading)))
        elif role in PLACE_ROLES and not statement.filling(*_instead(statement)):
            found = _place_for(one, others, reading, names)
            statement = _with(statement, role, found)
    return statement


def _place_for(
    one: Told, others: Sequence[Told], reading: Reading, names: Sequence[Named]
) -> list[Filled]:
    """Where something is that tells no place: as its sentence tells, else the ones before."""
    if not _tells_anew(one.token):
        return []
    return (
        _places(_beside(one.statement, others, reading))
        or _named_before(one.statement, reading, names)
        or _places(_near(one.statement, others, reading))
    )


def _instead(statement: Statement) -> tuple[str, ...]:
    """What a statement can do with for a place: an attack whom it was on, a retreat no end."""
    if statement.type == "withdrawal":
        return ("place", "departure")
    return (*PLACE_ROLES, "affected") if statement.type == "attack" else PLACE_ROLES


def _tells_anew(token: Token) -> bool:
    """Whether a word without a place tells something, and does not only point back to it.

    A verb does; a noun where the sentence sets it beside something else: "after the advance of".
    """
    if token.pos_ in ("VERB", "AUX"):
        return True
    above = [t for t in token.ancestors if t.pos_ in ("ADP", "SCONJ", "VERB") and t.lower_ != "of"]
    if not above:
        return False
    fatal = above[0].lower_ in ("in", "by") and above[0].head.lemma_ in _FATAL
    return fatal or above[0].lower_ in cues()["aside"]


def _is_whole(one: Told, told: Sequence[Told], reading: Reading) -> bool:
    """Whether a statement has the roles that its frame cannot do without, lent or told.

    Those who "pushed on and seized the ford" are told to have taken it, and no more.
    """
    frame = lexicon().rules[one.statement.by.rule]
    present = {filled.role for filled in one.statement.roles}
    if not set(frame.needs) <= present or (frame.some and not present & set(frame.some)):
        return False
    if frame.type == "clash" and "agent" not in present:
        return frame.nouns != () and any(_is_said(f, one.statement) for f in _where(one))
    if frame.type == "withdrawal" and not any(_is_said(f, one.statement) for f in _at(one)):
        leaving = [s for s in _beside(one.statement, told, reading) if s.type == "withdrawal"]
        leaving = [s for s in leaving if s != one.statement and s.span < one.statement.span]
        return not any(_who(one.statement, "lost-by") & _who(s, "lost-by") for s in leaving)
    if frame.type != "advance" or any(_is_said(f, one.statement) for f in _where(one)):
        return True
    beside = [s for s in _beside(one.statement, told, reading) if s.type in _TAKINGS]
    return not any(_who(one.statement, "agent") & _who(s, "gained-by") for s in beside)


def _where(one: Told) -> list[Filled]:
    return one.statement.filling(*PLACE_ROLES)


def _at(one: Told) -> list[Filled]:
    return one.statement.filling("place", "departure")


def _is_said(filled: Filled, statement: Statement) -> bool:
    """Whether a place stands in the words of the statement itself, not lent to it."""
    return statement.span[0] <= filled.words[0] and filled.words[1] <= statement.span[1]


def _who(statement: Statement, role: str) -> set[Span]:
    return {filled.words for filled in statement.filling(role)}


# --- who and where ---------------------------------------------------------------------------


def _with_loser(statement: Statement, others: Sequence[Told], reading: Reading) -> Statement:
    """A fall told beside a loss is one more of that loser; told beside a taking it is a taking."""
    for near in _near(statement, others, reading):
        if near.type in _LOSSES and near.filling("lost-by"):
            return _with(statement, "lost-by", near.filling("lost-by"))
        fell = statement.by.rule != "control.loss-noun"
        if fell and near.type in _TAKINGS and near.filling("gained-by"):
            taken = replace(statement, type="capture")
            return _with(taken, "gained-by", near.filling("gained-by"))
    return statement


def _sides(near: Iterable[Statement]) -> list[Filled]:
    return next((side for s in near if (side := s.filling(*_ONE_SIDE))), [])


def _places(near: Iterable[Statement]) -> list[Filled]:
    """The place of the first statement that has one, those with a name first."""
    found = [s.filling(*PLACE_ROLES) for s in near if s.type in (*_OF_PLACES, None)]
    found = [filled for filled in found if filled]
    named = (filled for filled in found if filled[0].named is not None)
    return next(named, found[0] if found else [])


def _named_before(statement: Statement, reading: Reading, names: Sequence[Named]) -> list[Filled]:
    """The last place that the sentence names before a statement, and those joined to it."""
    low, _ = reading.sentence(statement.span)
    inside = [n for n in names if low <= n.span[0] and n.span[1] <= statement.span[0]]
    found: list[Named] = []
    places = [n for n in inside if n.kind == "place" and n.span[0] not in reading.datelines]
    for name in reversed(places):
        between = reading.text[name.span[1] : found[0].span[0]].strip() if found else "and"
        if between not in ("and", ",", ", and"):
            break
        found.insert(0, name)
    return [Filled("place", name.span, name) for name in found]


def _with(statement: Statement, role: str, lent: Sequence[Filled]) -> Statement:
    """A statement with a role filled as another's is, which its `because` says."""
    if not lent:
        return statement
    by = By(statement.by.rule, f"{statement.by.because}; {role} as told beside it")
    roles = (*statement.roles, *(Filled(role, one.words, one.named) for one in lent))
    return replace(statement, by=by, roles=roles)


# --- what stands beside ------------------------------------------------------------------------


def _near(statement: Statement, others: Sequence[Told], reading: Reading) -> list[Statement]:
    """The statements of the same sentence, nearest first, then those of the sentences before."""
    beside = list(_beside(statement, others, reading))
    low, _ = reading.sentence(statement.span)
    starts = [start for start, _ in reading.sentences if start < low][-_BACK:]
    before = [o.statement for o in others if starts and starts[0] <= o.statement.span[0] < low]
    return [*beside, *sorted(before, key=lambda s: -s.span[0])]


def _beside(statement: Statement, others: Sequence[Told], reading: Reading) -> Iterator[Statement]:
    low, high = reading.sentence(statement.span)
    inside = [o.statement for o in others if low <= o.statement.span[0] < high]
    yield from sorted(inside, key=lambda s: (_apart(s, statement), s.span))


def _apart(one: Statement, other: Statement) -> int:
    return max(0, one.span[0] - other.span[1], other.span[0] - one.span[1])
