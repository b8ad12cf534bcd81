"""The place of an error is one in the text that was sent."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.names import Names
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from kg.sparql.wrong import where_wrong

NAMES = Names("https://example.org/valley/")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?a a wh:Claim", "line 1, column 25: the query ends too early"),
        ("SELECT * {\n ?a a wh:Claim .\n ?x wh:foo\n}", "line 4, column 1: it cannot be read from"),
        (
            "SELECT * { ?a a wh:Claim . # all\r\n\r\n?c ?d\n}",
            "line 3, column 1: it cannot be read from '?c'",
        ),
        ("SELECT ?a WHERE ?a ?b ?c }", "line 1, column 17: it cannot be read from '?a' on; "),
        ("SELECT * { ?a a wh:Claim FILTER ?a > 3 }", "line 1, column 33: it cannot be read from"),
        ("SELECT * { ?s a wh:Claim } }", "line 1, column 28: it cannot be read from '}'"),
        ("SELECT ?a { ?b a wh:Claim } GROUP BY ?b", "line 1: The SELECT contains a variable"),
        ("SELECT * { ?s a no:Claim }", "line 1, column 17: the prefix no: is not declared"),
        ("LOOK ?s", "line 1, column 1: 'LOOK' is no word"),
    ],
)
def test_the_place_is_in_the_text_that_was_sent(query, told):
    assert _told(query).startswith(told)


def _told(query: str) -> str:
    read = query
    try:
        prepared = prepare(query, NAMES)
        read = prepared.text
        execute(Store(), prepared, NAMES)
    except SyntaxError as error:
        return where_wrong(error, query, read)
    return ""
