"""Whatever is named to be ingested, as the articles in it: a file, a folder, a page, a feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from kg.errors import IngestError, InputError
from kg.ingest.feeds import from_feed
from kg.ingest.found import Found, Missed, Source
from kg.ingest.jsonlines import KEYS, read_line
from kg.ingest.plain import decode_file, read_plain
from kg.ingest.received import Received
from kg.ingest.web import Web
from kg.text import digest

BYTES: Final = 20 * 2**20
"""Bytes of a file at most; of a file of JSON lines, of each line."""
KINDS: Final = {
    ".txt": "text",
    ".text": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".jsonl": "lines",
    ".ndjson": "lines",
}
"""What a file is by the end of its name; without one, by how it begins."""
_MEDIA: Final = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/plain": "text",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
}
_BEFORE: Final = rb"\s*(?:<\?[^>]{0,500}>\s*|<!--.{0,1000}?-->\s*)*"
_FEED: Final = re.compile(_BEFORE + rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)
_PAGE: Final = re.compile(_BEFORE + rb"<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL)


def sources_of(name: str, web: Web) -> Iterator[Source]:
    """The articles of a file, a folder with all below it, or an address."""
    try:
        if name.startswith(("http://", "https://")):
            yield from _from_address(name, web)
        else:
            yield from _from_path(Path(name), web)
    except InputError as error:
        yield Missed(name, "failed", f"{error}")


def kind_of(content: bytes) -> str:
    """What content is by how it begins: feed, page, lines or text."""
    begin = content[:4096].removeprefix(b"\xef\xbb\xbf")
    if _FEED.match(begin):
        return "feed"
    if _PAGE.match(begin):
        return "page"
    return "lines" if re.match(rb'\s*\{\s*"', begin) else "text"


def _from_address(url: str, web: Web) -> Iterator[Source]:
    """The articles of an address: its page's one, or its feed's, which is asked for at once."""
    if not _may_be_feed(url):
        yield Found(url, url, partial(_visited, url, web))
        return
    answer = web.get(url)
    kind = "feed" if kind_of(answer.content) == "feed" else _MEDIA.get(answer.media)
    if kind == "feed":
        yield from from_feed(answer.content, url, web)
    else:
        yield Found(url, url, partial(_read, kind, answer.content, url, answer.charset))


def _may_be_feed(url: str) -> bool:
    return re.search(r"rss|atom|feed|\.xml|\.rdf", url, re.IGNORECASE) is not None


def _visited(url: str, web: Web) -> Received:
    answer = web.get(url)
    kind = _MEDIA.get(answer.media)
    if kind == "feed" or kind_of(answer.content) == "feed":
        raise IngestError(
            f"<{url}> is a feed. Save it as a file that ends in .rss, and ingest that."
        )
    return _read(kind, answer.content, url, answer.charset, answer.url)


def _read(
    kind: str | None, content: bytes, where: str, charset: str | None = None, url: str | None = None
) -> Received:
    """The article of a page or a text."""
    if kind == "page":
        from kg.ingest.pages import read_page

        return read_page(content, where, url, charset)
    if kind == "text":
        return read_plain(decode_file(content, where), where)
    raise IngestError(f"{where}: neither a page nor a text.")


def _from_path(path: Path, web: Web) -> Iterator[Source]:
    if path.is_dir():
        for inner in sorted(path.iterdir()):
            if not inner.name.startswith(".") and not inner.is_symlink():
                yield from sources_of(f"{inner}", web)
        return
    kind = KINDS.get(path.suffix.casefold())
    if kind is None and path.suffix:
        yield Missed(f"{path}", "skipped", f"not read; read are {' '.join(KINDS)}")
        return
    try:
        with path.open("rb") as file:
            kind = kind or kind_of(file.peek(4096))
            content = b"" if kind == "lines" else file.read(BYTES + 1)
    except OSError as error:
        raise IngestError(f"{path}: cannot be read ({error.strerror}).") from None
    if len(content) > BYTES:
        raise IngestError(f"{path}: longer than {BYTES:,} bytes. Take the article out of it.")
    if kind == "lines":
        yield from _from_lines(path)
    elif kind == "feed":
        yield from from_feed(content, f"{path}", web)
    else:
        yield Found(digest(content), f"{path}", partial(_read, kind, content, f"{path}"))


def _from_lines(path: Path) -> Iterator[Source]:
    """One article a line; keys that nobody reads are named once."""
    told: set[str] = set()
    with path.open("rb") as file:
        for number, line in enumerate(iter(partial(file.readline, BYTES), b""), 1):
            where = f"{path}:{number}"
            if not line.strip():
                continue
            try:
                received, unknown = read_line(line, where)
            except InputError as error:
                yield Missed(where, "failed", f"{error}")
                continue
            if new := sorted(unknown - told):
                told.update(new)
                why = f"unknown keys are not read: {', '.join(new)}; read are {', '.join(KEYS)}"
                yield Missed(where, "note", why)
            yield Found(digest(line.strip()), where, partial(_given, received))


def _given(received: Received) -> Received:
    return received
