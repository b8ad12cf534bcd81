"""Which form of an answer a client gets: by the suffix it asks for, else by what it accepts. Pure.

Accept is read as RFC 9110 has it (https://www.rfc-editor.org/rfc/rfc9110#name-accept): the most
specific range decides on the quality of a type, and quality 0 forbids it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Offer:
    """A form that an answer can have: the media type it is sent as, and its suffix."""

    media: str
    suffix: str

    @property
    def content_type(self) -> str:
        """The header's value; text says that it is UTF-8."""
        return f"{self.media}; charset=utf-8" if self.media.startswith("text/") else self.media


HTML: Final = Offer("text/html", "html")
PROBLEM: Final = Offer("application/problem+json", "problem")
_JSONLD: Final = Offer("application/ld+json", "jsonld")
GRAPH: Final = (
    Offer("text/turtle", "ttl"),
    _JSONLD,
    Offer("application/n-triples", "nt"),
    Offer("application/rdf+xml", "rdf"),
)

DESCRIPTIONS: Final = (HTML, *GRAPH, Offer("application/json", "jsonld"))
"""Forms of the description of a thing."""
FORMS: Final = (HTML, *GRAPH)
"""The same, each once, as what it is sent as."""
ANSWERS: Final = (
    HTML,
    Offer("text/csv", "csv"),
    Offer("application/json", "json"),
    Offer("application/sparql-results+json", "json"),
    Offer("text/turtle", "ttl"),
)
"""Forms of the answer to a question."""
TABLES: Final = (
    Offer("application/sparql-results+json", "json"),
    Offer("application/json", "json"),
    Offer("application/sparql-results+xml", "xml"),
    Offer("application/xml", "xml"),
    Offer("text/csv", "csv"),
    Offer("text/tab-separated-values", "tsv"),
    HTML,
)
"""Forms of the result of SELECT and ASK."""
GRAPHS: Final = (
    *GRAPH,
    Offer("application/n-quads", "nq"),
    Offer("application/trig", "trig"),
    Offer("application/json", "jsonld"),
    Offer("application/xml", "rdf"),
    HTML,
)
"""Forms of the result of CONSTRUCT and DESCRIBE."""

_ELEMENT: Final = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_RANGE: Final = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;.*)?)$", re.DOTALL)
_QUALITY: Final = re.compile(r";\s*[qQ]\s*=\s*([^;]*)")
_NUMBER: Final = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*")

Range = tuple[str, str, float]
"""Type, subtype, quality."""


@lru_cache(maxsize=64)
def choose(accept: str | None, offers: tuple[Offer, ...]) -> Offer | None:
    """The best of the offers, or None where nothing is acceptable.

    Of equal quality, what is named wins over what a wildcard admits, then what is offered first.
    Kept, as a client sends the same with each request.
    """
    ranges = read_accept(accept or "") or [("*", "*", 1.0)]
    rated = [(*_rate(offer.media, ranges), -i) for i, offer in enumerate(offers)]
    quality, _, place = max(rated, default=(0.0, 0, 0))
    return offers[-place] if quality > 0 else None


def read_accept(accept: str) -> list[Range]:
    """The ranges of an Accept header; malformed ones are passed over.

    >>> read_accept("text/html, application/*;q=0.5")
    [('text', 'html', 1.0), ('application', '*', 0.5)]
    """
    found = (_read_range(match[0]) for match in _ELEMENT.finditer(accept))
    return [one for one in found if one]


def _read_range(element: str) -> Range | None:
    match = _RANGE.match(element)
    if not match or (match[1] == "*" and match[2] != "*"):
        return None
    quality = _QUALITY.search(match[3])
    if quality and not _NUMBER.fullmatch(quality[1]):
        return None
    return match[1].lower(), match[2].lower(), float(quality[1]) if quality else 1.0


def _rate(media: str, ranges: Sequence[Range]) -> tuple[float, int]:
    """The quality of a media type and how specific the range is that sets it."""
    kind, subtype = media.split("/")
    matching = [
        ((main != "*") + (sub != "*"), quality)
        for main, sub, quality in ranges
        if main in ("*", kind) and sub in ("*", subtype)
    ]
    specific, quality = max(matching, default=(0, 0.0))
    return quality, specific


def split_suffix(path: str, offers: Sequence[Offer]) -> tuple[str, Offer | None]:
    """The path without the suffix of one of the offers, and that offer.

    >>> split_suffix("who-held.csv", ANSWERS)
    ('who-held', Offer(media='text/csv', suffix='csv'))
    >>> split_suffix("voice/aven.varro", DESCRIPTIONS)
    ('voice/aven.varro', None)
    """
    stem, dot, suffix = path.rpartition(".")
    offer = next((o for o in offers if o.suffix == suffix), None) if dot and stem else None
    return (stem, offer) if offer else (path, None)
