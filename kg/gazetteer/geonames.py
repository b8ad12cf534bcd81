"""GeoNames: the files of its download server, cities500.txt or a country's (SY.txt)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.errors import Finding, FindingsError
from kg.gazetteer.record import Record, distinct, point

CELLS: Final = 19
"""Cells of a row: https://download.geonames.org/export/dump/readme.txt"""
_TYPES: Final = {
    **dict.fromkeys(("PCLI", "PCL", "PCLD", "PCLS"), "country"),
    "ADM1": "governorate",
    **dict.fromkeys(("ADM2", "ADM3"), "district"),
    **dict.fromkeys(("PPLC", "PPLA"), "city"),
    **dict.fromkeys(("PPLA2", "PPLA3"), "town"),
    **dict.fromkeys(("PPL", "PPLA4", "PPLA5", "PPLL", "PPLS", "PPLG", "STLMT"), "village"),
    **dict.fromkeys(("PPLX", "AREA"), "area"),
    **dict.fromkeys(("RGN", "RGNE"), "region"),
    **dict.fromkeys(("STM", "STMI"), "river"),
    **dict.fromkeys(("VAL", "VALS"), "valley"),
    **dict.fromkeys(("ANS", "RUIN"), "archaeological-site"),
    **dict.fromkeys(("AIRB",), "airbase"),
    **dict.fromkeys(("AIRP", "AIRF", "PS", "OILF", "DAM", "MILB", "FT"), "facility"),
    **dict.fromkeys(("PSTB", "PSTC"), "border-crossing"),
    "HSP": "hospital",
    "PRN": "prison",
    "OILR": "refinery",
    "RD": "road",
}
"""https://www.geonames.org/export/codes.html, as our place types; other codes are passed over."""
_LEVELS: Final = ("country", "governorate", "district")
CITY: Final = 100_000
TOWN: Final = 10_000
"""Inhabitants from which a settlement counts as a city, as a town."""


def read_geonames(lines: Iterable[str], path: str) -> list[Record]:
    """The records of the rows, in order. Raises FindingsError with all rows that cannot be read."""
    rows, findings = [], []
    for number, line in enumerate(lines, start=1):
        cells = line.rstrip("\r\n").split("\t")
        try:
            if any(cells):
                rows.append((_record(cells), _codes(cells)))
        except ValueError as error:
            message = f"not a row of GeoNames: {error}. Expected {CELLS} cells between tabs."
            findings.append(Finding(path, number, message))
    if findings:
        raise FindingsError(findings)
    levels = {codes: r.id for r, codes in rows if r.type in _LEVELS}
    return [replace(r, parents=_parents(r.id, codes, levels)) for r, codes in rows if r.type]


def _record(cells: list[str]) -> Record:
    if len(cells) != CELLS:
        raise ValueError(f"{len(cells)} cells")
    identifier = f"geonames:{int(cells[0])}"
    population = int(cells[14] or 0)
    names = distinct([cells[1], cells[2], *cells[3].split(",")])
    return Record(
        id=identifier,
        type=_sized(_TYPES.get(cells[7], ""), population),
        label={"en": names[0]} if names else {},
        point=point(cells[4], cells[5]),
        country=cells[8],
        names=names,
        geonames=identifier,
        population=population,
    )


def _sized(type_: str, population: int) -> str:
    if type_ not in ("village", "town"):
        return type_
    if population >= CITY:
        return "city"
    return "town" if population >= TOWN else type_


def _codes(cells: list[str]) -> tuple[str, str, str]:
    """Country, first and second division: the country's own row has neither division."""
    country, first, second = cells[8], cells[10], cells[11]
    if cells[7].startswith("PCL"):
        return country, "", ""
    return country, first, "" if cells[7] == "ADM1" else second


def _parents(
    identifier: str, codes: tuple[str, str, str], levels: dict[tuple[str, str, str], str]
) -> tuple[str, ...]:
    country, first, second = codes
    above = ((country, first, second), (country, first, ""), (country, "", ""))
    found = dict.fromkeys(levels[level] for level in above if level in levels)
    return tuple(parent for parent in found if parent != identifier)
