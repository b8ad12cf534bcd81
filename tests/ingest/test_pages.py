"""Pages: their main text is not below trafilatura's own, and they say what they are."""

from __future__ import annotations

import datetime as dt
import importlib.util

import pytest

from kg.errors import IngestError
from paths import FIXTURES, ROOT

pytest.importorskip("trafilatura")

from kg.ingest.pages import decode_page, read_page

PAGES = sorted((FIXTURES / "pages").glob("*.html"))
FLOORS = {"arabic": 0.93, "live-blog": 0.96, "related-stories": 0.91, "table-layout": 0.92}
"""The least F of a page; of all others 0.995."""


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("main_text", ROOT / "benchmarks" / "main_text.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_main_text_is_not_below_trafilaturas(page, benchmark):
    ours, alone = benchmark.ours(page)[2], benchmark.alone(page)[2]
    assert ours >= alone
    assert ours >= FLOORS.get(page.stem, 0.995)


def test_there_are_layouts_enough():
    assert len(PAGES) >= 12


def page(name: str):
    return read_page((FIXTURES / "pages" / f"{name}.html").read_bytes(), name)


def test_a_page_says_what_it_is_and_each_fact_where_it_stands():
    read = page("amp")
    assert read.title.value == "River guard abandons Orrin mill"
    assert (read.publisher.value, read.publisher.because) == (
        "The Valley Courier",
        "its JSON-LD publisher",
    )
    assert [a.value for a in read.authors] == ["Mara Holt"]
    assert (read.published.on, read.published.basis) == (dt.date(1911, 5, 5), "outside")
    assert read.url == "https://courier.example/1911/05/05/orrin-mill"
    assert page("arabic").language.value == "ar"


def test_what_a_page_does_not_say_is_not_guessed():
    read = page("table-layout")
    assert read.published is None and read.publisher is None and read.url is None
    assert read.title.value.endswith("Fort Aubrey falls after a month of shelling")


def test_standfirst_and_captions_stand_between_title_and_story():
    read = page("plain-article")
    assert [(p.kind, read.text[p.start : p.end][:9]) for p in read.parts] == [
        ("headline", "River gua"),
        ("standfirst", "Scouts fo"),
        ("caption", "The mill "),
        ("body", "ORRIN, 4 "),
    ]


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("<p>é".encode(), None, "<p>é"),
        ("<p>é".encode("latin-1"), "iso-8859-1", "<p>é"),
        ('<meta charset="windows-1256"><p>قلعة'.encode("windows-1256"), None, "قلعة"),
        ("<p>“é”".encode("windows-1252"), None, "<p>“é”"),
        ("<p>é".encode("utf-16"), None, "<p>é"),
        (b"<p>a", "no-such", "<p>a"),
    ],
)
def test_a_page_is_decoded_as_browsers_do(content, charset, text):
    assert decode_page(content, charset).endswith(text)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"<html><body><h1>A</h1></body></html>"])
def test_a_page_without_a_story_is_refused(content):
    with pytest.raises(IngestError, match=r"^here: "):
        read_page(content, "here")
