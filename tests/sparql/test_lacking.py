"""Numbers that the engine cannot compute with."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.errors import QueryRefused
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from tests.sparql.expressions import NAMES, value


@pytest.mark.parametrize("expression", ["99999999999999999999 < ?l", "1 + 0.12345678901234567891"])
def test_long_numbers_are_refused(expression):
    with pytest.raises(QueryRefused, match="more digits"):
        value(expression)


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("9223372036854775807 > 1", "true"),
        ("1e30 > 0.123456789012345678", "true"),
        ("COALESCE(?l, 123456789012345678)", "123456789012345678"),
    ],
)
def test_other_numbers_are_computed_with(expression, result):
    assert value(expression) == result


def test_a_long_number_in_a_pattern_is_a_term():
    query = prepare("ASK { ?s ?p 99999999999999999999 }", NAMES)
    assert not execute(Store(), query, NAMES)
