"""GRAPH: which graphs the statements of solutions stand in.

Within GRAPH ?g each pattern gives its graphs as one more variable, and a join keeps those where it
agrees: so solutions are the same as if each graph were asked alone. Where a group has no pattern,
or counts without a key, or repeats a step, that is not so; the engine is asked.
https://www.w3.org/TR/sparql11-query/#sparqlAlgebraEval
"""

from __future__ import annotations

from typing import Final

import numpy as np

from kg.sparql.columns.relation import Relation, among, spread
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import PRIVATE

SETS: Final = f"{PRIVATE}sets"
"""The variable that has the sets of graphs of statements."""


def in_graphs(found: Relation, session: Session) -> Relation:
    """The solutions with each graph of their last statement, or with the one that they have."""
    sets, of = session.columns.sets, found.columns[SETS]
    alone = found.shown(name for name in found.columns if name != SETS)
    if session.graph in found.columns:
        key = (of.astype(np.int64) << 32) | found.columns[session.graph]
        stated = alone.take(among(key, sets.keys()))
    elif len(sets.begins) == len(sets.graphs) + 1:  # each statement stands in one graph
        stated = alone.put(session.graph, sets.graphs[of])
    else:
        rows, places = spread(sets.begins[of], np.diff(sets.begins)[of], found.most)
        stated = alone.take(rows).put(session.graph, sets.graphs[places])
    if session.named is None:
        return stated
    return stated.take(np.isin(stated.columns[session.graph], session.named))
