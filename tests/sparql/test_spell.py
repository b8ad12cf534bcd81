"""What a query begins with: its prefixes are read at once or one by one, and mean the same."""

from __future__ import annotations

import random

import pytest

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.prepare import prepare
from kg.sparql.tokens import head_of

NAMES = Names("https://example.org/valley/")
DECLARATIONS = (
    "PREFIX a: <http://a.example/>",
    "prefix : <#>",
    "Prefix a.b:<rel>",
    "PREFIX\n\nz-1:\r\n<>",
    "PREFIX wh: <http://mine.example/>",
    "PREFIX \u00e9: <x>",
    "PREFIX#c\nq: <u>",
    "BASE <http://b.example/c/>",
    "# PREFIX wh: <http://comment.example/>\n",
)
BROKEN = (
    "PREFIX a:b <x>",
    "PREFIX <x>",
    "PREFIX a: http://x/",
    "PREFIX:<x>",
    "PREFIX _:<x>",
    "PREFIX a: <x y>",
    "PREF\u0131X e: <x>",
    "PREFIX a.: <x>",
)
PATTERNS = (
    "SELECT * { ?s a wh:Claim ; <rel> ?o }",
    "SELECT * { ?s a wh:Claim ; a:b :c }",
    "ASK { a.b:x z-1:y <rel> }",
    "SELECT (IRI('x') AS ?i) { q:a ?p '''PREFIX a: <y>''' FILTER(?x<1&&?y>2) }",
    "CONSTRUCT { ?s ?p \u00e9:o } { ?s ?p ?o }",
    "SELECT * { SERVICE <http://x/> {} }",
)


def said(query: str) -> object:
    """How the engine gets a query, but for the blanks before it; or why it does not."""
    try:
        found = prepare(query, NAMES)
    except (QueryRefused, SyntaxError) as error:
        return type(error)
    return found.form, found.text.strip(), found.digest


def test_prefixes_mean_the_same_behind_a_comment():
    chance = random.Random(4)
    answered = 0
    for _ in range(1500):
        many = chance.choices((*DECLARATIONS * 3, *BROKEN), k=chance.randrange(6))
        query = chance.choice((" ", "\n", "")).join((*many, chance.choice(PATTERNS)))
        assert said(query) == said(f"#\n{query}")
        answered += isinstance(said(query), tuple)
    assert answered > 150


@pytest.mark.parametrize("declared", DECLARATIONS[:6])
def test_a_head_is_all_that_declares(declared):
    assert head_of(f"{declared} {declared}\n{PATTERNS[0]}") == f"{declared} {declared}"


@pytest.mark.parametrize("other", [*DECLARATIONS[6:], *BROKEN, "", "ASK {}", "SERVICE <x> {}"])
def test_a_head_is_nothing_else(other):
    assert head_of(f"PREFIX x: <y> {other}") == "PREFIX x: <y>"


def test_what_a_comment_declares_is_not_declared():
    with pytest.raises(SyntaxError, match="the prefix q: is not declared"):
        prepare("PREFIX a: <b>\n# PREFIX q: <c>\nASK { ?s ?p q:a }", NAMES)
