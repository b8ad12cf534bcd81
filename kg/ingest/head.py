"""What a page says about itself: in JSON-LD, meta elements, its title, its language and address.

Each fact names the place that it was read from; where several say it, the more formal comes first.
https://schema.org/NewsArticle, https://ogp.me
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from lxml.html import HtmlElement

from kg.address import is_address
from kg.ingest.days import day_of_address, parse_day
from kg.ingest.received import Day, Fact
from kg.text import UNWRITABLE

_ARTICLES: Final = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
    "BackgroundNewsArticle", "LiveBlogPosting", "BlogPosting", "Article", "Report",
)  # fmt: skip
_TITLES: Final = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "title")
_SITES: Final = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher")
_AUTHORS: Final = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "parsely-author",
)
_DAYS: Final = (
    "article:published_time", "og:published_time", "datepublished", "dc.date.issued",
    "dcterms.issued", "dc.date", "dcterms.date", "pubdate", "publishdate", "publish-date",
    "publication_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip


def titles(tree: HtmlElement) -> list[Fact]:
    """What the page calls itself, the most formal first; <title> often has the site's name too."""
    found = [Fact(_plain(h), "its JSON-LD headline") for h in _stated(tree, "headline")]
    found += _metas(tree, _TITLES)
    found += [Fact(_plain(h.text_content()), "its h1") for h in tree.iter("h1")]
    found += [Fact(_plain(t.text_content()), "its title element") for t in tree.iter("title")]
    return [fact for fact in found if fact.value]


def site(tree: HtmlElement) -> Fact | None:
    """Who publishes the page, by its own word."""
    found = [Fact(_name(p), "its JSON-LD publisher") for p in _stated(tree, "publisher")]
    return next((f for f in [*found, *_metas(tree, _SITES)] if f.value), None)


def authors(tree: HtmlElement) -> tuple[Fact, ...]:
    """Who wrote it, by the page's own word."""
    people = [p for a in _stated(tree, "author") for p in (a if isinstance(a, list) else [a])]
    found = [Fact(_name(p), "its JSON-LD author") for p in people]
    found = [f for f in found or _metas(tree, _AUTHORS) if f.value and "://" not in f.value]
    return tuple(dict.fromkeys(found))


def published(tree: HtmlElement, url: str | None) -> Day | None:
    """The day of publication, if the page or its address says one in full."""
    found = [Fact(str(d), "its JSON-LD datePublished") for d in _stated(tree, "datePublished")]
    found += _metas(tree, _DAYS)
    marked = tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime")
    found += [Fact(str(d), "its time element") for d in marked]
    for fact in found:
        if (on := parse_day(fact.value)) is not None:
            return Day(on, "outside", f"the page says {_plain(fact.value)}: {fact.because}")
    if url and (on := day_of_address(url)) is not None:
        return Day(on, "outside", "the page's address has the day")
    return None


def language(tree: HtmlElement) -> Fact | None:
    """The page's language tag."""
    told = str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    tag = told.replace("_", "-").strip()
    good = 2 <= len(tag.partition("-")[0]) <= 3 and tag.replace("-", "").isalnum()
    return Fact(tag, "its html element's lang") if good and tag.isascii() else None


def address(tree: HtmlElement, url: str | None) -> str | None:
    """The address that the page itself names as its own, else the one it was fetched from."""
    named = [str(a).strip() for a in tree.xpath("//link[@rel='canonical']/@href")]
    named += [fact.value for fact in _metas(tree, ("og:url",))]
    return next((a for a in [*named, url] if a and is_address(a)), None)


def _metas(tree: HtmlElement, names: tuple[str, ...]) -> list[Fact]:
    """Contents of meta elements by their names, in the order of the names."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        found.setdefault(name.casefold(), []).append(meta.get("content") or "")
    return [
        Fact(_plain(content), f"its meta {name}")
        for name in names
        for content in found.get(name, ())
        if content.strip()
    ]


def _stated(tree: HtmlElement, key: str) -> Iterator[Any]:
    """What the articles of a page's JSON-LD say under a key."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            told = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue  # pages with broken JSON-LD have meta elements too
        for thing in _things(told):
            kinds = thing.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(kind in _ARTICLES for kind in kinds) and thing.get(key):
                yield thing[key]


def _things(told: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document: itself, those of a list or of its graph."""
    if isinstance(told, list):
        for inner in told:
            yield from _things(inner)
    elif isinstance(told, dict):
        yield told
        yield from _things(told.get("@graph", []))


def _name(told: Any) -> str:
    """A name that JSON-LD gives as words or as an object."""
    if isinstance(told, list):
        return _name(told[0]) if told else ""
    return _plain(str(told.get("name") or "" if isinstance(told, dict) else told or ""))


def _plain(words: Any) -> str:
    return " ".join(UNWRITABLE.sub(" ", str(words)).split())
