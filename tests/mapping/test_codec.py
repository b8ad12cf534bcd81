"""Each kind of value is read and written back unchanged, and refused with what was expected."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mapping import codec
from mapping.strategies import BY_CODEC


@pytest.mark.parametrize(("kind", "values"), BY_CODEC.items(), ids=lambda x: type(x).__name__)
def test_parsing_undoes_formatting(kind, values):
    @given(values)
    def law(value):
        assert kind.parse(tomllib.loads(f"value = {kind.format(value)}")["value"]) == value

    law()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_quoted_text_is_one_line_of_toml(text):
    quoted = codec.quote(text)
    assert "\n" not in quoted and "\r" not in quoted
    assert tomllib.loads(f"value = {quoted}")["value"] == text


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (codec.TEXT, "  ", "some words in quotation marks"),
        (codec.SLUG, "Aven Bridge", 'an id of lower-case words, like "aven-bridge"'),
        (codec.OWNED, "a.b.c", 'an id like "bridge-taken", or "other-article.bridge-taken"'),
        (codec.DATE, "2026-03-01", "a date without quotation marks, like 2026-03-01"),
        (codec.PAIR, [1], "two dates, like [2026-03-01, 2026-03-07]"),
        (codec.COUNT, 0, "a number from 1"),
        (codec.COUNT, True, "a number from 1"),
        (codec.NUMBER, float("inf"), "a number, like 12 or 0.5"),
        (codec.PHRASES, [], "the words of the article, or a list of phrases"),
        (codec.SPANS, [5, 5], "positions [start, end] as `whoholds validate --write` fills them"),
        (codec.REFERENCE, {"known": "x"}, 'an id, { unnamed = "…" } or { described = "…" }'),
        (codec.REFERENCES, "holm", 'a list of ids, like ["aven-bridge"]'),
        (codec.OWNED_LIST, "holm", "a list"),
    ],
)
def test_what_is_wrong_is_refused_with_what_was_expected(kind, value, expected):
    with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
        kind.parse(value)


def test_dates_in_the_wrong_order_name_themselves():
    dates = list(tomllib.loads("value = [2026-03-07, 2026-03-01]")["value"])
    with pytest.raises(ValueError, match="the earlier date first; 2026-03-07 is after 2026-03-01"):
        codec.PAIR.parse(dates)


@pytest.mark.parametrize("sign", ["\0", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_no_feed_or_xml_can_hold_is_refused(sign):
    with pytest.raises(ValueError, match="without control characters"):
        codec.TEXT.parse(f"a{sign}b")
    assert codec.TEXT.parse("a\u202eb\tc\n") == "a\u202eb\tc\n"
