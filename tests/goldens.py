"""Results kept as text in golden/, so that every change of them is seen and judged in review.

`UPDATE_GOLDEN=1 make test` writes them anew.
"""

import os
from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, serialize

from kg.names import Names
from paths import GOLDEN


def as_turtle(quads: Iterable[Quad], names: Names) -> str:
    """The quads' triples as Turtle, sorted; the project's prefixes are left out.

    The serialiser writes them in another order each time, and names.py says them all.
    """
    triples = sorted({quad.triple for quad in quads}, key=str)
    text = serialize(triples, format=RdfFormat.TURTLE, prefixes=names.prefixes()).decode("utf-8")
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("@prefix "))


def assert_golden(name: str, found: str) -> None:
    """Compares a result with the golden file of that name, as text."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8"), f"golden/{name} differs: see tests/goldens.py"
