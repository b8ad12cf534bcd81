"""Entities of Wikidata as a source: files of its JSON, or a service that looks names up.

https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.errors import InputError, LookUpFailed
from kg.gazetteer.fold import key
from kg.gazetteer.kinds import split_kind
from kg.links.candidate import Candidate
from kg.links.kinds import type_of
from kg.links.source import Searched
from kg.wikidata.entities import Entities as Items
from kg.wikidata.record import Record, record_of

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


@dataclass(frozen=True, slots=True)
class Looked:
    """A service that finds items by name, and where their data are: all that is known of each."""

    searched: Searched
    items: Items

    def search(self, name: str, type: str | None = None) -> list[Candidate]:  # noqa: A002
        """The items of a name with what is stated of them. Raises LookUpFailed, SourceDown."""
        found = self.searched.search(name, type)
        known = self.items.fetch([one.id.partition(":")[2] for one in found]).records
        classes = self.items.fetch(c for r in known.values() for c in r.classes).records
        labels = {id_: record.labels.get("en", "") for id_, record in classes.items()}
        target, called = self.searched.target, self.searched.called
        whole = {f"{target}:{asked}": r for asked, r in known.items()}
        return [
            _candidate(whole[one.id], labels, target, called) if one.id in whole else one
            for one in found
        ]


def read_entities(paths: Iterable[Path], target: str, called: str) -> Entities:
    """The entities that files, folders and archives hold. Raises InputError for what is none."""
    records = {record.id: record for path in paths for record in _records(path)}
    labels = {id_: record.labels.get("en", "") for id_, record in records.items()}
    found: dict[str, list[Candidate]] = {}
    for _, record in sorted(records.items()):
        candidate = _candidate(record, labels, target, called)
        for name_key in dict.fromkeys(key(name) for name in candidate.names):
            found.setdefault(name_key, []).append(candidate)
    return Entities({k: tuple(v) for k, v in found.items() if k})


def _records(path: Path) -> Iterator[Record]:
    """The entities of a path; in folders and archives, what is no entity is passed over."""
    try:
        if path.is_dir():
            files = sorted(path.rglob("*.json"))
            yield from (r for f in files if (r := _record(f.read_bytes())) is not None)
        elif path.name.endswith(ARCHIVES):
            yield from _archived(path)
        elif (record := _record(path.read_bytes())) is not None:
            yield record
        else:
            raise InputError(
                f"{path}: no entity; expected Wikidata's JSON, with id, labels and claims."
            )
    except (OSError, tarfile.TarError, EOFError) as error:
        raise InputError(f"{path}: cannot be read: {error}.") from None


def _archived(path: Path) -> Iterator[Record]:
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".json") and member.size <= _BYTES:
                file = archive.extractfile(member)
                record = _record(file.read()) if file else None
                if record is not None:
                    yield record


def _record(content: bytes) -> Record | None:
    try:
        found = json.loads(content)
        if isinstance(found, dict) and isinstance(found.get("entities"), dict):
            found = next(iter(found["entities"].values()), None)
        if not isinstance(found, dict) or "labels" not in found:
            return None
        return record_of(found)
    except (ValueError, LookUpFailed):
        return None


def _candidate(record: Record, labels: Mapping[str, str], target: str, called: str) -> Candidate:
    named = [labels[one] for one in record.classes if labels.get(one)]
    return Candidate(
        id=f"{target}:{record.id}",
        label=record.labels.get("en") or next(iter(record.names), record.id),
        names=record.names,
        type=type_of(named),
        says=", ".join(named) or record.descriptions.get("en", ""),
        point=next(iter(record.points), None),
        also=tuple(f"geonames:{one}" for one in record.geonames),
        sources=(called,),
    )
