"""How often each rule was right where people had annotated texts: the scores of proposals.

`whoholds eval --write` measures them. A score is the lower end of Wilson's 95 % interval, so that a
rule which was seen seldom does not seem sure.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("measured.toml")


@dataclass(frozen=True, slots=True)
class Score:
    """Of how many proposals of a rule how many were right, on which measures, and the score."""

    right: int
    proposed: int
    score: float
    on: tuple[str, ...]


@lru_cache(maxsize=1)
def load_scores() -> dict[str, Score]:
    """The score of every rule that was measured."""
    return read_scores(FILE.read_text("utf-8"))


def read_scores(source: str) -> dict[str, Score]:
    """The scores that a TOML text says."""
    return {
        rule: Score(row["right"], row["proposed"], row["score"], tuple(row["on"]))
        for rule, row in tomllib.loads(source).items()
    }


def write_scores(scores: dict[str, Score]) -> str:
    """The TOML text of scores, sorted by rule."""
    lines = [
        "# Written by `whoholds eval --write`: of each rule how many of its proposals were right,",
        "# the lower end of Wilson's 95 % interval, and on which measures.",
    ]
    for rule, one in sorted(scores.items()):
        measures = ", ".join(f'"{name}"' for name in one.on)
        lines += [
            "",
            f'["{rule}"]',
            f"right    = {one.right}",
            f"proposed = {one.proposed}",
            f"score    = {one.score}",
            f"on       = [{measures}]",
        ]
    return "\n".join(lines) + "\n"
