"""REGEX and REPLACE as XPath has them, whatever they are given."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryRefused
from kg.sparql.ours import patterns as computed
from kg.sparql.prepare import prepare
from tests.sparql.expressions import NAMES, value


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


@pytest.mark.parametrize(
    ("call", "result"),
    [
        (r'REPLACE("abc", CONCAT("(", "b)"), "$1th")', "abthc"),
        (r'REPLACE("abc", CONCAT("(", "b)"), "$12")', "ab2c"),
        (r'REPLACE("abc", "(b)", CONCAT("<$", "1>"))', "a<b>c"),
        (r'REPLACE("aBc", "(b)", STR("$1$1"), "i")', "aBBc"),
        (r'REPLACE("aBc", STR("( b )"), "$1$1", CONCAT("i", "x"))', "aBBc"),
        (r'REPLACE("abc", "b", "x"@en)', None),
        (r'REPLACE("abc", "b", ?new)', None),
        (r'REPLACE("abc", "b", STR("$"))', None),
        (r'REPLACE("abc", STR("b*"), "x")', None),
        (r'REPLACE(REPLACE("abc", STR("(a)"), "$1z"), STR("c"), "\\$")', "azb$"),
        (r'REGEX("a b", STR("^\\w+$"))', "false"),
        (r'REGEX("ab", STR("^\\w+$"))', "true"),
        (r'REGEX("A\nB", STR("^b"), "m")', "false"),
        (r'REGEX("A\nB", STR("^b"), "mi")', "true"),
        (r'REGEX("ab", STR("("))', None),
        (r'REGEX("ab", "b"@en)', None),
        (r'REGEX("ab", STR("b"), "g")', None),
        (r'REGEX("Aleppo", ?p)', None),
    ],
)
def test_what_is_computed_is_read_alike(call, result):
    assert value(call) == result


def test_a_pattern_in_the_data_is_read_alike():
    assert value('REGEX("ab", ?o)', patterns(r"^\w+$"), "?s ?p ?o") == "true"
    assert value('REGEX("a_b", ?o)', patterns(r"^\w+$"), "?s ?p ?o") == "false"
    with pytest.raises(QueryRefused, match=r"it has \\1\. Write it in other words"):
        value('REGEX("aa", ?o)', patterns("a", r"(.)\1", "b"), "?s ?p ?o")


def patterns(*texts):
    """A store with patterns."""
    store = Store()
    for text in texts:
        store.add(Quad(NamedNode("http://e/a"), NamedNode("http://e/p"), Literal(text)))
    return store


@pytest.mark.parametrize(
    "pattern",
    [
        r"(.)\\1",
        r"\\p{IsBasicLatin}",
        r"\\i",
        r"\\c+",
        r"\\bal-",
        "(?i)a",
        "[[:alpha:]]",
        "(",
        "a{1000}(b{1000}(c{1000}){9}){9}",
    ],
)
def test_a_pattern_without_words_is_refused(pattern):
    for call in (f'REGEX("a", "{pattern}")', f'REPLACE("a", """{pattern}""", "b")'):
        with pytest.raises(QueryRefused, match="not understood here as XPath has it"):
            value(call)


@pytest.mark.parametrize(
    ("call", "matches"),
    [
        (r'REGEX("a[b", "\\[")', "true"),
        (r'REGEX("[&&", "[&]{2}")', "true"),
        (r'REGEX("b", "[a&&b]")', "true"),
        (r'REGEX("i", "^[a-z-[aeiou]]$")', "false"),
        (r'REGEX("a_b", "a\\wb")', "false"),
        (r'REGEX("a\u00A0b", "a\\sb")', "false"),
        (r'REGEX("a+b", "a\\wb")', "true"),
        (r'REGEX("A#", "a#", "i")', "true"),
        (r'REGEX("a# ", " a # [b ] ", "x")', "true"),
        (r'REGEX("Aleppo", "^al.*o$", "is")', "true"),
        (r'REPLACE("al_Bab  al-Bab", "\\s+", " ")', "al_Bab al-Bab"),
    ],
)
def test_a_pattern_of_xpaths_is_matched(call, matches):
    assert value(call) == matches


def test_other_flags_and_what_matches_nothing_are_refused():
    with pytest.raises(QueryRefused, match="flags 'g' are not XPath's"):
        value('REGEX("a", "a", "g")')
    with pytest.raises(QueryRefused, match="matches where there is nothing"):
        value('REPLACE("abc", "b*", "x")')


def test_our_own_functions_are_nobody_elses():
    for name in ("<urn:whoholds:function:matched>", "u:matched"):
        with pytest.raises(QueryRefused, match="names no function"):
            prepare(f"PREFIX u: <urn:whoholds:function:> ASK {{ FILTER({name}('a')) }}", NAMES)


def test_what_fails_within_the_engine_is_told(monkeypatch):
    def full(*_):
        raise MemoryError

    monkeypatch.setattr(computed, "translated", full)
    with pytest.raises(MemoryError):
        value('REGEX("ab", ?o)', patterns("a"), "?s ?p ?o")


@pytest.mark.parametrize(
    "call",
    [
        'REPLACE({}, "a", "b")',
        'REPLACE({}, ?p, "b")',
        'REPLACE("a", {}, "b")',
        'REGEX(STR({}), "a")',
        "IF({} < ?b, ?c, ?d)",
        "COALESCE(!{}, ?a && {})",
    ],
)
def test_what_is_nested_deep_is_said_or_refused_in_a_moment(call):
    deep = "?x"
    for _ in range(12 if call.count("{}") > 1 else 29):
        deep = call.replace("{}", deep)
    begin = time.monotonic()
    with suppress(QueryRefused):
        prepare(f"ASK {{ ?x ?p ?a FILTER({deep} = 1) }}", NAMES)
    assert time.monotonic() - begin < 2
