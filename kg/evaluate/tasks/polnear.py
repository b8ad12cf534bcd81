"""PolNeAR's articles as their annotators left them: who said what, and by which words.

An attribution is a content (what was said, with its quotation marks), the source it is credited to,
where the article names one, and the cue that credits it. Of an article that several people
annotated the first file by name counts. The archive is read as it is: text/<article>.txt and
attributions/<article>_<annotator>.ann in brat's stand-off form
(https://brat.nlplab.org/standoff.html), its positions code points of the text.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.text import Span

_ATTRIBUTIONS: Final = ("Attribution", "Attribution-no-source")


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution: each part in the pieces in which it stands, the source perhaps empty."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article and its attributions in the order of their contents."""

    name: str
    text: str
    attributions: tuple[Attributed, ...]


def read_polnear(archive: Path) -> list[Annotated]:
    """The annotated articles of an archive, by name."""
    files = dict(_files(archive))
    texts = {Path(name).stem: text for name, text in files.items() if name.startswith("text/")}
    annotated: dict[str, Annotated] = {}
    for name in sorted(files):
        article = Path(name).stem.rpartition("_")[0]
        if name.endswith(".ann") and article in texts and article not in annotated:
            found = tuple(read_standoff(files[name]))
            annotated[article] = Annotated(article, texts[article], found)
    return list(annotated.values())


def _files(archive: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(archive) as opened:
        for member in opened:
            content = opened.extractfile(member)
            if content is not None:
                yield member.name.removeprefix("./"), content.read().decode("utf-8")


def read_standoff(lines: str) -> list[Attributed]:
    """The attributions of one stand-off file that have content, in the order of the text."""
    fields = [line.split("\t") for line in lines.split("\n")]
    spans = {row[0]: _spans(row[1]) for row in fields if row[0].startswith("T")}
    events = [row[1].split() for row in fields if row[0].startswith("E")]
    found = [_attributed(event, spans) for event in events if _is_attribution(event)]
    return sorted((a for a in found if a.content), key=lambda a: a.content)


def _spans(annotated: str) -> tuple[Span, ...]:
    """The pieces of "Content 48 53;60 71"."""
    pieces = (piece.split() for piece in annotated.partition(" ")[2].split(";"))
    return tuple((int(start), int(end)) for start, end in pieces)


def _is_attribution(event: list[str]) -> bool:
    return event[0].partition(":")[0] in _ATTRIBUTIONS


def _attributed(event: list[str], spans: dict[str, tuple[Span, ...]]) -> Attributed:
    """What the arguments of "Attribution:T13 Content:T12 Cue:T11 Source:T10" stand for."""
    parts: dict[str, list[Span]] = {"Content": [], "Source": [], "Cue": []}
    for argument in event[1:]:
        role, _, pointed = argument.partition(":")
        parts[role.rstrip("0123456789")] += spans[pointed]
    content, source, cue = (tuple(sorted(parts[role])) for role in parts)
    return Attributed(content, source, cue)
