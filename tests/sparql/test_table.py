"""Tables are written as the engine would write their solutions."""

import json

import pytest
from pyoxigraph import Literal

from kg.names import Names
from kg.sparql.results import SOLUTION_FORMATS, write_result
from kg.sparql.table import Table

NAMES = Names("http://x/")
NOT_IN_XML = [str(Literal(text)) for text in ("\b\f", "\x00\x1f", "\ufffe")]
TERMS = (
    *(
        None,
        "<http://x/a?b=c&d#e>",
        '""',
        '"word"',
        '"كلمة"@ar',
        '"x"@en--ltr',
        '"5"^^<http://x/t>',
    ),
    *(str(Literal(text)) for text in ('"quoted"', "\\", "\t\n\r", "\x7f", "@en")),
    *NOT_IN_XML,
    *(str(Literal(text)) for text in (r"\U0001F600", r"\UFFFFFFFF", r"\\U0000D800", "\U0001f600")),
    *(r'"\U0001F600"', r'"\\\U0001F600\u00E9"'),
)


@pytest.mark.parametrize("form", SOLUTION_FORMATS)
def test_it_is_written_as_the_engine_writes_it(form):
    terms = [term for term in TERMS if form != "xml" or term not in NOT_IN_XML]
    table = Table(["a", "b"], [terms, terms[::-1]], len(terms), ["b", "none", "a"])
    found, whole = (write_result(one, form, NAMES) for one in (table, table.solutions()))
    assert read(found, form) == read(whole, form)


def read(content: bytes, form: str) -> object:
    return json.loads(content) if form == "json" else content


def test_of_nothing_there_are_empty_rows():
    table = Table([], [], 2, [])
    assert json.loads(table.json())["results"]["bindings"] == [{}, {}]
    assert (
        Table([], [], 3, ["x"]).json()
        == '{"head":{"vars":["x"]},"results":{"bindings":[{},{},{}]}}'
    )
