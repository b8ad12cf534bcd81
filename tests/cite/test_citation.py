"""Citing a release."""

from __future__ import annotations

from kg.cite.citation import cite

SUMMARY = {
    "publisher": "Tarn & Co",
    "title": "The valley_100%",
    "date": "2026-03-08",
    "digest": f"sha256:{'ab' * 32}",
}


def test_a_citation_says_who_when_what_and_which():
    assert cite(SUMMARY, "https://example.org/").text == (
        "Tarn & Co (2026). The valley_100%. sha256:abababababababab. https://example.org/"
    )


def test_bibtex_has_the_version_the_whole_digest_and_no_sign_that_tex_takes_for_its_own():
    lines = cite(SUMMARY | {"version": "2026.1"}, "https://example.org/").bibtex.splitlines()
    assert lines[0] == "@misc{whoholds-2026.1," and lines[-1] == "}"
    assert r"  author  = {{Tarn \& Co}}," in lines
    assert r"  title   = {{The valley\_100\%}}," in lines
    assert "  version = {2026.1}," in lines
    assert f"  note    = {{sha256:{'ab' * 32}}}," in lines
