"""Aggregates as SQL: counts and sums of exact numbers in columns, orders as the engine has them.

https://www.w3.org/TR/sparql11-query/#setFunctions
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeAlias

from kg.sparql.columns.evaluated import tuples
from kg.sparql.columns.file import Order
from kg.sparql.columns.meaning import Term
from kg.sparql.columns.relation import Relation
from kg.sparql.columns.session import Session, quoted
from kg.sparql.columns.tree import Aggregate, Unrecognised

Read: TypeAlias = Callable[[Sequence[Any]], tuple[Term, ...]]
LARGEST: Final = 2**63


class NotExact(Exception):
    """Something else than integers and decimals is to be added up: the engine does."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An aggregate: the tables it needs, what it selects, its variables, and how it is read."""

    names: tuple[str, ...]
    selected: tuple[str, ...]
    read: Read
    joined: str = ""
    then: str = ""
    """What the engine makes of its variables."""


def count(name: str, aggregate: Aggregate) -> Counted:
    """COUNT."""
    of = "*" if aggregate.name is None else f"w.{quoted(aggregate.name)}"
    distinct = "DISTINCT " if aggregate.distinct else ""
    return Counted((name,), (f"count({distinct}{of})",), lambda found: (str(found[0]),))


def sample(name: str, aggregate: Aggregate, session: Session) -> Counted:
    """SAMPLE: the same one each time."""

    def read(found: Sequence[Any]) -> tuple[Term, ...]:
        session.spell(found)
        return session.terms(found)

    return Counted((name,), (f"min(w.{quoted(aggregate.name or '')})",), read)


def extreme(name: str, aggregate: Aggregate, found: Relation, session: Session) -> Counted:
    """MIN and MAX: unbound where something is unbound, as the engine has it."""
    order, column = (
        _order(aggregate.name or "", found, session),
        f"w.{quoted(aggregate.name or '')}",
    )
    place = f"o{name}"

    def read(found: Sequence[Any]) -> tuple[Term, ...]:
        return (None if found[0] is None else order.terms[found[0]],)

    chosen = f"{aggregate.function}({place}.rank)"
    selected = f"CASE WHEN count({column}) = count(*) THEN {chosen} END"
    joined = f"LEFT JOIN {order.table} {place} ON {place}.id = {column}"
    return Counted((name,), (selected,), read, joined)


def _order(name: str, found: Relation, session: Session) -> Order:
    """The order of all that a variable can be, kept if it comes from the statements alone."""
    kept, source = session.columns.orders, found.sources.get(name, "")
    if source in kept:
        return kept[source]
    rows = [row for row in tuples(found, [name], session) if row[0] is not None]
    terms = [str(session.terms(row)[0]) for row in rows]
    ranked = session.engine.ranked(terms)
    lasting = f"order{len(kept)}" if source in session.columns.lists else ""
    places = [(*rows[i], rank) for rank, i in enumerate(ranked)]
    order = Order([terms[i] for i in ranked], session.table(["id", "rank"], places, lasting))
    if lasting:
        kept[source] = order
    return order


def total(name: str, aggregate: Aggregate) -> Counted:
    """SUM and AVG of integers and decimals. Reading raises NotExact where there is another."""
    column, table = f"w.{quoted(aggregate.name or '')}", f"n{name}"
    distinct = "DISTINCT " if aggregate.distinct else ""
    selected = (
        f"sum({distinct}{table}.number)",
        f"count({distinct}{column})",
        f"bool_and({table}.whole)",
        f"bool_or({table}.whole)",
        f"count({column}) - count({table}.id)",
        f"count(*) - count({column})",
    )
    joined = f"LEFT JOIN numbers {table} ON {table}.id = {column}"
    if aggregate.function == "SUM":
        return Counted((name,), selected, lambda f: _sum(f, aggregate)[:1], joined)
    parts = (f"{name}s", f"{name}c")
    then = f"BIND(IF(?{parts[1]} = 0, 0, ?{parts[0]} / ?{parts[1]}) AS ?{name})"
    return Counted(parts, selected, lambda f: _sum(f, aggregate), joined, then)


def _sum(found: Sequence[Any], aggregate: Aggregate) -> tuple[Term, Term]:
    number, many, whole, any_whole, others, unbound = found
    if others or (aggregate.distinct and any_whole and not whole):
        raise NotExact
    if unbound:
        return None, None
    if number is None:
        return "0", "0"
    if whole and abs(number) >= LARGEST:
        raise Unrecognised
    return str(int(number)) if whole else _decimal(number), str(many)


def _decimal(number: Decimal) -> str:
    return f'"{number:f}"^^<http://www.w3.org/2001/XMLSchema#decimal>'
