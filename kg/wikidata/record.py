"""What is read of an entity's JSON, and what is kept of it. Pure.

https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from kg.errors import LookUpFailed

LANGUAGES: Final = ("en", "ar")
INSTANCE_OF: Final = "P31"
"""What the entity is: stands so in Q42.ttl of ../shared/wikidata (Q42 is a Q5)."""
COUNTRY: Final = "P17"
"""Labelled so in tests/entities/P17.json of the archive of entities in ../shared/wikidata."""
POINT: Final = "P625"
"""Coordinates: named so in ../shared/wikidata/README.md, of Q513."""
GEONAMES: Final = "P1566"
"""The GeoNames id: Q513-munged.ttl of ../shared/wikidata spells it out as sws.geonames.org/…"""
_READ: Final = (INSTANCE_OF, COUNTRY, POINT, GEONAMES)
_EARTH: Final = "http://www.wikidata.org/entity/Q2"
"""The globe of the points of Q30.json and others of the same archive."""
_ID: Final = re.compile(r"[QP][1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Record:
    """An entity, as far as identities are judged by it."""

    id: str
    revision: int
    """0 where the source does not say."""
    labels: dict[str, str]
    aliases: dict[str, tuple[str, ...]]
    descriptions: dict[str, str]
    classes: tuple[str, ...]
    """The ids of what it is an instance of."""
    countries: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    """Latitude and longitude, in degrees, on the Earth."""
    geonames: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Its labels and aliases, each once."""
        others = (alias for aliases in self.aliases.values() for alias in aliases)
        return tuple(dict.fromkeys([*self.labels.values(), *others]))


def is_id(text: object) -> bool:
    """Whether it is an id of an item or a property.

    >>> is_id("Q42"), is_id("q42"), is_id("Q042"), is_id("Q42/../x")
    (True, False, False, False)
    """
    return isinstance(text, str) and bool(_ID.fullmatch(text))


def record_of(entity: Any) -> Record:
    """The record of an entity's JSON. Raises LookUpFailed for what is none."""
    with _told(entity):
        return _record_of(entity)


@contextmanager
def _told(entity: Any) -> Iterator[None]:
    """Raises LookUpFailed where something else stands than Wikidata writes."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        name = entity.get("id", "") if isinstance(entity, dict) else ""
        raise LookUpFailed(
            f"{name or 'an answer'}: no entity as Wikidata writes it ({type(error).__name__}: "
            f"{error})."
        ) from None


def _record_of(entity: Any) -> Record:
    if not is_id(entity["id"]):
        raise ValueError(f"'{entity['id']}' is no id")
    return Record(
        id=entity["id"],
        revision=int(entity.get("lastrevid", 0)),
        labels={k: _text(v["value"]) for k, v in _spoken(entity, "labels")},
        aliases={k: tuple(_text(a["value"]) for a in v) for k, v in _spoken(entity, "aliases")},
        descriptions={k: _text(v["value"]) for k, v in _spoken(entity, "descriptions")},
        classes=tuple(_item(value) for value in _values(entity, INSTANCE_OF)),
        countries=tuple(_item(value) for value in _values(entity, COUNTRY)),
        points=tuple(_point(v) for v in _values(entity, POINT) if v["globe"] == _EARTH),
        geonames=tuple(_text(value) for value in _values(entity, GEONAMES)),
    )


def kept(entity: dict[str, Any]) -> dict[str, Any]:
    """As much of an entity's JSON as its record is made of: some KiB instead of a MiB.

    Raises LookUpFailed for what is no entity.
    """
    record_of(entity)
    claims = entity.get("claims") or {}
    about = {key: entity[key] for key in ("type", "id", "lastrevid") if key in entity}
    names = {key: dict(_spoken(entity, key)) for key in ("labels", "descriptions", "aliases")}
    with _told(entity):
        statements = {p: [_bare(s) for s in claims[p]] for p in _READ if p in claims}
    return about | names | {"claims": statements}


def _bare(statement: dict[str, Any]) -> dict[str, Any]:
    """A statement without its qualifiers and references."""
    snak = {k: v for k, v in statement["mainsnak"].items() if k != "hash"}
    return {"mainsnak": snak, "rank": statement["rank"]}


def _spoken(entity: dict[str, Any], key: str) -> list[tuple[str, Any]]:
    """Words by language; none are written as an empty list."""
    found = entity.get(key) or {}
    return [(language, found[language]) for language in LANGUAGES if language in found]


def _values(entity: dict[str, Any], property_: str) -> list[Any]:
    """The values that hold: those preferred, else the normal ones; no deprecated, unknown or none.

    https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format#Truthy_statements
    """
    statements = (entity.get("claims") or {}).get(property_, [])
    for rank in ("preferred", "normal"):
        found = [s["mainsnak"] for s in statements if s["rank"] == rank]
        if found:
            return [s["datavalue"]["value"] for s in found if s["snaktype"] == "value"]
    return []


def _item(value: dict[str, Any]) -> str:
    if not is_id(value["id"]):
        raise ValueError(f"'{value['id']}' is no id")
    return str(value["id"])


def _point(value: dict[str, Any]) -> tuple[float, float]:
    latitude, longitude = float(value["latitude"]), float(value["longitude"])
    if not (-90 <= latitude <= 90 and -360 <= longitude <= 360):
        raise ValueError(f"no point: {latitude}, {longitude}")
    return latitude, longitude


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
