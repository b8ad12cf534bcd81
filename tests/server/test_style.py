"""The style sheet: colours are legible in light, dark and print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import server

CSS = (Path(server.__file__).parent / "static" / "style.css").read_text("utf-8")
QUERY = (Path(server.__file__).parent / "static" / "sparql" / "page.css").read_text("utf-8")
TEXT, EDGE = 4.5, 3.0
PAIRS = [
    *((ink, on, TEXT) for ink in ("ink", "quiet", "accent", "wrong") for on in ("paper", "raised")),
    ("ink", "mark", TEXT),
    ("paper", "accent", TEXT),
    ("edge", "paper", EDGE),
]


def palettes(css: str = CSS) -> list[dict[str, str]]:
    """The colours of light, dark and print."""
    blocks = re.findall(r":root \{([^}]*)\}", css)
    return [dict(re.findall(r"--(\w+): (#[0-9a-f]+);", block)) for block in blocks]


def luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG21/#dfn-relative-luminance"""
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_there_are_colours_for_light_dark_and_print():
    light, dark, print_ = palettes()
    assert light.keys() == dark.keys() == print_.keys()
    assert luminance(light["paper"]) > 0.9 and luminance(dark["paper"]) < 0.02
    assert print_["paper"] == "#fff"


@pytest.mark.parametrize("palette", range(3))
@pytest.mark.parametrize(("ink", "on", "least"), PAIRS)
def test_colours_can_be_told_apart(palette, ink, on, least):
    colours = palettes()[palette]
    assert contrast(colours[ink], colours[on]) >= least


def test_the_words_of_a_query_can_be_told_apart_in_light_and_dark():
    light, dark = palettes(QUERY)
    assert light.keys() == dark.keys() and light
    for query, colours in zip((light, dark), palettes(), strict=False):
        assert min(contrast(ink, colours["paper"]) for ink in query.values()) >= TEXT


def test_pages_are_fit_for_phones_and_print():
    assert "@media print" in CSS and "max-width: 40rem" in CSS
    assert ":focus-visible" in CSS and "overflow-x: auto" in CSS
