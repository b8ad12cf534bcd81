"""Regular expressions of XPath: what is drawn at random, held against Xerces, which ARQ brings."""

from __future__ import annotations

import random

import pytest
from pyoxigraph import Literal

from kg.sparql.standard.regex import NoRegex, Unsaid, replacement, translated
from kg.sparql.standard.values import value_of
from sparql.arq import HERE, xerces

SIGNS = [*"ab_1-&., \n", "é", "\N{NO-BREAK SPACE}", "\N{ARABIC-INDIC DIGIT THREE}"]
"""No symbols: Xerces takes some for signs of no word, which XML Schema does not."""

RELUCTANT = ("??", "*?", "+?", "}?")
"""What XPath adds to XML Schema."""


class Drawing:
    """Draws regular expressions and texts."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def of(self, *choices):
        return self.random.choice(choices)

    def times(self):
        return self.of("", "", "", "?", "*", "+", "{2}", "{1,}", "{0,2}")

    def pattern(self, depth=0):
        branches = range(self.of(1, 1, 2))
        return "|".join(self.branch(depth) for _ in branches)

    def branch(self, depth):
        least = 0 if depth else 1
        return "".join(
            self.atom(depth) + self.times() for _ in range(self.random.randint(least, 3))
        )

    def atom(self, depth):
        kinds = [self.sign, self.sign, self.escape, self.category, self.within, lambda: "."]
        if depth < 3:
            kinds.append(lambda: f"({self.pattern(depth + 1)})")
        return self.of(*kinds)()

    def sign(self):
        return self.of(*"ab_1-,é&~ /<")

    def escape(self):
        return "\\" + self.of(*r"\sSdDwWnt.?*+(){}[]|^-")

    def category(self):
        return (
            f"\\{self.of('p', 'P')}{{{self.of('L', 'Lu', 'Ll', 'N', 'P', 'Pd', 'Z', 'Zs', 'C')}}}"
        )

    def within(self, depth=0):
        members = (lambda: self.of(*"ab_1&.,^é "), self.span, self.escape, self.category)
        said = "".join(self.of(*members)() for _ in range(self.random.randint(1, 3)))
        said = f"{self.of('', '', '', '-')}{said}{self.of('', '', '', '-')}"
        if depth < 2 and not said.endswith("-") and self.random.random() < 0.2:
            said += f"-{self.within(depth + 1)}"
        return f"[{self.of('', '', '^')}{said}]"

    def span(self):
        return self.of("a-c", "0-9", "A-z", "!-/", "é-ü")

    def text(self):
        return "".join(self.of(*SIGNS) for _ in range(self.random.randint(0, 4)))

    def junk(self):
        signs = r"ab-[](){}|*+?.,1p{L}\sw"
        return "".join(self.of(*signs) for _ in range(self.random.randint(1, 6)))


def matches(pattern, text):
    whole = translated(f"^(?:{pattern})$", "").whole
    return value_of(f"REGEX({Literal(text)}, {Literal(whole)})").value == "true"


@pytest.mark.skipif(not HERE, reason="the extra 'arq' is not installed")
def test_what_is_drawn_matches_as_xml_schema_has_it():
    drawing, compared = Drawing(20), 0
    for _ in range(600):
        pattern = drawing.pattern()
        theirs = xerces(pattern)
        if theirs is None:
            with pytest.raises((NoRegex, Unsaid)):
                translated(pattern, "")
            continue
        for text in (drawing.text() for _ in range(6)):
            compared += 1
            assert matches(pattern, text) == theirs(text), (pattern, text)
    assert compared > 2_000


@pytest.mark.skipif(not HERE, reason="the extra 'arq' is not installed")
def test_what_is_none_to_xml_schema_is_none():
    drawing, none = Drawing(21), 0
    for pattern in (drawing.junk() for _ in range(1_500)):
        if xerces(pattern) is None and not any(sign in pattern for sign in RELUCTANT):
            none += 1
            with pytest.raises((NoRegex, Unsaid)):
                translated(pattern, "")
    assert none > 500


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("a)", "closes nothing"),
        ("(a", "where a group is to end"),
        ("[a", "where a sign of a class is to stand"),
        ("[]", "to hold something"),
        ("[z-a]", "ends before it begins"),
        ("a{2,1}", "more at least than at most"),
        ("a{,2}", "where a sign is to stand"),
        ("a**", "where a sign is to stand"),
        ("a++", "where a sign is to stand"),
        (r"\a", "says nothing"),
        (r"\p{Lx}", "wants a category"),
        ("a\\", "says nothing"),
    ],
)
def test_what_is_none_says_where(pattern, why):
    with pytest.raises(NoRegex, match=why):
        translated(pattern, "")


@pytest.mark.parametrize(
    ("pattern", "flags", "why"),
    [
        (r"(a)\1", "", r"it has \\1"),
        (r"\p{IsArabic}+", "", "IsArabic"),
        (r"[^\p{Lu}]", "i", "beside the flag i"),
        ("[a-z-[aeiou]]", "i", "beside the flag i"),
        ("[a-c-e]", "", "neither begins, nor ends"),
        ("(" * 60 + ")" * 60, "", "deep"),
        ("(a{1000}){1000}", "", "too large"),
    ],
)
def test_what_there_are_no_words_for_is_told_apart(pattern, flags, why):
    with pytest.raises(Unsaid, match=why):
        translated(pattern, flags)


@pytest.mark.parametrize(
    ("pattern", "flags", "whole"),
    [
        ("^al-?Bab$", "i", "(?i)^al-?Bab$"),
        (r"a [b ] \s", "x", r"a[b ][ \t\n\r]"),
        (r"\ d{ 2 }", "x", r"\d{2}"),
        ("[a~~b-]", "", r"[a\~\~b\-]"),
        ("(?:a)(b)|", "", "(?:a)(b)|"),
        ("", "", ""),
    ],
)
def test_what_is_said_otherwise(pattern, flags, whole):
    assert translated(pattern, flags).whole == whole


def test_groups_are_counted_where_they_have_a_number():
    assert translated(r"(a)(?:b)[(](c(d))\(", "").groups == 3
    assert replacement("$3$4$12", groups=3) == "${3}${4}${1}2"
