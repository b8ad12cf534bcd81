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
_WRITTEN: Final = {
    "wikidata": re.compile(
        r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/(?:Item:)?|\w+:)?(Q\d+)(?:[/?#].*)?"
    ),
    "geonames": re.compile(
        r"(?:https?://(?:www\.|sws\.)?geonames\.org/|\w+:)?(\d+)(?:\.0)?(?:[/?#].*)?"
    ),
    "whosonfirst": re.compile(
        r"(?:https?://(?:spelunker|places)\.whosonfirst\.org/id/|\w+:)?(\d+)(?:\.0)?(?:[/?#].*)?"
    ),
}
"""An id as people have it: bare, with a prefix, as its IRI or the address of a page about it."""

Given = str | float | bool
"""A value of somebody's table; a thing that was reconciled stands by its id."""


def identity(prop: str, value: Given) -> str:
    """The IRI elsewhere that a value names; empty where it is no id of the property's source.

    >>> identity("geonames", 5.0), identity("geonames", "https://www.geonames.org/5/aven.html")
    ('https://sws.geonames.org/5', 'https://sws.geonames.org/5')
    >>> identity("wikidata", "nan")
    ''
    """
    words = f"{value}".strip()
    if prop not in TARGETS:
        return words
    found = _WRITTEN[prop].fullmatch(words)
    return TARGETS[prop] + found[1] if found else ""
