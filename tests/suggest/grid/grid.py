"""The grid: sentences by construction, the claims that each makes, and those that are proposed."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.gazetteer.lookup import load
from kg.mapping.anchor import recorded
from kg.mapping.document import Article, Coding, Mapping, Part
from kg.reliability.coding import Coded, coded_claims
from kg.suggest.anchoring import Page, anchor_of
from kg.suggest.draft import draft
from kg.suggest.model import Model
from kg.suggest.names import know
from kg.suggest.naming import Naming
from kg.suggest.reading import Reading, read_text
from kg.suggest.suggest import propose_each
from kg.text import digest
from kg.workspace import open_workspace

HERE = Path(__file__).parent
SLOTS = ("type", "place", "gainer", "loser", "standing")
_CLAIM = re.compile(r"(\S+)(?: (?!by |from |:)(\S+))?(?: by (\S+))?(?: from (\S+))?(?: : (.+))?")
_PUBLISHED = (dt.date(2026, 4, 6), dt.date(2026, 4, 6))


@dataclass(frozen=True, slots=True)
class Cell:
    """One text of the grid with its construction, the claims wanted of it, and others allowed."""

    family: str
    text: str
    wanted: tuple[tuple[str, ...], ...]
    allowed: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A cell with the claims proposed, and the pairs of both."""

    cell: Cell
    proposed: tuple[tuple[str, ...], ...]
    pairs: tuple[tuple[int, int], ...]

    def wrong(self, wanted: int, proposed: int) -> list[str]:
        """The slots in which two claims differ."""
        both = zip(SLOTS, self.cell.wanted[wanted], self.proposed[proposed], strict=True)
        return [slot for slot, want, got in both if not _fits(want, got)]

    @property
    def found(self) -> int:
        """How many claims are proposed as they are wanted."""
        return sum(not self.wrong(*pair) for pair in self.pairs)

    @property
    def right(self) -> bool:
        """Whether just the claims that are wanted are proposed."""
        return self.found == len(self.cell.wanted) == len(self.proposed)


def cells() -> list[Cell]:
    """The cells of grid.toml in their order."""
    families = tomllib.loads((HERE / "grid.toml").read_text("utf-8"))
    return [
        Cell(
            family,
            text,
            tuple(_slots_said(one) for one in claims if not one.startswith("?")),
            tuple(_slots_said(one) for one in claims if one.startswith("?")),
        )
        for family, entries in families.items()
        for text, *claims in entries
    ]


def _slots_said(said: str) -> tuple[str, ...]:
    """The slots that a claim of the table fills, each as its alternatives."""
    found = _CLAIM.fullmatch(said.removeprefix("? "))
    assert found, said
    kind, place, gainer, loser, standing = found.groups(default="")
    return kind, place, gainer, loser, standing


def answers(model: Model, asked: Sequence[Cell]) -> list[Answer]:
    """What is proposed of each cell, all of them parsed together."""
    workspace, gazetteer = open_workspace(HERE), load()
    known = know(workspace.authorities, gazetteer)
    readings = [read_text(cell.text, [(0, len(cell.text))], _PUBLISHED) for cell in asked]
    found = []
    for cell, reading, made in zip(
        asked, readings, propose_each(readings, known, model), strict=True
    ):
        naming = Naming(workspace.authorities, gazetteer.record, cell.text)
        mapping = draft(made, _bare(reading), reading, naming, {}).mapping
        coded = coded_claims("cell", mapping, recorded(mapping))
        every = [_slots(one) for one in coded if one.kind in ("event", "control")]
        pairs = _paired(cell.wanted, every)
        told = {p for _, p in pairs}
        proposed = [c for n, c in enumerate(every) if n in told or not _is_allowed(c, cell)]
        found.append(Answer(cell, tuple(proposed), _paired(cell.wanted, proposed)))
    return found


def _bare(reading: Reading) -> Mapping:
    text = reading.text
    whole = (0, len(text))
    about = Article(title="cell", publisher="unstated", language="en", digest=digest(text.encode()))
    part = Part("body", anchor_of((whole,), Page(text, (whole,), ())))
    return Mapping(1, "draft", about, Coding(), (part,))


def _is_allowed(claim: tuple[str, ...], cell: Cell) -> bool:
    return any(all(map(_fits, one, claim)) for one in cell.allowed)


def _slots(coded: Coded) -> tuple[str, ...]:
    return (coded.type, coded.place, coded.gainer, coded.loser, " ".join(_standing(coded)))


def _standing(coded: Coded) -> Iterator[str]:
    """What is not plain in how a claim stands."""
    plain = ("positive", "ongoing" if coded.kind == "control" else "completed")
    values = (coded.polarity, coded.completion, coded.factuality, coded.certainty)
    plains = (*plain, "asserted", "underspecified")
    return (value for value, usual in zip(values, plains, strict=True) if value != usual)


def _fits(wanted: str, got: str) -> bool:
    """Whether a slot holds one of what is wanted."""
    known = " ".join(sorted("~" if one.startswith("(") else one for one in got.split()))
    ways = (re.split(r"[+ ]", "" if way in ("-", "plain") else way) for way in wanted.split("|"))
    return known in {" ".join(sorted(way)) for way in ways}


def _paired(
    wanted: Sequence[tuple[str, ...]], proposed: Sequence[tuple[str, ...]]
) -> tuple[tuple[int, int], ...]:
    """Which claims go together: those most alike first, with one slot at least in common."""
    alike = sorted(
        (-sum(map(_fits, want, got)), not _fits(want[0], got[0]), w, p)
        for w, want in enumerate(wanted)
        for p, got in enumerate(proposed)
        if _fits(want[0], got[0]) or (_fits(want[1], got[1]) and got[1])
    )
    pairs: list[tuple[int, int]] = []
    for *_, w, p in alike:
        if all(w != one and p != other for one, other in pairs):
            pairs.append((w, p))
    return tuple(pairs)
