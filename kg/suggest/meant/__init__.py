"""Whom and where the words of statements mean, and what a statement leaves to its article.

`whom` and `where` resolve what points to a name; `implied` adds who took or lost where the words
of another statement tell it; `apart` makes one taking of each place. What is known of the world
comes from the authorities and the gazetteer (`atlas`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.suggest.found import By, Filled, Named, Statement
from kg.suggest.meant.apart import take_apart
from kg.suggest.meant.atlas import Atlas
from kg.suggest.meant.implied import imply
from kg.suggest.meant.lexicon import load_lexicon
from kg.suggest.meant.told import PLACE_ROLES, Told, identity, is_known
from kg.suggest.meant.where import where
from kg.suggest.meant.whom import led, whom
from kg.suggest.meant.whose import commanded, forces_of, of_person
from kg.suggest.names import Known
from kg.suggest.reading import Reading


def take_meant(
    reading: Reading, names: Sequence[Named], statements: Sequence[Statement], known: Known
) -> list[Statement]:
    """The statements with who and where their words mean, and in `because` for which words."""
    told = Told(reading, names, Atlas(known), statements)
    taken: dict[Statement, Statement] = {}
    for statement in statements:
        _take(told, statement, taken)
    found = [taken[statement] for statement in statements]
    return take_apart(imply(told, found))


def _take(told: Told, statement: Statement, taken: dict[Statement, Statement]) -> Statement:
    """The statement with its roles resolved, places first: they say whose forces are meant."""
    if statement in taken:
        return taken[statement]
    others = (statement.on_condition, statement.denies)
    condition, denied = (_take(told, o, taken) if o is not None else None for o in others)
    placed = replace(statement, roles=tuple(_placed(told, statement)))
    roles = tuple(_peopled(told, placed))
    by = _explained(told, statement, roles)
    full = replace(statement, roles=roles, by=by, on_condition=condition, denies=denied)
    taken[statement] = full
    told.resolved.append(full)
    return full


def _placed(told: Told, statement: Statement) -> list[Filled]:
    found: dict[Filled, None] = {}
    for filled in statement.roles:
        places = filled.role in PLACE_ROLES
        for one in where(told, statement, filled) if places else [filled]:
            found[one] = None
    return [one for one in found if not any(_is_around(told, one, other) for other in found)]


def _is_around(told: Told, one: Filled, other: Filled) -> bool:
    """Whether a place only says where the one before it lies: "Holm, Tarnland"."""
    first, last = other.named, one.named
    if first is None or last is None or first == last or one.role not in PLACE_ROLES:
        return False
    between = told.reading.text[other.words[1] : max(other.words[1], one.words[0])]
    own, outer = identity(first), identity(last)
    return (
        between.strip() in (",", "in", "(")
        and own is not None
        and outer in list(told.atlas.around(own))[1:]
    )


def _peopled(told: Told, statement: Statement) -> list[Filled]:
    roles = list(statement.roles)
    for at, filled in enumerate(roles):
        if filled.role in PLACE_ROLES:
            continue
        if is_known(filled):
            meant = led(told, filled) or of_person(told, statement, filled)
            meant = meant or commanded(told, filled) or forces_of(told, statement, filled)
        else:
            meant = whom(told, replace(statement, roles=tuple(roles)), filled)
        if meant is not None:
            roles[at] = replace(filled, named=meant)
    return [one for one in _merged(told, roles) if is_known(one) or not _is_pronoun(told, one)]


def _merged(told: Told, roles: Sequence[Filled]) -> list[Filled]:
    """The roles, with people that nobody names as one: "two clerks and a baker"."""
    found: list[Filled] = []
    for one in roles:
        last = found[-1] if found else None
        if last is not None and _are_joined(told, last, one):
            found[-1] = replace(last, words=(last.words[0], one.words[1]))
        else:
            found.append(one)
    return found


def _are_joined(told: Told, last: Filled, one: Filled) -> bool:
    between = told.reading.text[last.words[1] : max(last.words[1], one.words[0])]
    unknown = last.named is None and one.named is None
    return unknown and last.role == one.role == "affected" and between.strip() in ("and", ",")


def _is_pronoun(told: Told, filled: Filled) -> bool:
    lexicon = load_lexicon()
    pronouns = lexicon.pronouns | lexicon.owners | lexicon.speaking | lexicon.personal
    return told.reading.words(filled.words).casefold() in pronouns


def _explained(told: Told, before: Statement, roles: Sequence[Filled]) -> By:
    """Why a statement stands, with what its words were taken for."""
    old = {filled.words for filled in before.roles if is_known(filled)}
    said = [
        f"'{told.reading.words(f.words)}' is {_called(told, f)}"
        for f in roles
        if is_known(f) and f.words not in old
    ]
    return By(before.by.rule, "; ".join([before.by.because, *said]))


def _called(told: Told, filled: Filled) -> str:
    named = filled.named
    if named is None or named.span == filled.words:
        return str(named.refers_to) if named is not None else ""
    side = "before" if named.span[0] < filled.words[0] else "behind"
    return f"{told.reading.words(named.span)} {side} it"
