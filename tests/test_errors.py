"""Errors name where and what; names that were nearly right are offered."""

import inspect

import pytest

from kg import errors
from kg.errors import Finding, MappingError, WhoHoldsError, suggest


def test_a_finding_is_one_line():
    assert str(Finding("articles/a/mapping.toml", 3, "x.")) == "articles/a/mapping.toml:3: x."


def test_findings_are_printed_a_line_each():
    error = MappingError([Finding("a", 1, "x."), Finding("a", 2, "y.")])
    assert str(error) == "a:1: x.\na:2: y."


def test_the_tree_of_the_modules_docstring_is_the_tree():
    found = {
        name
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, WhoHoldsError)
    }
    told = {name for name in found if name in errors.__doc__}
    assert found - told == {"FindingsError"}, "a shared base of two, not told"


@pytest.mark.parametrize(
    ("found", "known", "said"),
    [
        ("huseiba", ["husseiba", "ramadi"], "nearest places: husseiba"),
        ("x", ["b", "a"], "places: a, b"),
        ("x", [], "places: none"),
        ("zz", [f"a{n:02}" for n in range(14)], None),
    ],
)
def test_suggest(found, known, said):
    answer = suggest(found, known, "places")
    assert answer == (said or "places: " + ", ".join(known[:12]) + ", …")
