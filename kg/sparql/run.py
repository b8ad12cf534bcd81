"""Running a query: prepared as text, which reads no store, then asked of one."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.columns.answer import answer
from kg.sparql.columns.file import Columns
from kg.sparql.dataset import Dataset, dataset_of, refuse_unpublished
from kg.sparql.refuse import refuse, refuse_length
from kg.sparql.results import Result
from kg.sparql.tokens import decode, normal, spoken
from kg.store import UNION

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
MOST = 2_000_000
"""Statements of the graphs that a query chooses, at most, where it chooses several."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query that may be run: its form (SELECT …), its text as the engine gets it, its graphs."""

    form: str
    text: str
    dataset: Dataset

    @property
    def graph(self) -> bool:
        """Whether its result is a graph."""
        return self.form in ("CONSTRUCT", "DESCRIBE")

    @property
    def normal(self) -> str:
        """What decides on its result beside the release."""
        return f"{self.dataset}\n{normal(self.text)}"


def prepare(query: str, names: Names, asked: Dataset | None = None) -> Prepared:
    """The query, over the graphs that were asked for beside it. Raises QueryRefused."""
    refuse_length(query)
    text = decode(query)
    found = spoken(text)
    refuse(found)
    form = next((token.word for token in found if token.word in _FORMS), "")
    return Prepared(form, text, asked or dataset_of(found, names.base))


def execute(store: Store, query: Prepared, names: Names, columns: Columns | None = None) -> Result:
    """The result over the union of all graphs, or over those chosen; from columns if they know it.

    Raises QueryRefused for graphs that are not published, SyntaxError for what is no SPARQL.
    """
    about = {"base_iri": names.base, "prefixes": names.prefixes()}
    if columns and query.form == "SELECT" and not query.dataset:
        counted = answer(columns, query.text, about)
        if counted is not None:
            return counted
    if not query.dataset:
        return store.query(query.text, **about)  # type: ignore[arg-type]
    published = frozenset(str(getattr(g, "value", "")) for g in store.named_graphs())
    refuse_unpublished(query.dataset, published)
    default = [NamedNode(iri) for iri in query.dataset.default]
    named = [NamedNode(iri) for iri in query.dataset.named]
    if len(default) > 1:
        store, default = _joined(store, default, named), [UNION]  # type: ignore[list-item]
    return store.query(query.text, default_graph=default, named_graphs=named, **about)  # type: ignore[arg-type]


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
