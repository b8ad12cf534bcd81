"""Time expressions, their values and days; the texts are of invented wars."""

from __future__ import annotations

import datetime as dt
import time as clock

import pytest

from kg.mapping.document import When
from kg.suggest.found import Timed
from kg.suggest.reading import Days, read_text
from kg.suggest.times import time

FRIDAY = (dt.date(1931, 5, 22), dt.date(1931, 5, 22))


def read(text: str, published: Days | None = FRIDAY) -> list[Timed]:
    return time(read_text(text, published=published))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It fell on 21 May 1931.", "1931-05-21"),
        ("It fell on May 21.", "1931-05-21"),
        ("It fell on 1931-05-21.", "1931-05-21"),
        ("It fell on 5/21/1931.", "1931-05-21"),
        ("It fell on 21.5.1931.", "1931-05-21"),
        ("It fell on Thursday, May 21.", "1931-05-21"),
        ("It fell in October 1930.", "1930-10"),
        ("It fell in October.", "1930-10"),
        ("It fell last March.", "1931-03"),
        ("It fell in the summer of 1930.", "1930-SU"),
        ("It fell last summer.", "1930-SU"),
        ("It fell in the second quarter of 1930.", "1930-Q2"),
        ("It fell in fiscal year 1930.", "FY1930"),
        ("It fell in the 1920s.", "192X"),
        ("It fell in the 19th century.", "18"),
        ("It fell in 1927.", "1927"),
        ("It fell on Thursday.", "1931-05-21"),
        ("It fell on Friday.", "1931-05-22"),
        ("It fell last Friday.", "1931-05-15"),
        ("The guards will leave on Monday.", "1931-05-25"),
        ("It fell yesterday.", "1931-05-21"),
        ("It fell overnight.", "1931-05-21TNI"),
        ("It fell last week.", "1931-W20"),
        ("It fell last month.", "1931-04"),
        ("It fell earlier this year.", "1931"),
        ("It fell two days ago.", "1931-05-20"),
        ("It fell three weeks ago.", "1931-W18"),
        ("It fell a decade ago.", "1921"),
        ("They fought for two weeks.", "P2W"),
        ("They fought for five and a half hours, 5 1/2 hours.", "PT5H30M"),
        ("They shelled it over the last two days.", "P2D"),
        ("A months-long siege began.", "PXM"),
        ("The mail comes daily.", "P1D"),
        ("It is now quiet.", "PRESENT_REF"),
        ("For now, Holm is quiet.", "PRESENT_REF"),
        ("It fell on Thursday night.", "1931-05-21"),
        ("It fell over the weekend.", "1931-W20-WE"),
        ("They held it for the last week.", "P1W"),
        ("It fell last winter.", "1930-WI"),
        ("The bridge opens this summer.", "1931-SU"),
        ("Sales fell in the third quarter.", "1930-Q3"),
        ("They will pay in the third quarter.", "1931-Q3"),
        ("It fell earlier in the week.", "1931-W21"),
        ("A month-long siege began.", "P1M"),
        ("They will leave two weeks from now.", "1931-W23"),
        ("It fell weeks ago.", "PAST_REF"),
        ("They will leave by the end of the year.", "1931"),
        ("They held it from the start of the month.", "1931-05"),
        ("It fell on Good Friday.", "1931-04-03"),
        ("The truce began on Easter Monday.", "1931-04-06"),
        ("The vote was held on Election Day.", "1930-11-04"),
        ("The United Front will leave on Monday.", "1931-05-25"),
        ("The talks were postponed until Tuesday.", "1931-05-26"),
        ("They planned a march on Monday.", "1931-05-25"),
        ("The hastily planned march began on Monday.", "1931-05-18"),
        ("On Monday, Gen. R. Oss and the U.S. envoy will leave.", "1931-05-25"),
        ("The guards will,\nas they say, leave on Monday.", "1931-05-25"),
        ("Nobody knows the future.", "FUTURE_REF"),
    ],
)
def test_an_expression_has_its_value(text, value):
    assert value in [timed.value for timed in read(text)]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("since Wednesday", When(since=(dt.date(1931, 5, 20),) * 2, words="Wednesday")),
        ("by Sunday", When(until=(dt.date(1931, 5, 17),) * 2, words="Sunday")),
        ("fell on Monday", When(on=dt.date(1931, 5, 18), words="Monday")),
        (
            "fell last week",
            When(within=(dt.date(1931, 5, 11), dt.date(1931, 5, 17)), words="last week"),
        ),
        (
            "fell over the last two days",
            When(within=(dt.date(1931, 5, 20), dt.date(1931, 5, 22)), words="last two days"),
        ),
        (
            "since late March",
            When(since=(dt.date(1931, 3, 21), dt.date(1931, 3, 31)), words="late March"),
        ),
        (
            "fell this year",
            When(within=(dt.date(1931, 1, 1), dt.date(1931, 5, 22)), words="this year"),
        ),
        (
            "fell in 1914-18",
            When(within=(dt.date(1914, 1, 1), dt.date(1918, 12, 31)), words="1914-18"),
        ),
        (
            "opens this summer",
            When(within=(dt.date(1931, 6, 1), dt.date(1931, 8, 31)), words="this summer"),
        ),
        (
            "fell overnight",
            When(within=(dt.date(1931, 5, 21), dt.date(1931, 5, 22)), words="overnight"),
        ),
    ],
)
def test_the_days_keep_their_granularity_and_bound(text, when):
    (timed,) = read(f"The town {text}, they said.")
    got = timed.when
    explicit = "1914" in text
    assert got is not None
    assert got.basis == ("explicit" if explicit else "relative-to-publication")
    assert (got.on, got.within, got.since, got.until, got.words) == (
        when.on,
        when.within,
        when.since,
        when.until,
        when.words,
    )


def test_the_29th_of_february_is_sought_in_leap_years_only():
    (timed,) = read("It fell on February 29.", (dt.date(1932, 3, 4),) * 2)
    assert timed.value == "1932-02-29"
    assert not read("It fell on February 29.", (dt.date(1930, 3, 4),) * 2)


def test_without_a_day_of_publication_only_explicit_dates_are_fixed():
    found = read("It fell on Thursday, and Holm on 3 May 1929.", published=None)
    assert [(t.value, t.when and t.when.basis) for t in found] == [("1929-05-03", "explicit")]


def test_an_uncertain_day_of_publication_widens_what_is_told_from_it():
    days = dt.date(1931, 5, 22), dt.date(1931, 5, 24)
    thursday, yesterday = read("It fell on Thursday, Holm yesterday.", days)
    assert (thursday.value, thursday.when and thursday.when.on) == (
        "1931-05-21",
        dt.date(1931, 5, 21),
    )
    assert yesterday.value == "1931-05-XX"
    assert yesterday.when and yesterday.when.within == (dt.date(1931, 5, 21), dt.date(1931, 5, 23))


@pytest.mark.parametrize(
    "text",
    [
        "They may march on Holm.",
        "Some 2000 people left.",
        "The 6-year-old ran.",
        "The Daily Gleaner wrote.",
        "On 31 February 1930, they lied.",
        "Now the bridge is the question.",
        "The post is manned 24 hours a day.",
        "They fear a future without Holm.",
    ],
)
def test_false_friends_are_no_dates(text):
    assert not [t for t in read(text) if not t.value.startswith("19")]


def test_the_words_stand_where_the_span_says():
    text = "Ärger in Holm – it fell “on Thursday”, not on 3 May 1929."
    assert [text[slice(*t.span)] for t in read(text)] == ["Thursday", "3 May 1929"]


def test_hostile_text_takes_linear_time():
    start = clock.perf_counter()
    for text in ("9" * 1_000_000, "1," * 100_000, "1-" * 100_000, "two hundred " * 20_000):
        read(text)
    assert clock.perf_counter() - start < 15


@pytest.mark.parametrize("text", ["““", "… —", "at", "Aven fell in the"])
def test_a_text_that_ends_before_any_time_has_none(text):
    assert time(read_text(text)) == []
