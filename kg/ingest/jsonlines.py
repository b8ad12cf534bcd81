"""One article a line, as archives and scrapers hand them over: https://jsonlines.org"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from kg.address import is_address
from kg.errors import IngestError
from kg.ingest.days import parse_day
from kg.ingest.parts import headline_of, mark
from kg.ingest.plain import read_plain
from kg.ingest.received import Day, Fact, Received
from kg.text import UNWRITABLE, fold

KEYS: Final = ("text", "html", "title", "publisher", "authors", "published", "language", "url")
"""What a line may say: `text` or `html` it must. `authors` is a name or a list of names;
`published` a day (2026-03-03), of which a time that follows is not read."""


def read_line(line: bytes, where: str) -> tuple[Received, frozenset[str]]:
    """The article of a line, and the keys that are not read. Raises IngestError."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise IngestError(f"{where}: not JSON ({error}). Write one object a line.") from None
    if not isinstance(told, dict):
        raise IngestError(f"{where}: {type(told).__name__}; expected an object.")
    unknown = frozenset(map(str, told)) - set(KEYS)
    texts = {key: _text(told, key, where) for key in KEYS if key != "authors"}
    return _read(texts, _authors(told, where), where), unknown


def _read(told: dict[str, str], authors: tuple[Fact, ...], where: str) -> Received:
    if told["html"] and not told["text"]:
        from kg.ingest.pages import read_page

        read = read_page(told["html"].encode("utf-8"), where, charset="utf-8")
    elif told["text"]:
        read = _with_title(told["text"], told["title"], where)
    else:
        raise IngestError(f"{where}: neither text nor html. Add one.")
    facts = {key: Fact(told[key], f"the line's {key}") for key in KEYS if told.get(key)}
    return replace(
        read,
        title=facts.get("title", read.title),
        publisher=facts.get("publisher", read.publisher),
        authors=authors or read.authors,
        published=_day(told["published"], where) if told["published"] else read.published,
        language=facts.get("language", read.language),
        url=told["url"] or read.url,
    )


def _with_title(text: str, title: str, where: str) -> Received:
    """A text with the title that its line gives: set above it, unless it is there already."""
    if not title:
        return read_plain(text, where)
    begin = " ".join(fold(text).casefold().split())
    wanted = " ".join(fold(title).casefold().split())
    if not begin.startswith(wanted):
        text = f"{title}\n\n{text}"
    parts = mark(text, title)
    read = replace(read_plain(text, where), parts=tuple(parts))
    return replace(read, title=Fact(headline_of(text, parts) or title, "the line's title"))


def _text(told: dict[str, Any], key: str, where: str) -> str:
    value = told.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or (key not in ("text", "html") and UNWRITABLE.search(value)):
        raise IngestError(f"{where}: {key} is {value!r}; expected words.")
    if key == "url" and not is_address(value):
        raise IngestError(f"{where}: url is {value!r}; expected an http address.")
    return value if key in ("text", "html") else " ".join(value.split())


def _authors(told: dict[str, Any], where: str) -> tuple[Fact, ...]:
    value = told.get("authors") or []
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(n, str) and n.strip() for n in names):
        raise IngestError(f"{where}: authors is {value!r}; expected a name, or a list of names.")
    return tuple(Fact(" ".join(name.split()), "the line's authors") for name in names)


def _day(words: str, where: str) -> Day:
    on = parse_day(words)
    if on is None:
        raise IngestError(f"{where}: published is {words!r}; expected a day, as 2026-03-03.")
    return Day(on, "outside", f"the line it came in says published {words}")
