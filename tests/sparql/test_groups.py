"""Groups in groups have from columns the solutions that the standard's algebra gives."""

import os
import random
from collections import Counter

import pytest

from kg.names import Names
from kg.sparql.columns.answer import answer
from kg.sparql.columns.file import open_columns
from kg.sparql.columns.make import make_columns
from kg.sparql.prepare import prepare
from kg.store import make_store
from sparql.algebra import Unclear, solutions, written
from sparql.nesting import Drawing

NAMES = Names("http://x/")
PREFIX = "PREFIX x: <http://x/> "
MANY = int(os.environ.get("WHOHOLDS_SEEDS", "250"))


def made(folder, triples):
    """Columns of some statements, which all stand in one graph."""
    folder.mkdir()
    terms = [[f"<{term.replace('x:', 'http://x/')}>" for term in triple] for triple in triples]
    lines = [f"{' '.join(triple)} <http://x/g> .\n" for triple in terms]
    (folder / "data.nq").write_text("".join(lines), "utf-8")
    make_store(folder / "store", [folder / "data.nq"])
    make_columns(folder / "columns", folder / "store")
    return open_columns(folder / "columns")


def rows(found):
    """As names and terms of our algebra."""
    told = [
        [None if term is None else term.strip("<>").replace("http://x/", "x:") for term in column]
        for column in found.columns
    ]
    return Counter(
        frozenset(
            (f"?{name}", _plain(column[row]))
            for name, column in zip(found.names, told, strict=True)
            if column[row] is not None
        )
        for row in range(found.rows)
    )


def _plain(term):
    return term.split('"')[1] if term.startswith('"') else term


@pytest.mark.parametrize("seed", range(6))
def test_groups_in_groups_have_the_solutions_of_the_standard(seed, tmp_path):
    triples = Drawing(random.Random(f"columns-{seed}")).statements()
    columns, answered = made(tmp_path / "release", triples), 0
    for number in range(MANY):
        group = Drawing(random.Random(f"columns-{seed}-{number}")).whole()
        text = f"{PREFIX}SELECT * {written(group)}"
        found = answer(columns, prepare(text, NAMES).text, {"base_iri": NAMES.base})
        if found is None:
            continue
        try:
            expected = Counter(frozenset(row.items()) for row in solutions(group, triples))
        except Unclear:
            continue
        answered += 1
        assert rows(found) == expected, f"{number}: {written(group)} over {triples}"
    assert answered > MANY * 0.45
