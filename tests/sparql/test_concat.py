"""GROUP_CONCAT: a plain string of whatever has words, from columns or not."""

from __future__ import annotations

import pytest

from sparql.expressions import value

DAY = '"2014-05-22"^^<http://www.w3.org/2001/XMLSchema#date>'
WHERE = f'VALUES ?v {{ 1 2 2 3.5 "a"@en "a"@de "b" <http://e/x> {DAY} }}'


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("GROUP_CONCAT(?v)", "1 2 2 3.5 a a b http://e/x 2014-05-22"),
        (
            "GROUP_CONCAT(DISTINCT ?v; SEPARATOR = ', ')",
            "1, 2, 3.5, a, a, b, http://e/x, 2014-05-22",
        ),
        ("GROUP_CONCAT(DISTINCT STR(?v))", "1 2 3.5 a b http://e/x 2014-05-22"),
        ("group_concat(IF(ISNUMERIC(?v), ?v * 2, 'no'); separator='')", "2447nonononono"),
        ("LANG(GROUP_CONCAT(?v))", ""),
        ("GROUP_CONCAT(?v + 1)", None),
        ("GROUP_CONCAT(?none)", None),
    ],
)
def test_all_that_has_words_is_said(call, said):
    assert value(call, where=WHERE) == said


def test_of_nothing_it_is_empty():
    assert value("GROUP_CONCAT(?v)", where="?s <urn:none> ?v") == ""
