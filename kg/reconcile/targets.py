"""The ids of others, as tables write them: bare, with a prefix, as an address. Pure."""

from __future__ import annotations

import re
from typing import Final

from kg.links.gazetteer import SPACES

TARGETS: Final = {
    "wikidata": SPACES["wikidata"],
    "geonames": SPACES["geonames"],
    "whosonfirst": SPACES["wof"],
}
"""How the IRIs of others begin, whose ids are properties of their own."""
_PAGES: Final = {
    "wikidata": re.compile(
        r"https?://(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/(?:Item:)?(Q\d+)"
    ),
    "geonames": re.compile(r"https?://(?:www\.|sws\.)?geonames\.org/(\d+)"),
    "whosonfirst": re.compile(r"https?://(?:spelunker|places)\.whosonfirst\.org/id/(\d+)"),
}
"""The addresses under which people meet an id: the pages about it, and its IRI."""

Given = str | float | bool
"""A value of somebody's table; a thing that was reconciled stands by its id."""


def identity(prop: str, value: Given) -> str:
    """The IRI elsewhere that a value names: Q5 of wikidata, geonames:5, a page about it, an IRI.

    >>> identity("geonames", 5.0), identity("geonames", "https://www.geonames.org/5/aven.html")
    ('https://sws.geonames.org/5', 'https://sws.geonames.org/5')
    """
    words = f"{value}".strip()
    if prop not in TARGETS:
        return words
    if page := _PAGES[prop].match(words):
        return TARGETS[prop] + page[1]
    if words.startswith(("http://", "https://")):
        return words
    return TARGETS[prop] + words.rpartition(":")[2].strip("/").removesuffix(".0")
