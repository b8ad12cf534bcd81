"""What the engine makes of solutions: filters and computed values, of each distinct tuple once."""

from __future__ import annotations

from kg.sparql.columns.file import MANY
from kg.sparql.columns.meaning import MOST, listed
from kg.sparql.columns.relation import Relation
from kg.sparql.columns.session import Session, quoted
from kg.sparql.columns.tree import Bind, Expression, Unrecognised


def tuples(found: Relation, names: list[str], session: Session) -> list[tuple[int | None, ...]]:
    """The distinct tuples of some variables, spelling known."""
    if not names:
        return [()]
    source = found.sources.get(names[0], "") if len(names) == 1 else ""
    if source in session.columns.lists:
        rows = session.columns.lists[source]
    else:
        each = source or f"SELECT DISTINCT {', '.join(map(quoted, names))} FROM ({found.sql})"
        rows = session.rows(f"{each} LIMIT {MOST + 1}")
        _keep(source, rows, session)
    if len(rows) > MOST:
        raise Unrecognised
    session.spell(number for row in rows for number in row)
    return rows


def _keep(source: str, rows: list[tuple[int | None, ...]], session: Session) -> None:
    """Keeps the list of what a variable can be, if it comes from the statements alone."""
    lists = session.columns.lists
    if "FROM triples" in source and sum(map(len, lists.values())) + len(rows) < MANY:
        lists[source] = rows


def filtered(found: Relation, test: Expression, session: Session) -> Relation:
    """The solutions that pass a test, which the engine makes of each distinct tuple."""
    names = [name for name in found.bound if name in test.variables]
    rows = tuples(found, names, session)
    kept = _kept(found, test, names, rows, session)
    if len(kept) == len(rows):
        return found
    if not kept or not names:
        return Relation(f"SELECT * FROM ({found.sql}) WHERE false", found.bound, found.sources)
    table = session.table([quoted(n) for n in names], [rows[i] for i in kept])
    sql = f"SELECT l.* FROM ({found.sql}) l SEMI JOIN {table} r ON {_alike(found, names)}"
    return Relation(sql, found.bound, found.sources)


def _kept(
    found: Relation,
    test: Expression,
    names: list[str],
    rows: list[tuple[int | None, ...]],
    session: Session,
) -> list[int]:
    """The numbers of the rows that pass a test."""
    source = found.sources.get(names[0], "") if len(names) == 1 else ""
    if source not in session.columns.lists:
        return session.engine.keep(test, names, [session.terms(row) for row in rows])
    stores = session.columns.stores
    if source not in stores:
        stores[source] = listed(str(session.terms(row)[0]) for row in rows)
    return session.engine.keep_of(test, names[0], stores[source])


def _alike(found: Relation, names: list[str]) -> str:
    """The condition that rows have the same terms, or lack the same."""
    return " AND ".join(
        f"l.{quoted(n)} {'=' if found.bound[n] else 'IS NOT DISTINCT FROM'} r.{quoted(n)}"
        for n in names
    )


def extended(found: Relation, bind: Bind, session: Session) -> Relation:
    """The solutions with one more variable, which the engine computes from each distinct tuple."""
    names = [name for name in found.bound if name in bind.expression.variables]
    rows = tuples(found, names, session)
    terms = session.engine.compute(bind.expression, names, [session.terms(row) for row in rows])
    numbers = session.numbers(terms)
    surely = all(number is not None for number in numbers)
    if any(term is not None and term.startswith("_:") for term in terms):
        raise Unrecognised
    pairs = [(*row, number) for row, number in zip(rows, numbers, strict=True)]
    table = session.table([quoted(n) for n in (*names, bind.name)], pairs)
    shown = ", ".join([*(f"l.{quoted(n)}" for n in found.bound), f"r.{quoted(bind.name)}"])
    condition = _alike(found, names) or "true"
    sql = f"SELECT {shown} FROM ({found.sql}) l JOIN {table} r ON {condition}"
    source = {bind.name: f"SELECT DISTINCT {quoted(bind.name)} FROM {table}"}
    return Relation(sql, found.bound | {bind.name: surely}, found.sources | source)
