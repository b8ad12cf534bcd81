"""One place as a gazetteer has it, and the line it is kept in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.folding import fold

_SEPARATORS: Final = re.compile(r"[\t|\r\n\x85\u2028\u2029\s]+")


@dataclass(frozen=True, slots=True)
class Record:
    """A place: its id (wof:… or geonames:…), its type of ours, its names, and where it is.

    `point` is latitude and longitude in degrees; `parents` the ids of what it lies in, innermost
    first; `names` every spelling, `agreed` those that two sources give; `current` is None where
    the source does not know whether the place still exists; `population` is 0 where unknown.
    """

    id: str
    type: str
    label: dict[str, str]
    point: tuple[float, float]
    country: str = ""
    parents: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    geonames: str | None = None
    wikidata: str | None = None
    current: bool | None = None
    population: int = 0

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids by which it is known, its own first: wof:85632413, geonames:163843."""
        others = (self.geonames, self.wikidata)
        return (self.id, *(other for other in others if other and other != self.id))


def point(latitude: str, longitude: str) -> tuple[float, float]:
    """The point that two cells say. Raises ValueError for what is nowhere on the Earth."""
    found = float(latitude), float(longitude)
    if not (abs(found[0]) <= 90 and abs(found[1]) <= 180):
        raise ValueError(f"no point on the Earth: {latitude}, {longitude}")
    return found


def to_line(record: Record) -> str:
    """The record as one line, which `from_line` reads."""
    current = {None: "", True: "1", False: "0"}[record.current]
    labels = (f"{language}={words}" for language, words in sorted(record.label.items()))
    return "\t".join(
        (
            record.id,
            record.type,
            record.country,
            f"{record.point[0]:.5f}".rstrip("0"),
            f"{record.point[1]:.5f}".rstrip("0"),
            " ".join(record.parents),
            record.geonames or "",
            record.wikidata or "",
            current,
            str(record.population or ""),
            "|".join(labels),
            "|".join(record.agreed),
            "|".join(record.names),
        )
    )


def from_line(line: str) -> Record:
    """The record of a line that `to_line` wrote."""
    cells = line.split("\t")
    identifier, type_, country, latitude, longitude, parents = cells[:6]
    geonames, wikidata, current, population, labels, agreed, names = cells[6:]
    return Record(
        id=identifier,
        type=type_,
        label=dict(label.split("=", 1) for label in _split(labels)),
        point=(float(latitude), float(longitude)),
        country=country,
        parents=tuple(parents.split()),
        names=_split(names),
        agreed=_split(agreed),
        geonames=geonames or None,
        wikidata=wikidata or None,
        current=current == "1" if current else None,
        population=int(population or 0),
    )


def plain_name(name: str) -> str:
    """The name without what separates names in a line: one space for each run of white space."""
    return _SEPARATORS.sub(" ", name).strip()


def is_readable(name: str) -> bool:
    """Whether a name is in Latin or Arabic letters: those are looked up, others are not kept."""
    letters = [letter for letter in name if letter.isalpha()]
    return bool(letters) and all(
        letter < "\u0250" or "\u0600" <= letter <= "\u06ff" or "\u1e00" <= letter < "\u1f00"
        for letter in letters
        if letter not in "ʿʾʼ"
    )


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names that can be looked up, in order, without those that only marks tell apart."""
    found: dict[str, str] = {}
    for name in map(plain_name, names):
        if is_readable(name):
            found.setdefault(fold(name), name)
    return tuple(found.values())


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()
