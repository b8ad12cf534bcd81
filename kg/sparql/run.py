"""Running a prepared query: asked of columns, where they know its answer, else of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.dataset import Dataset, refuse_unpublished
from kg.sparql.engine import ask_engine, only_known
from kg.sparql.prepare import Prepared
from kg.sparql.results import Result
from kg.sparql.standard.apart import set_apart
from kg.sparql.standard.count import count_values
from kg.sparql.standard.extremes import take_extremes
from kg.sparql.standard.graphs import has_graphs, spread
from kg.sparql.standard.paths import path_ends
from kg.sparql.standard.sorting import sort_kinds
from kg.sparql.standard.ways import each_way
from kg.store import UNION

if TYPE_CHECKING:
    from kg.sparql.columns.file import Columns

MOST = 2_000_000
"""Statements of the graphs that a query chooses, at most, where it chooses several."""


def execute(store: Store, query: Prepared, names: Names, columns: Columns | None = None) -> Result:
    """The result over the union of all graphs, or over those chosen; from columns if they know it.

    Raises QueryRefused for graphs that are not published, SyntaxError for what is no SPARQL.
    """
    with only_known():
        return _answer(store, query, names, columns)


def _answer(store: Store, query: Prepared, names: Names, columns: Columns | None) -> Result:
    if columns and query.form != "DESCRIBE":
        from kg.sparql.columns.answer import answer  # without NumPy there are no columns

        about = {"base_iri": names.base}
        found = answer(columns, query.text, about, query.tokens, query.dataset)
        if found is not None:
            return found
    apart = set_apart(query.text, names.base, query.tokens)
    counted = sort_kinds(take_extremes(count_values(each_way(apart, names.base))))
    if not query.dataset:
        return _asked(store, _spread(counted, store, None), base_iri=names.base)
    published = frozenset(_published(store))
    refuse_unpublished(query.dataset, published)
    text = _spread(counted, store, query.dataset)
    default = [NamedNode(iri) for iri in query.dataset.default]
    named = [NamedNode(iri) for iri in query.dataset.named]
    if len(default) > 1:
        store, default = _joined(store, default, named), [UNION]  # type: ignore[list-item]
    return _asked(store, text, base_iri=names.base, default_graph=default, named_graphs=named)


def _asked(store: Store, text: str, **about: Any) -> Result:
    """The engine's result. Raises QueryRefused where it would leave out a path of no length."""
    found = ask_engine(store, text, **about)  # what is no SPARQL goes no further
    for end in path_ends(text):
        if not store.query(end.present, **about):
            raise QueryRefused(
                f"{end.term} stands in no statement of {end.graph or 'the graphs asked'}, and the "
                "engine leaves out the path of no length that begins and ends there. Is it spelt "
                "right? Otherwise use + for * , and UNION for the thing itself."
            )
    return found


def _published(store: Store) -> list[str]:
    return sorted(str(getattr(graph, "value", "")) for graph in store.named_graphs())


def _spread(text: str, store: Store, dataset: Dataset | None) -> str:
    if not has_graphs(text):
        return text
    return spread(text, _published(store) if dataset is None else sorted({*dataset.named}))


def _joined(store: Store, default: list[NamedNode], named: list[NamedNode]) -> Store:
    """A store in memory whose default graph has each statement of some graphs once."""
    joined = Store()
    for graph in default:
        quads = store.quads_for_pattern(None, None, None, graph)
        joined.extend(Quad(q.subject, q.predicate, q.object) for q in quads)
        if len(joined) > MOST:
            raise QueryRefused(f"the graphs chosen hold more than {MOST:,} statements together.")
    for graph in named:
        joined.extend(store.quads_for_pattern(None, None, None, graph))
    return joined
