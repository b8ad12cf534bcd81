"""Where tables and keys stand in a TOML text, as findings and the position writer need it."""

from kg.mapping.lines import index_lines

SOURCE = '''\
format = 1

[article] # the page
title = "T"
published = { on = 2026-03-03, basis = "outside" }

[[part]]
from = "a"
[[part]]
from = "b"

[voice."quoted"]
words = [
    # in two pieces
    "one = 1",
    "[two]",
]

[claim.long]
because = """
[not.a.table]
words = "not a key"
"""
judged.part-of = 1
words = "x"
'''


def test_tables_and_their_lines():
    assert index_lines(SOURCE).tables == {
        ("article",): 3,
        ("part", "1"): 7,
        ("part", "2"): 9,
        ("voice", "quoted"): 12,
        ("claim", "long"): 19,
    }


def test_keys_with_their_first_and_last_line():
    keys = index_lines(SOURCE).keys
    assert keys[("article",), "published"] == (5, 5)
    assert keys[("voice", "quoted"), "words"] == (13, 17)
    assert keys[("claim", "long"), "because"] == (20, 23)
    assert keys[("claim", "long"), "judged"] == (24, 24)
    assert keys[("claim", "long"), "words"] == (25, 25)


def test_what_has_no_line_is_at_the_nearest_table():
    lines = index_lines(SOURCE)
    assert lines.of(("article",), "language") == 3
    assert lines.of(("claim", "long", "when"), "on") == 19
    assert lines.of(("mention", "x"), None) == 1
    assert lines.of((), "format") == 1
