"""Floors: what proposals reach on material that is pinned by its digest, and never less silently.

A floor has a history, whose last entry holds. A lower entry says why; entries are only added, which
the seal over them shows.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.evaluate.counts import Counts


@dataclass(frozen=True, slots=True)
class Reached:
    """What was reached once: the least precision and recall from then on, and why if less."""

    precision: float
    recall: float
    because: str


@dataclass(frozen=True, slots=True)
class Floor:
    """A measure on some material, and what was reached, the latest last."""

    measure: str
    material: str
    seal: str
    history: tuple[Reached, ...]


def read_floors(source: str) -> dict[str, Floor]:
    """The floors that a TOML text says, by name."""
    return {
        name: Floor(
            row["measure"],
            row["material"],
            row["seal"],
            tuple(Reached(r["precision"], r["recall"], r["because"]) for r in row["history"]),
        )
        for name, row in tomllib.loads(source).items()
    }


def material_of(files: Iterable[Path]) -> str:
    """The digest of some files: of their names and bytes, in the order of their names."""
    summed = hashlib.sha256()
    for file in sorted(files, key=lambda path: (path.name, str(path))):
        summed.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return f"sha256:{summed.hexdigest()}"


def seal_of(floor: Floor) -> str:
    """The seal over a floor's history."""
    rows = (f"{r.precision} {r.recall} {r.because}" for r in floor.history)
    said = "\n".join([floor.measure, *rows])
    return f"sha256:{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def problems(floor: Floor, reached: Counts, material: str) -> list[str]:
    """What is wrong with a floor, or under it: nothing if it holds."""
    return [*_form(floor), *_under(floor, reached, material)]


def _form(floor: Floor) -> Iterator[str]:
    for before, after in zip(floor.history, floor.history[1:], strict=False):
        lower = after.precision < before.precision or after.recall < before.recall
        if lower and not after.because.strip():
            yield f"{floor.measure}: the floor was lowered without a reason. Say because."
    if floor.seal != seal_of(floor):
        yield (
            f"{floor.measure}: its history is not the sealed one. Entries are only added; with a "
            f"new one at the end the seal is {seal_of(floor)}"
        )


def _under(floor: Floor, reached: Counts, material: str) -> Iterator[str]:
    if floor.material != material:
        yield (
            f"{floor.measure}: the material is {material}, the floor is of {floor.material}. "
            "Measure again and add an entry that says what changed."
        )
    least = floor.history[-1]
    for name, now, then in (
        ("precision", reached.precision, least.precision),
        ("recall", reached.recall, least.recall),
    ):
        if round(now, 4) < then:
            yield f"{floor.measure}: {name} is {now:.4f}, under its floor {then}."
