"""Figures with unit, bound and scope; the texts are of invented wars."""

from __future__ import annotations

import os
import time as clock
import tomllib
from pathlib import Path

import pytest

from kg.suggest.figures import figure
from kg.suggest.reading import read_text
from tests.paths import ROOT

FLOOR = 0.85
"""The share of the hand mappings' figures with the right measure, number and bound."""


@pytest.mark.parametrize(
    ("text", "measure", "number", "bound", "unit"),
    [
        ("At least 17 people were killed.", "people-killed", 17, "at-least", "people"),
        ("Dozens of millers fled; 40 civilians died.", "people-killed", 40, "exactly", "civilians"),
        ("Tens of thousands of people fled Holm.", "people-displaced", 20000, "at-least", "people"),
        ("Dozens managed to escape from Holm.", "people-escaped", 24, "at-least", None),
        ("Thousands of Holmers are fleeing.", "people-displaced", 2000, "at-least", None),
        ("Some 800 riders wait.", "people-force", 800, "approximately", "riders"),
        ("The fleet flew 14 air strikes.", "air-strikes", 14, "exactly", "air strikes"),
        ("about nine kilometres east of Aven", "distance", 9, "approximately", "kilometres"),
        ("twenty-three miles from Holm", "distance", 23, "exactly", "miles"),
        ("The league holds more than 900 square kilometres.", "territory-area", 900, "more-than",
         "square kilometres"),
        ("It has 95 thousand square miles of the plain.", "territory-area", 95000, "exactly",
         "square miles"),
        ("roughly half of Vorland", "territory-share", 50, "approximately", None),
        ("60 percent of the country", "territory-share", 60, "exactly", "percent"),
        ("two thirds of Vorland", "territory-share", 66.7, "exactly", None),
        ("They held Holm for more than a year.", "hold-duration", 1, "more-than", "year"),
        ("Aven fell after weeks of fighting.", "fighting-duration", 2, "at-least", "weeks"),
        ("The guard lost nine posts.", "place-count", 9, "exactly", "posts"),
        ("Tolls bring up to $2 million per month.", "revenue", 2e6, "at-most", "per month"),
    ],
)  # fmt: skip
def test_a_figure_has_its_measure_number_bound_and_unit(text, measure, number, bound, unit):
    found = [f for f in figure(read_text(text)) if f.measure == measure]
    assert [(f.number, f.bound, f.unit) for f in found] == [(number, bound, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "In 1987 people voted.",
        "The colonel, 54, is a soldier.",
        "A 6-year-old boy was killed.",
        "They fired AK-47 rifles from a T-72.",
        "Call 555-0134 for people in need.",
        "He paid $400 for a horse.",
        "On 3 May soldiers marched.",
        "half of the voters",
        "In 1987 fled the king.",
        "The League took Aven days after holding Holm.",
    ],
)
def test_years_ages_dates_weapons_and_telephones_are_no_figures(text):
    assert figure(read_text(text)) == []


def test_the_scope_is_what_stands_behind():
    (found,) = figure(read_text("Nine kilometres east of Aven, they dug in."))
    assert (found.scope, found.value) == ("east of Aven", "Nine")


def test_a_conversion_has_the_bound_of_what_it_converts():
    found = figure(read_text("Holm lies about nine kilometres (six miles) off."))
    assert [(f.number, f.bound) for f in found] == [(9, "approximately"), (6, "approximately")]


def test_hostile_text_takes_linear_time():
    start = clock.perf_counter()
    for text in ("9" * 1_000_000, "1," * 200_000, "two hundred " * 20_000, "a " * 200_000):
        figure(read_text(text))
    assert clock.perf_counter() - start < 15


def test_the_hand_mappings_figures_are_found():
    folder = Path(os.environ.get("WHOHOLDS_SHARED", ROOT.parent / "shared")) / "articles"
    if not folder.is_dir():
        pytest.skip("the articles' texts are not beside the repository")
    wanted, right = 0, 0
    for file in sorted((ROOT / "kg" / "corpus" / "articles").glob("*/mapping.toml")):
        claims = tomllib.loads(file.read_text("utf-8"))["claim"].values()
        text = (folder / f"{file.parent.name}.txt").read_text("utf-8")
        found = {(f.measure, f.number, f.bound) for f in figure(read_text(text))}
        figures = [c for c in claims if "measure" in c]
        wanted += len(figures)
        right += sum((c["measure"], c["number"], c["bound"]) in found for c in figures)
    assert wanted and right / wanted >= FLOOR
