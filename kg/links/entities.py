"""Files of entities as a source: Wikidata's JSON, one entity a file, in folders or an archive.

https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError
from kg.gazetteer.fold import key
from kg.gazetteer.kinds import split_kind
from kg.links.candidate import Candidate, Point
from kg.links.kinds import type_of

LANGUAGES: Final = ("en", "ar")
INSTANCE_OF: Final = "P31"
POINT: Final = "P625"
GEONAMES: Final = "P1566"
"""These three as the entities of ../shared/wikidata use them."""
ARCHIVES: Final = (".tar.gz", ".tgz", ".tar")
_BYTES: Final = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Entities:
    """The entities of some files, found by every name that they have in English or Arabic."""

    by_key: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)

    def search(self, name: str, type: str | None = None) -> list[Candidate]:  # noqa: A002, ARG002
        """The entities of a name, or of the name without the words for its kind, sorted by id.

        `type` rules nothing out.
        """
        bare, _ = split_kind(name)
        found = [one for some in (name, bare) for one in self.by_key.get(key(some), ())]
        return sorted({one.id: one for one in found}.values(), key=lambda one: one.id)

    def find(self, identifiers: Collection[str]) -> dict[str, tuple[Candidate, ...]]:
        """What the files have under some ids."""
        found = {one.id: one for some in self.by_key.values() for one in some}
        return {id_: (found[id_],) for id_ in sorted(identifiers) if id_ in found}


def read_entities(paths: Iterable[Path], target: str, called: str) -> Entities:
    """The entities that files, folders and archives hold. Raises InputError for what is none."""
    entities = {e["id"]: e for path in paths for e in _entities(path)}
    labels = {id_: _labels(entity).get("en", "") for id_, entity in entities.items()}
    found: dict[str, list[Candidate]] = {}
    for _, entity in sorted(entities.items()):
        candidate = _candidate(entity, labels, target, called)
        for name_key in dict.fromkeys(key(name) for name in candidate.names):
            found.setdefault(name_key, []).append(candidate)
    return Entities({k: tuple(v) for k, v in found.items() if k})


def _entities(path: Path) -> Iterator[dict[str, Any]]:
    """The entities of a path; in folders and archives, what is no entity is passed over."""
    try:
        if path.is_dir():
            files = sorted(path.rglob("*.json"))
            yield from (e for f in files if (e := _entity(f.read_bytes())) is not None)
        elif path.name.endswith(ARCHIVES):
            yield from _archived(path)
        elif (entity := _entity(path.read_bytes())) is not None:
            yield entity
        else:
            raise InputError(
                f"{path}: no entity; expected Wikidata's JSON, with id, labels and claims."
            )
    except (OSError, tarfile.TarError, EOFError) as error:
        raise InputError(f"{path}: cannot be read: {error}.") from None


def _archived(path: Path) -> Iterator[dict[str, Any]]:
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".json") and member.size <= _BYTES:
                file = archive.extractfile(member)
                entity = _entity(file.read()) if file else None
                if entity is not None:
                    yield entity


def _entity(content: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(content)
    except ValueError:
        return None
    if isinstance(found, dict) and isinstance(found.get("entities"), dict):
        found = next(iter(found["entities"].values()), None)
    whole = isinstance(found, dict) and isinstance(found.get("id"), str) and "labels" in found
    return found if whole else None


def _candidate(
    entity: dict[str, Any], labels: Mapping[str, str], target: str, called: str
) -> Candidate:
    own, described = _labels(entity), entity.get("descriptions") or {}
    classes = [value["id"] for value in _values(entity, INSTANCE_OF)]
    named = [labels[one] for one in classes if labels.get(one)]
    aliases = entity.get("aliases") or {}
    others = [one["value"] for tag in LANGUAGES for one in aliases.get(tag, ())]
    return Candidate(
        id=f"{target}:{entity['id']}",
        label=own.get("en") or next(iter(own.values()), entity["id"]),
        names=tuple(dict.fromkeys([*own.values(), *others])),
        type=type_of(named),
        says=", ".join(named) or described.get("en", {}).get("value", ""),
        point=_point(entity),
        also=tuple(f"geonames:{value}" for value in _values(entity, GEONAMES)),
        sources=(called,),
    )


def _labels(entity: dict[str, Any]) -> dict[str, str]:
    found = entity.get("labels") or {}
    return {tag: found[tag]["value"] for tag in LANGUAGES if tag in found}


def _values(entity: dict[str, Any], name: str) -> list[Any]:
    """The values that hold: those preferred, else the normal ones."""
    statements = (entity.get("claims") or {}).get(name, [])
    for rank in ("preferred", "normal"):
        ranked = [s["mainsnak"] for s in statements if s.get("rank") == rank]
        if ranked:
            return [s["datavalue"]["value"] for s in ranked if s["snaktype"] == "value"]
    return []


def _point(entity: dict[str, Any]) -> Point | None:
    value = next(iter(_values(entity, POINT)), None)
    return (float(value["latitude"]), float(value["longitude"])) if value else None
