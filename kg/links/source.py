"""Where candidates come from: anything that answers a name, whatever it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.links.candidate import Candidate
from kg.links.kinds import type_of


class Found(Protocol):
    """What a look-up service tells of a record: a reconciliation service's candidate, say."""

    @property
    def id(self) -> str:
        """The record's id, without the target's prefix: 2"""

    @property
    def name(self) -> str:
        """The record's label."""

    @property
    def description(self) -> str:
        """What tells it from others, in a few words; may be empty."""

    @property
    def types(self) -> Sequence[tuple[str, str]]:
        """Id and label of each class that it is of."""


class Service(Protocol):
    """Something that looks names up elsewhere."""

    def search(self, name: str, type: str | None = None) -> Sequence[Found]:  # noqa: A002
        """The records that a name may mean; `type` is one of ours."""


class Source(Protocol):
    """Something that has candidates for a name."""

    def search(self, name: str, type: str | None = None) -> Sequence[Candidate]:  # noqa: A002
        """The candidates for a name, in an order that depends on nothing but the source."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A service as a source: its own score and order are left behind, for ours are explained."""

    service: Service
    target: str
    called: str
    """What people call it: Wikidata."""

    def search(self, name: str, type: str | None = None) -> list[Candidate]:  # noqa: A002
        """The candidates for a name."""
        return [self._candidate(found) for found in self.service.search(name, type)]

    def _candidate(self, found: Found) -> Candidate:
        classes = [label for _, label in found.types if label]
        return Candidate(
            id=f"{self.target}:{found.id}",
            label=found.name,
            names=(found.name,),
            type=type_of(classes),
            says=", ".join(classes) or found.description,
            sources=(self.called,),
        )
