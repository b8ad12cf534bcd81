"""A gazetteer as a source: its own records, or those of others whose ids it carries."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from kg.gazetteer.kinds import split_kind
from kg.gazetteer.lookup import Gazetteer
from kg.gazetteer.record import Record
from kg.links.candidate import Candidate
from kg.vocabulary import load_vocabulary

CALLED: Final = {"wof": "Who's On First", "geonames": "GeoNames", "wikidata": "Wikidata"}
"""What people call the targets whose ids gazetteers carry."""
SPACES: Final = {
    "wof": "https://spelunker.whosonfirst.org/id/",
    "geonames": "https://sws.geonames.org/",
    "wikidata": "http://www.wikidata.org/entity/",
}
"""What the IRIs of these targets begin with."""


@dataclass(frozen=True, slots=True)
class Places:
    """The candidates of one target in a gazetteer."""

    gazetteer: Gazetteer
    target: str

    def search(self, name: str, type: str | None = None) -> list[Candidate]:  # noqa: A002
        """The places of a name that have an id of the target, those of that very name first.

        A place of any other type is shown, too: whoever judges shall see what else has the name.
        An actor is no place.
        """
        if type is not None and type not in load_vocabulary().values["place-type"]:
            return []
        bare, _ = split_kind(name)
        found = self.gazetteer.folded(bare) or [r for r, _ in self.gazetteer.near(bare)]
        return [one for record in found for one in candidates_of(record, self.target)]


def find_records(
    gazetteer: Gazetteer, identifiers: Collection[str]
) -> dict[str, tuple[Candidate, ...]]:
    """What a gazetteer has under some ids of any target, its own or those it carries."""
    found: dict[str, tuple[Candidate, ...]] = {}
    for record in gazetteer:
        for one in record.sources:
            if one in identifiers:
                more = tuple(candidates_of(record, one.partition(":")[0]))
                found[one] = found.get(one, ()) + more
    return found


def candidates_of(record: Record, target: str) -> Iterator[Candidate]:
    """The record as a candidate of a target, if it has an id there.

    A gazetteer's GeoNames ids say where its points are from; its Wikidata ids are somebody's guess.
    """
    known = next((one for one in record.sources if one.startswith(f"{target}:")), None)
    if known is None:
        return
    carried = known == record.wikidata
    owner = CALLED.get(record.id.partition(":")[0], "the gazetteer")
    yield Candidate(
        id=known,
        label=record.label.get("en") or next(iter(record.label.values()), record.id),
        names=record.names,
        type=record.type,
        says=f"{record.type} in {record.country}" if record.country else record.type,
        point=record.point,
        within=record.parents,
        also=tuple(one for one in record.sources if one != known),
        sources=(owner, CALLED["geonames"]) if record.agreed and not carried else (owner,),
        carried=carried,
        gone=record.current is False,
    )
