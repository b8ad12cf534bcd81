"""One gazetteer from the files of several: records that share a GeoNames id become one."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.errors import InputError, suggest
from kg.folding import fold
from kg.gazetteer.geonames import read_geonames
from kg.gazetteer.record import Record, distinct
from kg.gazetteer.whos_on_first import read_whos_on_first

READERS: Final[dict[str, Callable[[Iterable[str], str], list[Record]]]] = {
    "whos-on-first": read_whos_on_first,
    "geonames": read_geonames,
}
_SETTLEMENTS: Final = ("city", "town", "village")


def read_source(source: str, path: Path) -> list[Record]:
    """The records of a file in the format of a source, plain or as .gz. Raises InputError."""
    if source not in READERS:
        raise InputError(f"--from {source}: not a format; {suggest(source, READERS, 'formats')}.")
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text or .gz of it: {error}") from None
    return READERS[source](text.split("\n"), str(path))


def merge(groups: Iterable[Iterable[Record]]) -> list[Record]:
    """All records; one whose GeoNames id an earlier group has adds its names to that one."""
    kept: dict[str, Record] = {}
    for group in groups:
        earlier = {r.geonames: r.id for r in reversed(kept.values()) if r.geonames}
        for record in group:
            known = earlier.get(record.geonames or "")
            if known is None:
                kept[record.id] = record
            else:
                kept[known] = _together(kept[known], record)
    return list(kept.values())


def _together(first: Record, other: Record) -> Record:
    theirs = set(map(fold, other.names))
    settled = first.type in _SETTLEMENTS and other.type in _SETTLEMENTS
    return replace(
        first,
        type=other.type if settled else first.type,
        label={**other.label, **first.label},
        names=distinct((*first.names, *other.names)),
        agreed=tuple(name for name in first.names if fold(name) in theirs),
        wikidata=first.wikidata or other.wikidata,
        population=max(first.population, other.population),
    )
