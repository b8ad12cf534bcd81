"""Some articles at once."""

from __future__ import annotations

from kg.suggest.names import know
from kg.suggest.reading import read_text
from kg.suggest.suggest import propose, propose_each


def test_articles_that_are_read_in_a_row_are_proposed_as_each_alone():
    known = know(None)
    texts = (
        f"In the town of Aven{n} some {n + 2} men were killed on 5 May {2000 + n}."
        for n in range(24)
    )
    readings = list(map(read_text, texts))
    alone = [repr(propose(reading, known)) for reading in readings]
    assert [repr(found) for found in propose_each(readings, known)] == alone
    assert len(set(alone)) == len(alone)
