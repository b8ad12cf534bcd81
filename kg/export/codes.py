"""The codes of other gazetteers for a place, where an editor judged the two to be one place.

UCDP's actor ids and the country codes of Gleditsch and Ward are not given: no list of them that may
be passed on is part of this project, and they are not guessed.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

from kg.export.facts import Facts, Term, written

GEONAMES: Final = "https://sws.geonames.org/"
WIKIDATA: Final = "http://www.wikidata.org/entity/"
WHO_S_ON_FIRST: Final = "https://spelunker.whosonfirst.org/id/"
_ISO_3166: Final = Path(__file__).with_name("iso-3166.tsv")


def geonames(facts: Facts, places: list[Term]) -> list[str]:
    """The GeoNames ids of the places: 172955"""
    return _codes(facts, places, GEONAMES)


def wikidata(facts: Facts, places: list[Term]) -> list[str]:
    """The Wikidata ids of the places: Q858"""
    return _codes(facts, places, WIKIDATA)


def iso_3166(facts: Facts, places: list[Term]) -> list[str]:
    """The ISO 3166 codes of countries (SY) and governorates (SY-RA) among the places."""
    found = (_iso_codes().get(wof) for wof in _codes(facts, places, WHO_S_ON_FIRST))
    return [code for code in found if code]


def _codes(facts: Facts, places: list[Term], gazetteer: str) -> list[str]:
    """The local ids in a gazetteer that exactly match."""
    matches = (written(m) for place in places for m in facts.of(place, "skos:exactMatch"))
    found = (m.removeprefix(gazetteer).rstrip("/") for m in matches if m.startswith(gazetteer))
    return list(dict.fromkeys(found))


@cache
def _iso_codes() -> dict[str, str]:
    """ISO 3166 codes by Who's On First id."""
    lines = _ISO_3166.read_text("utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return {row["wof_id"]: row["iso_3166"] for row in rows}
