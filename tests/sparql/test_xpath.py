"""REGEX and REPLACE as XPath has them; and constants that the engine cannot compute with."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.run import execute, prepare

NAMES = Names("http://e/")


def value(expression):
    """What an expression is; None for an error."""
    query = prepare(f"SELECT ({expression} AS ?x) {{}}", NAMES)
    found = next(execute(Store(), query, NAMES))["x"]
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("text", "pattern", "new", "replaced"),
    [
        ("2015-05-22", r"(\d+)-(\d+)-(\d+)", "$3of$2", "22of05"),
        ("2015-05-22", r"^(\d+)-.*$", "year $1s", "year 2015s"),
        ("Tanf crossing", r"(\w+) (\w+)", "$2_$1", "crossing_Tanf"),
        ("abc", "b", r"\$1", "a$1c"),
        ("abc", "b", r"\\", r"a\c"),
        ("abc", "b", r"\\\$$0", r"a\$bc"),
        ("abc", "(b)", "$12", "ab2c"),
        ("abc", "(b)", "<$2>", "a<>c"),
        ("abcdefghijkl", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)", "$11$1$111", "kak1l"),
        ("a(b", r"[(](?:b)|\((c)", "$1.", "a."),
        ("a{b}", "[{]", "${", None),
        ("abracadabra", "a(.)", "a$1$1", "abbraccaddabbra"),
        ("darted", "^(.*?)d(.*)$", "$1c$2", "carted"),
    ],
)
def test_what_takes_a_matchs_place_is_xpaths(text, pattern, new, replaced):
    strings = (one.replace("\\", "\\\\") for one in (text, pattern, new))
    call = "REPLACE({})".format(", ".join(f'"{one}"' for one in strings))
    if replaced is None:
        with pytest.raises(QueryRefused, match="without the number of a group"):
            value(call)
    else:
        assert value(call) == replaced


def test_one_may_stand_within_another():
    assert value('REPLACE(REPLACE("abc", "(a)", "$1z"), "c", "<$0>")') == "azb<c>"
    assert value('REPLACE(REPLACE(REPLACE("aXbXc", "X", "-"), "a", "1"), "c", "3")') == "1-b-3"
    assert value('IF(REGEX(REPLACE("a", "a", "$0b"), "ab"), REPLACE("q", "q", "yes"), 0)') == "yes"


def test_a_single_digit_needs_no_pattern_that_is_known():
    assert value('REPLACE("abc", CONCAT("(", "b)"), "$1th")') == "abthc"
    with pytest.raises(QueryRefused, match="an error in XPath"):
        value('REPLACE("abc", CONCAT("(", "b)"), "$12")')


@pytest.mark.parametrize("new", ['STR("$1")', "?new", '"x"@en', 'CONCAT("a", "b")'])
def test_what_is_computed_is_put_nowhere(new):
    with pytest.raises(QueryRefused, match="is not given as a string"):
        value(f'REPLACE("abc", "b", {new})')


@pytest.mark.parametrize(
    "pattern",
    [
        r"(.)\\1",
        r"\\p{IsBasicLatin}",
        r"\\i",
        r"\\c+",
        "[a-z-[aeiou]]",
        "[a&&b]",
        "[[:alpha:]]",
        "(",
    ],
)
def test_a_pattern_that_is_read_otherwise_is_refused(pattern):
    for call in (f'REGEX("a", "{pattern}")', f'REPLACE("a", """{pattern}""", "b")'):
        with pytest.raises(QueryRefused, match="not understood here as XPath has it"):
            value(call)


@pytest.mark.parametrize(
    ("call", "matches"),
    [
        (r'REGEX("a[b", "\\[")', "true"),
        (r'REGEX("[&&", "[&]{2}")', "true"),
        (r'REGEX("A#", "a#", "i")', "true"),
        (r'REGEX("Aleppo", "^al.*o$", "is")', "true"),
        (r'REGEX("Aleppo", ?p)', None),
    ],
)
def test_a_pattern_of_xpaths_is_matched(call, matches):
    assert value(call) == matches


def test_other_flags_and_what_matches_nothing_are_refused():
    with pytest.raises(QueryRefused, match="flags 'g' are not XPath's"):
        value('REGEX("a", "a", "g")')
    with pytest.raises(QueryRefused, match="not understood"):
        value('REGEX("a", "a # b", "x")')
    with pytest.raises(QueryRefused, match="matches where there is nothing"):
        value('REPLACE("abc", "b*", "x")')


@pytest.mark.parametrize(
    "expression",
    [
        "?l >= false",
        "true < ?l",
        "(?l > true)",
        "99999999999999999999 < ?l",
        "1 + 0.12345678901234567891",
    ],
)
def test_what_the_engine_cannot_compute_with_is_refused(expression):
    with pytest.raises(QueryRefused, match=r"of which nothing comes|more digits"):
        value(expression)


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("true = false", "false"),
        ("IF(1 < 2, true, false)", "true"),
        ("9223372036854775807 > 1", "true"),
        ("1e30 > 0.123456789012345678", "true"),
        ("COALESCE(?l, 123456789012345678)", "123456789012345678"),
    ],
)
def test_other_constants_are_computed_with(expression, result):
    assert value(expression) == result


def test_a_long_number_in_a_pattern_is_a_term():
    query = prepare("ASK { ?s ?p 99999999999999999999 }", NAMES)
    assert not execute(Store(), query, NAMES)
