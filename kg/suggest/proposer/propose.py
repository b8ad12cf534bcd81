"""A workspace's proposer: what it is told, what is kept of its answers, and what was dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.proposing import Proposing
from kg.suggest.found import By, Proposals, Statement
from kg.suggest.proposer.align import align
from kg.suggest.proposer.ask import ask
from kg.suggest.reading import Reading

RULE: Final = "proposer.claims"
"""The rule that a proposer's claims stand under: how often it is right depends on its model."""


@dataclass
class Proposer:
    """A server that proposes, and how much of what it proposed did not stand in the texts."""

    proposing: Proposing
    dropped: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return f"{self.proposing.model} at {self.proposing.proposer}"

    def announcement(self, readings: Sequence[Reading]) -> str:
        """What will be sent, and where: said before it is."""
        signs = sum(end - start for reading in readings for start, end in reading.parts)
        texts = "the text of 1 article" if len(readings) == 1 else f"{len(readings)} articles' text"
        return (
            f"Sending {texts} ({signs:,} characters, all that their parts hold) to {self}, "
            "as [suggest] of whoholds.toml says."
        )

    def propose(self, reading: Reading, found: Proposals) -> list[Statement]:
        """The statements that the server proposes and the article has the words of.

        Raises ModelError where it does not answer as it should.
        """
        text = "\n\n".join(reading.words(part) for part in reading.parts)
        by = By(RULE, f"proposed by {self.proposing.model}; its words stand in the article")
        statements, dropped = align(ask(self.proposing, text), reading, found, by)
        self.dropped += dropped
        return statements


def proposer_of(proposing: Proposing) -> Proposer | None:
    """The proposer that a workspace names, or None: it is off unless named."""
    return Proposer(proposing) if proposing.proposer else None
