"""Joining, filtering and counting in columns, without reading each statement one by one.

Beside the store, a release may have its statements as columns of numbers, in files that all
processes share. They know which terms are the same, where each stands among others, and in which
graphs what is stated: they join (OPTIONAL, UNION, GRAPH), leave out (MINUS, EXISTS), group, count,
compare days, and sort; a SELECT within a query is one more relation. What a term means beside that
(a filter, a function) is for the engine to say, over each distinct value once:

query → recognised → relation → groups → order → table of solutions → result
                     ⇅ columns, engine

A query that is not recognised is left to the engine, as if there were no columns. DuckDB makes the
columns, NumPy reads them; without these there are none.
"""

from __future__ import annotations

import importlib.util


def is_installed() -> bool:
    """Whether there is what columns need."""
    return all(importlib.util.find_spec(name) is not None for name in ("duckdb", "numpy"))
