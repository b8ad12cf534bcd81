"""Patterns of three matched against columns: the one first that leaves fewest solutions.

https://www.w3.org/TR/sparql11-query/#BasicGraphPatterns
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from kg.sparql.columns.choices import Demands, chosen
from kg.sparql.columns.file import (
    NOWHERE,
    Numbers,
    Pairs,
    Source,
    Statements,
    kinds,
)
from kg.sparql.columns.named import SETS, in_graphs
from kg.sparql.columns.relation import (
    MOST,
    UNBOUND,
    Relation,
    among,
    empty,
    parted,
    spread,
    union,
)
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import Element, Node, Triple, Unrecognised, Variable

_LOW: Final = np.int64(2**32 - 1)
STEPS: Final = 1_000
"""Steps that a path takes, at most: each takes time, though it leads to one thing alone."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern whose constants are numbers: its ends are numbers or names of variables."""

    subject: int | str
    predicate: int | str
    object: int | str
    repeated: str
    also: tuple[tuple[int, bool], ...]
    """What its steps may take, too, where it is repeated; and whether the other way round."""
    but: tuple[int, ...]
    """What its predicate is not, where it may be any."""

    @property
    def names(self) -> list[str]:
        """The names of its variables."""
        ends = (self.subject, self.predicate, self.object)
        return [end for end in ends if isinstance(end, str)]


def matched(
    triples: Sequence[Triple], found: Relation, demanded: Demands, session: Session
) -> Relation:
    """Some solutions joined with patterns of three; what filters leave out for sure may lack.

    Raises Unrecognised.
    """
    patterns = [_pattern(triple, session) for triple in triples]
    choices = {pattern: _choice(pattern, demanded, session) for pattern in patterns}
    names = {session.graph, *(name for pattern in patterns for name in pattern.names)}
    parts = [part for part, _ in parted(found, names)]
    return union([_matched(part, choices, session) for part in parts]).with_all(*found.columns)


def _matched(
    found: Relation, choices: Mapping[Pattern, Numbers | None], session: Session
) -> Relation:
    """Solutions joined with patterns, whose variables they bind or do not have."""
    left = list(choices)
    while left:
        pattern = left[0] if len(left) == 1 else _next(left, choices, found, session)
        left.remove(pattern)
        found = _chosen(found, pattern, choices[pattern], session)
    return found


def _next(
    left: Sequence[Pattern],
    choices: Mapping[Pattern, Numbers | None],
    found: Relation,
    session: Session,
) -> Pattern:
    """The pattern with fewest solutions of those that are near, or of all."""
    near = [p for p in left if any(name in found.columns for name in p.names)]
    return min(near or left, key=lambda p: _estimate(p, choices[p], found, session))


def optionally(elements: Sequence[Element], found: Relation, session: Session) -> Relation | None:
    """All solutions, with what one pattern leads to where it does; None for any other group.

    So `left_join` would have it, but this joins, sorts and compares nothing.
    """
    if len(elements) != 1 or not isinstance(elements[0], Triple):
        return None
    pattern = _pattern(elements[0], session)
    if isinstance(pattern.predicate, str) or pattern.repeated or session.graph:
        return None
    relates = session.stated.property(pattern.predicate)
    for pairs, one, other in (
        (relates.to, pattern.subject, pattern.object),
        (relates.back, pattern.object, pattern.subject),
    ):
        follows = isinstance(one, str) and found.bound.get(one)
        if follows and isinstance(other, str) and other not in found.columns:
            return _led(found, pairs, found.columns[str(one)], other)
    return None


def _led(found: Relation, pairs: Pairs, column: Numbers, other: str) -> Relation:
    """The solutions with what pairs lead to from a column; unbound where they lead to nothing."""
    begins, counts = _spans(pairs.first, column, once=pairs.once)
    lacking = counts == 0
    rows, places = spread(begins, counts + lacking, found.most)
    ends = np.full(len(rows), UNBOUND, np.int32)
    leads = ~lacking[rows]
    ends[leads] = pairs.second[places[leads]]
    wider = found.take(rows).put(other, ends)
    return replace(wider, bound={**wider.bound, other: False})


def _choice(pattern: Pattern, demanded: Demands, session: Session) -> Numbers | None:
    """What a pattern's object may be, if filters demand something of it."""
    if isinstance(pattern.predicate, str) or pattern.repeated or pattern.object not in demanded:
        return None
    source = Source(pattern.predicate, objects=True)
    return chosen(source, demanded[str(pattern.object)], session)


def _chosen(
    found: Relation, pattern: Pattern, choice: Numbers | None, session: Session
) -> Relation:
    """The solutions joined with one pattern, whose object may be certain terms alone."""
    name = str(pattern.object)
    if choice is None or name in found.columns:
        return _extended(found, pattern, session)
    if _is_known(pattern.subject, found):
        found = _extended(found, pattern, session)
        return found.take(among(found.columns[name], choice))
    rows, places = _crossed(found, len(choice))
    return _extended(found.take(rows).put(name, choice[places]), pattern, session)


def _pattern(triple: Triple, session: Session) -> Pattern:
    def end(node: Node) -> int | str:
        return node.name if isinstance(node, Variable) else session.number(node.text)

    subject, predicate, object_ = map(end, triple.nodes)
    also = tuple((session.number(one.text), backwards) for one, backwards in triple.also)
    but = tuple(session.number(one.text) for one in triple.but)
    return Pattern(subject, predicate, object_, triple.repeated, also, but)


def _estimate(pattern: Pattern, choice: Numbers | None, found: Relation, session: Session) -> float:
    """About how many solutions there are with a pattern."""
    subject, predicate, object_ = pattern.subject, pattern.predicate, pattern.object
    known = _is_known(subject, found) + _is_known(object_, found)
    if isinstance(predicate, str):
        return found.rows * (MOST, 10, 1)[known]
    if pattern.repeated:
        constant = isinstance(subject, int) or isinstance(object_, int)
        return found.rows * (MOST, 100 if constant else 10, 1)[known]
    relates = session.stated.property(predicate)
    to, back = _fanned(relates.to, subject, found), _fanned(relates.back, object_, found)
    if choice is not None and object_ not in found.columns:
        back *= len(choice) / max(relates.back.kinds, 1)
    return found.rows * to * back / max(len(relates.to.first), 1)


def _fanned(pairs: Pairs, end: int | str, found: Relation) -> float:
    """About how many pairs have an end, that of one solution."""
    if isinstance(end, int):
        return len(pairs.of(end))
    return len(pairs.first) / max(pairs.kinds if end in found.columns else 1, 1)


def _extended(found: Relation, pattern: Pattern, session: Session) -> Relation:
    """The solutions joined with one pattern."""
    subject, predicate, object_ = pattern.subject, pattern.predicate, pattern.object
    if session.graph or isinstance(predicate, str):
        return _stated(found, pattern, session)
    relates = session.stated.property(predicate)
    if pattern.repeated:
        return _reached(found, pattern, session.stated)
    if subject == object_ and not _is_known(subject, found):
        if len(relates.to.first) > found.most:
            raise Unrecognised
        same = relates.to.first[relates.to.first == relates.to.second]
        return _beside(found, same, subject, None)
    backwards = isinstance(object_, int) or not _is_known(subject, found)
    if backwards and _is_known(object_, found) and not isinstance(subject, int):
        return _followed(found, relates.back, object_, subject, Source(predicate, objects=False))
    return _followed(found, relates.to, subject, object_, Source(predicate, objects=True))


def _is_known(end: int | str, found: Relation) -> bool:
    return isinstance(end, int) or end in found.columns


def _followed(
    found: Relation, pairs: Pairs, one: int | str, other: int | str, source: Source | None
) -> Relation:
    """The solutions joined with pairs, from the end that is known to the other."""
    if isinstance(one, int):
        return _beside(found, pairs.of(one), other, source)
    if one not in found.columns:
        rows, places = _crossed(found, len(pairs.first))
        first = Source(source.predicate, objects=not source.objects) if source else None
        wider = found.take(rows).put(one, pairs.first[places], first)
        return wider.put(str(other), pairs.second[places], source)
    column = found.columns[one]
    rows, places = spread(*_spans(pairs.first, column, once=pairs.once), found.most)
    reached = pairs.second[places]
    if isinstance(other, str) and other not in found.columns:
        return found.take(rows).put(other, reached, source)
    wanted = other if isinstance(other, int) else found.columns[other][rows]
    return found.take(rows[reached == wanted])


def _spans(first: Numbers, column: Any, *, once: bool = False) -> tuple[Any, Any]:
    """Where each number of a column begins in another, which is in order, and how often it is.

    `once`: it is there once at most.
    """
    begins = first.searchsorted(column)
    if once and len(first):
        return begins, (first[np.minimum(begins, len(first) - 1)] == column).astype(np.int64)
    return begins, first.searchsorted(column, "right") - begins


def _beside(found: Relation, ends: Numbers, other: int | str, source: Source | None) -> Relation:
    """The solutions joined with the ends of a constant, which are in order."""
    if isinstance(other, int):
        return found if among(np.array([other], np.int32), ends).any() else empty(found)
    if other in found.columns:
        return found.take(among(found.columns[other], ends))
    rows, places = _crossed(found, len(ends))
    return found.take(rows).put(other, ends[places], source)


def _crossed(found: Relation, many: int, begin: int = 0) -> tuple[Any, Any]:
    """Each solution with each of so many places; of one solution nothing need be copied."""
    if found.rows == 1 and many <= found.most:
        return np.zeros(many, np.intp), slice(begin, begin + many)
    return spread(np.full(found.rows, begin), np.full(found.rows, many), found.most)


def _agreeing(found: Relation, *ends: tuple[int | str, Numbers]) -> Relation:
    """The solutions with what their ends are; those alone where it is what they are already."""
    agree: Any = None
    for end, column in ends:
        if isinstance(end, str) and end not in found.columns:
            found = found.put(end, column)
        else:
            same = column == (end if isinstance(end, int) else found.columns[end])
            agree = same if agree is None else agree & same
    return found if agree is None else found.take(agree)


def _stated(found: Relation, pattern: Pattern, session: Session) -> Relation:
    """The solutions joined with a pattern of any property, or of each graph.

    Their graphs are then one more variable.
    """
    if pattern.repeated:
        raise Unrecognised
    forth, back = _orders(pattern, session.stated)
    order = back if _is_known(back.end, found) and not _is_known(forth.end, found) else forth
    rows, places = _reaching(found, order.end, order.first)
    wider = found.take(rows)
    if session.graph:
        wider = wider.put(SETS, order.graphs[places])
    ends = [(end, column[places]) for end, column in order.others]
    if not _is_known(order.end, found):
        ends.insert(0, (order.end, order.first[places]))
    stated = _agreeing(wider, *ends)
    if pattern.but:
        stated = stated.take(
            np.isin(stated.columns[str(pattern.predicate)], pattern.but, invert=True)
        )
    return in_graphs(stated, session) if session.graph else stated


@dataclass(frozen=True, slots=True)
class _Order:
    """Statements in the order of one end of a pattern."""

    end: int | str
    first: Numbers
    others: Sequence[tuple[int | str, Numbers]]
    """The pattern's other ends, and what they are."""
    graphs: Numbers


def _orders(pattern: Pattern, stated: Statements) -> tuple[_Order, _Order]:
    """The statements that a pattern speaks of, from its subject and from its object."""
    subject, predicate, object_ = pattern.subject, pattern.predicate, pattern.object
    if isinstance(predicate, int):
        to, back = stated.property(predicate).to, stated.property(predicate).back
        return (
            _Order(subject, to.first, [(object_, to.second)], to.graphs),
            _Order(object_, back.first, [(subject, back.second)], back.graphs),
        )
    orders = (subject, object_, stated.subjects), (object_, subject, stated.objects)
    forth, back_ = (
        _Order(one, all_.first, [(predicate, all_.properties), (other, all_.second)], all_.graphs)
        for one, other, all_ in orders
    )
    return forth, back_


def _reaching(found: Relation, end: int | str, first: Numbers) -> tuple[Any, Any]:
    """Each solution with each place of a column, in order, where it agrees with an end."""
    if not _is_known(end, found):
        return _crossed(found, len(first))
    if isinstance(end, str):
        return spread(*_spans(first, found.columns[end]), found.most)
    (begin,), (many,) = _spans(first, np.array([end], np.int32))
    return _crossed(found, int(many), int(begin))


def _reached(found: Relation, pattern: Pattern, stated: Statements) -> Relation:
    """The solutions joined with steps that are repeated, from an end that is known.

    Between two variables a path of no length stands at what some statement is about, or leads to.
    https://www.w3.org/TR/sparql11-query/#defn_evalPP_ZeroOrOnePath
    """
    subject, object_ = pattern.subject, pattern.object
    steps, itself = list(_steps(pattern, stated)), pattern.repeated != "+"
    if not (_is_known(subject, found) or _is_known(object_, found)):
        found = _begun(found, str(subject), steps, stated if itself else None)
    forth = isinstance(subject, int) or (subject in found.columns and isinstance(object_, str))
    start, end = (subject, object_) if forth else (object_, subject)
    if isinstance(start, str) and itself:
        found = found.take(are_nodes(found.columns[start], stated))
    column = np.array([start], np.int32) if isinstance(start, int) else found.columns[start]
    ways = [one if forth else other for one, other in steps]
    once = pattern.repeated == "?"
    reached = _closed(np.unique(column), ways, found.most, itself=itself, once=once)
    return _followed(found, reached, start, end, None)


def _steps(pattern: Pattern, stated: Statements) -> Iterator[tuple[Pairs, Pairs]]:
    """What the steps of a path may take, and the same the other way round."""
    for predicate, backwards in ((int(pattern.predicate), False), *pattern.also):
        relates = stated.property(predicate)
        yield (relates.back, relates.to) if backwards else (relates.to, relates.back)


def _begun(
    found: Relation, end: str, steps: Sequence[tuple[Pairs, Pairs]], nodes: Statements | None
) -> Relation:
    """The solutions with each thing that a path may begin at: all `nodes`, if it may end there.

    Raises Unrecognised for too many.
    """
    some = [nodes.subjects.first, nodes.objects.first] if nodes else [to.first for to, _ in steps]
    if sum(map(len, some)) > found.most:
        raise Unrecognised
    begins = np.unique(np.concatenate(some))
    rows, places = _crossed(found, len(begins))
    return found.take(rows).put(end, begins[places])


def are_nodes(column: Numbers, stated: Statements) -> Any:
    """Where a column has the subject or the object of a statement."""
    return among(column, stated.subjects.first) | among(column, stated.objects.first)


def _closed(
    starts: Numbers, ways: Sequence[Pairs], most: int, *, itself: bool, once: bool
) -> Pairs:
    """What is reached from some things in any number of steps, or in one; or in none."""
    known, left = np.zeros(0, np.int64), min(STEPS, max(most // 50, 20))
    new = (starts.astype(np.int64) << 32) | starts
    if itself:
        known = new
    while len(new):
        if not left:
            raise Unrecognised
        left -= 1
        there = np.unique(np.concatenate([_led_to(new, pairs, most) for pairs in ways]))
        new = there[~among(there, known)]
        known = np.sort(np.concatenate([known, new]))
        if once:
            break
        if len(known) > most:
            raise Unrecognised
    first, second = (known >> 32).astype(np.int32), (known & _LOW).astype(np.int32)
    return Pairs(first, second, NOWHERE, kinds(first))


def _led_to(reached: Any, pairs: Pairs, most: int) -> Any:
    """Where pairs of a start and an end lead in one step: the start with each new end."""
    ends = (reached & _LOW).astype(np.int32)  # of another type, all pairs would be copied
    rows, places = spread(*_spans(pairs.first, ends), most)
    return (reached[rows] & ~_LOW) | pairs.second[places]
