"""A page as an article: its text is what is extracted, and the page's bytes are kept beside it.

trafilatura finds the main text; what the page sets apart (title, standfirst, captions) is put where
it stands in print, and what is furniture by its wording is in no part. https://trafilatura.readthedocs.io
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from kg.errors import IngestError
from kg.ingest.language import language_of
from kg.ingest.parts import Stretch, mark_story, without_site
from kg.ingest.plain import printed_day
from kg.ingest.received import Fact, Received
from kg.text import UNWRITABLE, count_words, fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEW: Final = 12
"""A main text of so few words is none."""
_SHORT: Final = 60
"""A main text of so few words may have been cut away as furniture: it is looked for again."""
_META: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_APART: Final = "contains(concat(' ', translate(normalize-space(@class), '_-', '  '), ' '), ' {} ')"
_STANDFIRSTS: Final = (
    "standfirst",
    "dek",
    "deck",
    "subtitle",
    "subheadline",
    "subhead",
    "strapline",
)
_JUNK: Final = ("related", "newsletter", "cookie", "share", "paywall-")
"""What classes of page furniture have in them; what holds the title is no furniture."""
_PRUNED: Final = [
    "//figcaption",
    "//aside",
    "//nav",
    "//dialog",
    "//*[@role='dialog' or @role='navigation' or @aria-hidden='true' or @hidden]",
    *(f"//*[contains(@class, '{name}')][not(.//h1)]" for name in _JUNK),
    "//*[contains(@id, 'comments')][not(.//h1)]",
]


def read_page(
    content: bytes, where: str, url: str | None = None, charset: str | None = None
) -> Received:
    """The article of a page. Raises IngestError where it has none, or the extra html is missing."""
    tree = _tree(decode_page(content, charset), where)
    from kg.ingest import head

    story = _main_text(tree, where)
    title = _title(head.titles(tree), where)
    set_apart = _standfirst(tree, title.value, story)
    captions = _captions(tree, story)
    text, parts = _composed(title.value, set_apart, captions, story)
    return Received(
        text,
        tuple(parts),
        title,
        head.site(tree),
        head.authors(tree),
        head.published(tree, url) or printed_day(text, parts),
        head.language(tree) or Fact(language_of(text), "its letters and commonest words"),
        head.address(tree, url),
        content,
    )


def decode_page(content: bytes, charset: str | None = None) -> str:
    """A page's text: by its byte order mark, the server's word, its own, else UTF-8.

    https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
    """
    for mark_, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark_):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    own = _META.search(content[:4096])
    named = [charset, own[1].decode("ascii") if own else None, "utf-8"]
    for name in filter(None, named):
        with suppress(UnicodeDecodeError, LookupError):
            return content.decode(_as_browsers(name))
    return content.decode("windows-1252", "replace")


def _as_browsers(name: str) -> str:
    """The encoding that is meant: pages that say Latin 1 have windows-1252."""
    plain = name.strip("\"' ").casefold()
    return "windows-1252" if plain in ("iso-8859-1", "latin1", "us-ascii", "ascii") else plain


def _tree(text: str, where: str) -> HtmlElement:
    try:
        from lxml.etree import LxmlError
        from lxml.html import document_fromstring
        from trafilatura import bare_extraction  # noqa: F401 - missing is said before work is done
    except ImportError:
        raise IngestError(
            f"{where}: pages need trafilatura. Run `pip install 'whoholds[html]'`."
        ) from None
    plain = UNWRITABLE.sub(" ", re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    try:
        return document_fromstring(plain)
    except (ValueError, AssertionError, LxmlError) as error:
        raise IngestError(f"{where}: not a page ({error}).") from None


def _main_text(tree: HtmlElement, where: str) -> str:
    """The main text by trafilatura, its paragraphs set apart by empty lines."""
    from copy import deepcopy

    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    pruned = extract(deepcopy(tree), prune_xpath=_PRUNED, include_comments=False) or ""
    whole = pruned
    if count_words(pruned) < _SHORT:
        whole = extract(deepcopy(tree), include_comments=False) or ""
    found = pruned if count_words(pruned) * 2 > count_words(whole) else whole
    lines = [" ".join(line.split()) for line in found.splitlines()]
    story = "\n\n".join(line.removeprefix("- ") for line in lines if line)
    if count_words(story) < _FEW:
        raise IngestError(f"{where}: no main text found ({count_words(story)} words).")
    return story


def _title(found: list[Fact], where: str) -> Fact:
    """The page's title: the first that another one repeats, else the first."""
    if not found:
        raise IngestError(f"{where}: the page has no title.")
    plain = [_bare(fact.value) for fact in found]
    for fact, bare in zip(found, plain, strict=True):
        if sum(other == bare or other.startswith(f"{bare} ") for other in plain) > 1:
            return fact
    return Fact(without_site(found[0].value), found[0].because)


def _standfirst(tree: HtmlElement, title: str, story: str) -> str | None:
    """The words that the page sets between its title and the story."""
    named = [n for name in _STANDFIRSTS for n in tree.xpath(f"//body//*[{_APART.format(name)}]")]
    after = tree.xpath("//body//h1/following-sibling::*[1][self::h2 or self::h3]")
    for node in [*named, *after]:
        words = " ".join(node.text_content().split())
        if 6 <= count_words(words) <= 80 and _bare(words) != _bare(title):
            return words
    return _described(tree, story)


def _described(tree: HtmlElement, story: str) -> str | None:
    """The page's description, if it is printed on the page as a paragraph that the story lacks."""
    told = tree.xpath("//meta[@property='og:description' or @name='description']/@content")
    printed = {_bare(p.text_content()) for p in tree.xpath("//body//p | //body//h2")}
    lines = set(map(_bare, story.splitlines()))
    for words in (" ".join(str(t).split()) for t in told):
        if count_words(words) >= 6 and _bare(words) in printed - lines:
            return words
    return None


def _captions(tree: HtmlElement, story: str) -> list[str]:
    """The captions of the pictures of the story, once each."""
    inside = tree.xpath("(//article | //main)//figcaption") or tree.xpath("//figcaption")
    lines = set(map(_bare, story.splitlines()))
    found = (" ".join(node.text_content().split()) for node in inside)
    return list(dict.fromkeys(w for w in found if count_words(w) >= 3 and _bare(w) not in lines))


def _composed(
    title: str, set_apart: str | None, captions: list[str], story: str
) -> tuple[str, list[Stretch]]:
    """The article's text in the order of print, and its parts."""
    lines = _without(story, [title, *([set_apart] if set_apart else [])])
    above = [("headline", title), *([("standfirst", set_apart)] if set_apart else [])]
    text, parts = "", []
    for kind, words in [*above, *(("caption", c) for c in captions)]:
        parts.append(Stretch(kind, len(text), len(text) + len(words)))
        text += f"{words}\n\n"
    begin = len(text)
    text += "\n\n".join(lines) + "\n"
    return text, [*parts, *mark_story(text, begin)]


def _without(story: str, repeated: Iterable[str]) -> list[str]:
    """The lines of a story that do not repeat what is set above it."""
    said = set(map(_bare, repeated))
    return [line for line in story.split("\n\n") if _bare(line) not in said]


def _bare(words: str) -> str:
    """Words for comparison: no capitals, no signs."""
    return " ".join(re.findall(r"\w+", fold(words).casefold()))
