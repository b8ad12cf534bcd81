"""Casts give XPath's values, from constants, from statements and from columns."""

from __future__ import annotations

import random
import struct
from decimal import Decimal
from fractions import Fraction

import pytest
from pyoxigraph import Literal, NamedNode, Store

from kg.names import VOCABULARIES, Names
from kg.sparql.columns.answer import answer
from kg.sparql.columns.file import open_columns
from kg.sparql.columns.make import make_columns
from kg.sparql.ours.casts import cast
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from kg.store import make_store, open_store

NAMES = Names("http://e/")
XSD = VOCABULARIES["xsd"]


def value(expression):
    """What an expression is; None for an error."""
    query = prepare(
        f"PREFIX xsd: <{XSD}> PREFIX : <http://e/> SELECT ({expression} AS ?x) {{}}", NAMES
    )
    found = next(execute(Store(), query, NAMES))["x"]
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("xsd:integer(21000000e0)", "21000000"),
        ("xsd:integer(-999999999999e0)", "-999999999999"),
        ("xsd:integer(1e18)", "1000000000000000000"),
        ("xsd:integer(-9223372036854775808e0)", "-9223372036854775808"),
        ("xsd:integer(9223372036854775808e0)", None),
        ("xsd:integer('3e9'^^xsd:float)", "3000000000"),
        ("xsd:integer(-1.9)", "-1"),
        ("xsd:integer(-1.9e0)", "-1"),
        ("xsd:integer('NaN'^^xsd:double)", None),
        ("xsd:integer(' 12\\n')", "12"),
        ("xsd:integer('1 2')", None),
        ("xsd:integer('1.5')", None),
        ("xsd:integer('1'@en)", None),
        ("xsd:integer('1'^^:t)", None),
        ("xsd:integer(true)", "1"),
        ("xsd:integer(:a)", None),
        ("xsd:decimal(1e6)", "1000000"),
        ("xsd:decimal(0.1e0)", "0.100000000000000006"),
        ("xsd:decimal(0.5e0)", "0.5"),
        ("xsd:decimal('1e3')", None),
        ("xsd:decimal(1e30)", None),
        ("xsd:decimal('0.1234567890123456789')", None),
        ("xsd:decimal('INF'^^xsd:float)", None),
        ("xsd:double(' 1.5 ')", "1.5"),
        ("xsd:double('inf')", None),
        ("xsd:double('nan')", None),
        ("xsd:double('-INF')", "-INF"),
        ("xsd:double(123456.7890123456)", "123456.7890123456"),
        ("xsd:float(1e39)", "INF"),
        ("xsd:float(16777217)", "16777216"),
        ("xsd:boolean(' true ')", "true"),
        ("xsd:boolean('TRUE')", None),
        ("xsd:boolean('NaN'^^xsd:double)", "false"),
        ("xsd:boolean(0.5)", "true"),
        ("xsd:string(1e6)", "1.0E6"),
        ("xsd:string(-123456789e0)", "-1.23456789E8"),
        ("xsd:string(1e-7)", "1.0E-7"),
        ("xsd:string(999999.5e0)", "999999.5"),
        ("xsd:string(0.000001e0)", "0.000001"),
        ("xsd:string(-0e0)", "-0"),
        ("xsd:string('NaN'^^xsd:double)", "NaN"),
        ("xsd:string(1000000.5)", "1000000.5"),
        ("xsd:string(:a)", "http://e/a"),
    ],
)
def test_a_cast_is_xpaths(expression, result):
    assert value(expression) == result


def test_numbers_are_cast_to_the_last_digit():
    draw = random.Random(1)
    for _ in range(2000):
        number = draw.choice([draw.uniform(-1e3, 1e3), draw.uniform(-1e15, 1e15)])
        literal = Literal(number)
        assert int(cast(literal, "integer").value) == int(number)
        assert abs(Fraction(cast(literal, "decimal").value) - Fraction(number)) * 2 <= Fraction(
            1, 10**18
        )
        (short,) = struct.unpack("f", struct.pack("f", number))
        assert float(cast(literal, "float").value) == short
        assert float(cast(cast(literal, "string"), "double").value) == number
        text = f"{Decimal(number):.6f}"
        decimal = Literal(text, datatype=NamedNode(f"{XSD}decimal"))
        assert float(cast(decimal, "double").value) == float(text)


def test_columns_cast_alike(tmp_path):
    lines = [f'<http://e/s> <http://e/p> "{n}"^^<{XSD}double>' for n in ("2.1E7", "1E6", "0.5")]
    (tmp_path / "data.nq").write_text(" <http://e/g> .\n".join([*lines, ""]), "utf-8")
    make_store(tmp_path / "store", [tmp_path / "data.nq"])
    make_columns(tmp_path / "columns", tmp_path / "store")
    text = f"SELECT (<{XSD}integer>(?v) AS ?n) {{ ?s ?p ?v FILTER(<{XSD}decimal>(?v) >= 1000000) }}"
    query = prepare(text, NAMES)
    found = answer(open_columns(tmp_path / "columns"), query.text, {"base_iri": NAMES.base})
    assert sorted(int(row["n"].value) for row in found.solutions()) == [1000000, 21000000]
    again = execute(open_store(tmp_path / "store"), query, NAMES)
    assert sorted(int(row["n"].value) for row in again) == [1000000, 21000000]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ('" 2014-05-22T10:00:00Z\\n"', "2014-05-22T10:00:00Z"),
        ('"2014-05-22T10:00:00Z"', "2014-05-22T10:00:00Z"),
        ("xsd:dateTime('2014-05-22T10:00:00Z ')", "2014-05-22T10:00:00Z"),
        ('"2014-05-22T10:00: 00Z"', None),
        ("<http://e/x>", None),
        ("?none", None),
    ],
)
def test_a_moment_is_read_without_blanks_around_it(given, read):
    prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    query = prepare(f"{prefix} SELECT (xsd:dateTime( {given} ) AS ?x) {{}}", NAMES)
    found = next(execute(Store(), query, NAMES))["x"]
    assert (found and found.value) == read
