"""The draft of a mapping: what an article is and which parts it has. No voice, no claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Final

from kg.authority import Entry
from kg.ingest.anchors import part_of
from kg.ingest.language import UNDETERMINED
from kg.ingest.received import Fact, Received
from kg.mapping import write as mapping_write
from kg.mapping.document import Article, Coding, Published
from kg.mapping.document import Mapping as MappingDocument
from kg.text import fold

UNSTATED: Final = "unstated"
CODER: Final = "whoholds-ingest"
"""The role of who wrote a draft: this program."""
_CODEBOOK: Final = "1"


def draft(
    received: Received,
    digest: str,
    actors: Mapping[str, Entry],
    day: dt.date,
    derived: tuple[str, str] | None = None,
) -> MappingDocument:
    """The draft of an article's mapping. `derived`: which article it repeats, and why."""
    article = Article(
        title=received.title.value,
        publisher=_actor(received.publisher, actors) or UNSTATED,
        authors=tuple(_known(received.authors, actors)) or None,
        language=received.language.value if received.language else UNDETERMINED,
        published=_published(received),
        url=received.url,
        accessed=day if received.url else None,
        digest=digest,
        probably_derived_from=(derived[0],) if derived else None,
        because=derived[1] if derived else None,
    )
    parts = tuple(part_of(received.text, stretch) for stretch in received.parts)
    coding = Coding(coder=CODER, coded=day, codebook=_CODEBOOK)
    return MappingDocument(1, "draft", article, coding, parts)


def write_draft(mapping: MappingDocument, received: Received, where: str) -> str:
    """The draft's TOML, headed by where it comes from and on what ground each fact stands."""
    told = [f"# Drafted by whoholds ingest {version('whoholds')} from {where}", *_grounds(received)]
    return "\n".join(map(_comment, told)) + "\n" + mapping_write.write(mapping)


def _grounds(received: Received) -> Iterator[str]:
    yield f"# title: {received.title.because}"
    if received.publisher:
        yield f"# publisher: '{received.publisher.value}', by {received.publisher.because}"
    for author in received.authors:
        yield f"# author: '{author.value}', by {author.because}"
    if received.published is None:
        yield "# published: not known; add it before the review is done"
    if received.language:
        yield f"# language: {received.language.because}"


def _comment(line: str) -> str:
    return "".join(c if c.isprintable() else " " for c in line)


def _published(received: Received) -> Published | None:
    day = received.published
    if day is None:
        return None
    return Published(on=day.on, basis=day.basis, words=day.words, because=day.because)


def _known(facts: tuple[Fact, ...], actors: Mapping[str, Entry]) -> Iterator[str]:
    for fact in facts:
        if (slug := _actor(fact, actors)) is not None:
            yield slug


def _actor(fact: Fact | None, actors: Mapping[str, Entry]) -> str | None:
    """The only actor that bears a name."""
    if fact is None:
        return None
    wanted = _plain(fact.value)
    found = [slug for slug, actor in actors.items() if wanted in map(_plain, actor.names)]
    return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    return " ".join(fold(name).casefold().split())
