"""Relative references, by the standard's own examples, and as the engine resolves them."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.names import Names
from kg.sparql.prepare import prepare
from kg.sparql.relative import resolved

BASE = "http://a/b/c/d;p?q"
NORMAL = {
    "g:h": "g:h",
    "g": "http://a/b/c/g",
    "./g": "http://a/b/c/g",
    "g/": "http://a/b/c/g/",
    "/g": "http://a/g",
    "//g": "http://g",
    "?y": "http://a/b/c/d;p?y",
    "g?y": "http://a/b/c/g?y",
    "#s": "http://a/b/c/d;p?q#s",
    "g#s": "http://a/b/c/g#s",
    "g?y#s": "http://a/b/c/g?y#s",
    ";x": "http://a/b/c/;x",
    "g;x": "http://a/b/c/g;x",
    "g;x?y#s": "http://a/b/c/g;x?y#s",
    "": "http://a/b/c/d;p?q",
    ".": "http://a/b/c/",
    "./": "http://a/b/c/",
    "..": "http://a/b/",
    "../": "http://a/b/",
    "../g": "http://a/b/g",
    "../..": "http://a/",
    "../../": "http://a/",
    "../../g": "http://a/g",
}
"""https://www.rfc-editor.org/rfc/rfc3986#section-5.4.1"""
ABNORMAL = {
    "../../../g": "http://a/g",
    "../../../../g": "http://a/g",
    "/./g": "http://a/g",
    "/../g": "http://a/g",
    "g.": "http://a/b/c/g.",
    ".g": "http://a/b/c/.g",
    "g..": "http://a/b/c/g..",
    "..g": "http://a/b/c/..g",
    "./../g": "http://a/b/g",
    "./g/.": "http://a/b/c/g/",
    "g/./h": "http://a/b/c/g/h",
    "g/../h": "http://a/b/c/h",
    "g;x=1/./y": "http://a/b/c/g;x=1/y",
    "g;x=1/../y": "http://a/b/c/y",
    "g?y/./x": "http://a/b/c/g?y/./x",
    "g?y/../x": "http://a/b/c/g?y/../x",
    "g#s/./x": "http://a/b/c/g#s/./x",
    "g#s/../x": "http://a/b/c/g#s/../x",
    "http:g": "http:g",
}
"""https://www.rfc-editor.org/rfc/rfc3986#section-5.4.2"""
EMPTY = {
    "?": "http://a/b/c/d;p?",
    "#": "http://a/b/c/d;p?q#",
    "g?": "http://a/b/c/g?",
    "g;": "http://a/b/c/g;",
    "g;?y": "http://a/b/c/g;?y",
    "g//h/..": "http://a/b/c/g//",
    "//g/../h": "http://g/h",
}
"""What ends in nothing, or has it within."""


@pytest.mark.parametrize(("reference", "iri"), (NORMAL | ABNORMAL | EMPTY).items())
def test_a_reference_stands_for_what_the_standard_says(reference, iri):
    assert resolved(reference, BASE) == iri
    query = f"BASE <{BASE}> ASK {{ <{reference}> a <http://a/c> }}"
    assert f"<{iri}>" in prepare(query, Names()).text


@pytest.mark.parametrize(
    ("base", "iri"),
    [("http://a", "http://a/g"), ("http://a?x", "http://a/g"), ("urn:x:y", "urn:g")],
)
def test_a_base_without_a_path_has_its_root(base, iri):
    assert resolved("g", base) == iri


@given(
    base=st.builds("http://a{}".format, st.from_regex(r"(/[ab;]{0,3}){0,4}(\?x)?", fullmatch=True)),
    reference=st.from_regex(r"[ab./;]{0,9}(\?[ab./]{0,3})?(#[ab]?)?", fullmatch=True),
)
@example(base="http://a/b//", reference="..")
def test_the_engine_resolves_alike(base, reference):
    """But it leaves the dots of a base, and of what names a host."""
    if reference.startswith("//") and re.search(r"/\.\.?(/|$|[?#])", reference):
        return
    (quad,) = parse(f"<{reference}> a <x:c> .", format=RdfFormat.TURTLE, base_iri=base)
    assert resolved(reference, base) == quad.subject.value
