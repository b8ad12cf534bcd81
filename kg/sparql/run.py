"""Running a query: prepared as text, which reads no store, then asked of one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.dataset import EVERYTHING, Dataset, dataset_of, refuse_unpublished
from kg.sparql.engine import ask_engine, only_known, refuse_ours
from kg.sparql.refuse import refuse, refuse_length
from kg.sparql.results import Result
from kg.sparql.services.call import Call, cut_out
from kg.sparql.spell import Prologue, known_prefixes, normal, respell
from kg.sparql.standard.aliases import unfold
from kg.sparql.standard.apart import set_apart
from kg.sparql.standard.count import count_values
from kg.sparql.standard.expressions import has_expressions, say_expressions
from kg.sparql.standard.extremes import take_extremes
from kg.sparql.standard.graphs import check_variables, has_graphs, spread
from kg.sparql.standard.lacking import refuse_incomputable
from kg.sparql.standard.paths import path_ends
from kg.sparql.standard.sorting import sort_kinds
from kg.sparql.standard.ways import each_way
from kg.sparql.tokens import FORMS, Token, decode, head_of, spoken_of
from kg.sparql.words import check_words
from kg.store import UNION

if TYPE_CHECKING:
    from kg.sparql.columns.file import Columns

_VARYING = frozenset(("NOW", "RAND", "UUID", "STRUUID"))
_EVERYTHING = f"{EVERYTHING}"
MOST = 2_000_000
"""Statements of the graphs that a query chooses, at most, where it chooses several."""
KEPT: Final = 200
"""Tokens that a query keeps, at most: of more it is quick enough to find them again."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query that may be run: its form (SELECT …), its text as the engine gets it, its graphs."""

    form: str
    text: str
    dataset: Dataset
    calls: tuple[Call, ...] = ()
    """What stands in the holes of its text: what other endpoints are asked."""
    varies: bool = False
    """Whether it may have another result each time: by the clock, by chance, or by others."""
    digest: str = ""
    """What stands for all that decides on its result beside the release, and whom it calls."""
    tokens: tuple[Token, ...] = field(default=(), compare=False, repr=False)
    """Those of its text where they are known: whoever needs them need not look for them again."""

    @property
    def graph(self) -> bool:
        """Whether its result is a graph."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


def prepare(
    query: str, names: Names, asked: Dataset | None = None, services: Sequence[str] = ()
) -> Prepared:
    """The query, over the graphs that were asked for beside it, as the engine reads it rightly.

    It has a hole for each SERVICE, which may ask the `services` and nobody else:
    kg.sparql.services.ask fills them.
    Raises QueryRefused for what is not run here, SyntaxError for what is no SPARQL.
    """
    refuse_length(query)
    text = decode(query)
    head = head_of(text)
    found = spoken_of(text, len(head))
    words = frozenset([token.word for token in found])
    refuse(found, words, asks=bool(services))
    check_words(text, found)
    if "GRAPH" in words:
        check_variables(found)
    prologue = Prologue(found, known_prefixes(names, head), names.base)
    dataset = asked or (dataset_of(text, found, prologue) if "FROM" in words else EVERYTHING)
    respelt, spoken = respell(text, found, prologue)
    refuse_incomputable(spoken)
    whole, calls = cut_out(unfold(respelt, spoken, words), services)
    refuse_ours(whole)
    whole = say_expressions(whole) if has_expressions(spoken) else whole
    said = f"{dataset}" if dataset else _EVERYTHING
    digest = hashlib.sha256(f"{said}\n{normal(spoken)}".encode(errors="surrogatepass"))
    known = tuple(spoken) if whole == respelt and len(spoken) <= KEPT else ()
    varies = bool(calls) or not words.isdisjoint(_VARYING)
    form = next((token.word for token in found if token.word in FORMS), "")
    return Prepared(form, whole, dataset, calls, varies, digest.hexdigest(), known)


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
