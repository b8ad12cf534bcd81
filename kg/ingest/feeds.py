"""RSS and Atom: each entry an article, taken from the feed if it is there in full, else its page.

feedparser reads them as they are, not as they should be. https://feedparser.readthedocs.io
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kg.address import is_address
from kg.errors import IngestError
from kg.ingest.days import parse_day
from kg.ingest.found import Found, Missed, Source
from kg.ingest.received import Day, Fact, Received
from kg.text import count_words, digest

if TYPE_CHECKING:
    from kg.ingest.web import Web

_FULL: Final = 120
"""Words from which on an entry holds its article, not a teaser."""


def from_feed(content: bytes, where: str, web: Web) -> Iterator[Source]:
    """The articles of a feed, in its order. Raises IngestError for what is no feed."""
    try:
        import feedparser
    except ImportError:
        raise IngestError(
            f"{where}: feeds need feedparser. Run `pip install 'whoholds[html]'`."
        ) from None
    feed = feedparser.parse(io.BytesIO(content), resolve_relative_uris=False)
    if not feed.version:
        raise IngestError(f"{where}: neither RSS nor Atom.")
    publisher = " ".join(str(feed.feed.get("title") or "").split())
    for number, entry in enumerate(feed.entries, 1):
        yield _entry(entry, f"{where}#{number}", publisher, web)


def _entry(entry: Any, where: str, publisher: str, web: Web) -> Source:
    link = str(entry.get("link") or "")
    told = max((c.get("value") or "" for c in entry.get("content", ())), key=len, default="")
    if count_words(told) >= _FULL and entry.get("title"):
        key = link or digest(told.encode("utf-8"))
        return Found(key, link or where, partial(_in_full, entry, told, where, publisher))
    if is_address(link):
        return Found(link, link, partial(_of_page, entry, link, publisher, web))
    return Missed(where, "skipped", "an entry with neither its article nor a link to it")


def _of_page(entry: Any, link: str, publisher: str, web: Web) -> Received:
    """The article of an entry's page; what the page does not say, the feed may."""
    read = web.read(link)
    return _completed(read, entry, publisher)


def _in_full(entry: Any, told: str, where: str, publisher: str) -> Received:
    from html import escape

    from kg.ingest.pages import read_page

    title = " ".join(str(entry.title).split())
    page = f"<html><body><h1>{escape(title)}</h1><article>{told}</article></body></html>"
    read = read_page(page.encode("utf-8"), where, charset="utf-8")
    link = str(entry.get("link") or "")
    read = replace(
        read, title=Fact(title, "the feed's title"), url=link if is_address(link) else None
    )
    return _completed(read, entry, publisher)


def _completed(read: Received, entry: Any, publisher: str) -> Received:
    words = str(entry.get("published") or "")
    on = parse_day(words) if words else None
    author = " ".join(str(entry.get("author") or "").split())
    return replace(
        read,
        publisher=read.publisher or (Fact(publisher, "the feed's title") if publisher else None),
        authors=read.authors or ((Fact(author, "the feed's author"),) if author else ()),
        published=read.published
        or (Day(on, "outside", f"the feed says {' '.join(words.split())}") if on else None),
    )
