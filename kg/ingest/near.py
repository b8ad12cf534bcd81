"""Texts that repeat each other: what share of the runs of words of one stand in another.

A run is of eight words. Of all runs a fixed eighth, chosen by their digest, stands in an index on
the disk: it finds the few texts that can be alike, whose runs are then compared in full. So memory
does not grow with the number of articles. A relay is not a second witness: alike texts are one.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.text import fold

_RUN: Final = 8
_SAMPLED: Final = 8
"""One run of so many is in the index."""
_COMMON: Final = 50
"""A run that stands in more articles than this is a site's furniture, or nobody's own words."""
ALIKE: Final = 0.4
"""The share of the shorter text's runs from which on two texts are taken as one copied."""
_LIKELY: Final = 5
"""The candidates that are compared in full."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another article, and the share of the shorter text's runs that stand in both."""

    article: str
    share: float


def runs(text: str) -> frozenset[int]:
    """Every run of eight words, as a number; capitals, signs and line breaks do not count."""
    words = re.findall(r"\w+", fold(text).casefold())
    joined = (" ".join(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1)))
    return frozenset(
        int.from_bytes(hashlib.blake2b(run.encode("utf-8"), digest_size=7).digest())
        for run in joined
    )


def shared(some: frozenset[int], others: frozenset[int]) -> float:
    """The share of the smaller set that is in both."""
    return len(some & others) / max(1, min(len(some), len(others)))


class Index:
    """The sampled runs of a workspace's texts, on the disk; it can be made again from the texts."""

    def __init__(self, path: Path, told: Callable[[str], str | None]) -> None:
        """`told` gives the words of an article's body, or None where they are not at hand."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._told = told
        self._rows = sqlite3.connect(path)
        self._rows.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
            "CREATE TABLE IF NOT EXISTS article (number INTEGER PRIMARY KEY, slug TEXT UNIQUE);"
            "CREATE TABLE IF NOT EXISTS run (run INTEGER, article INTEGER,"
            " PRIMARY KEY (run, article)) WITHOUT ROWID;"
        )

    def close(self) -> None:
        """Writes what is not written, and closes the file."""
        self._rows.commit()
        self._rows.close()

    def __contains__(self, slug: str) -> bool:
        found = self._rows.execute("SELECT 1 FROM article WHERE slug = ?", (slug,))
        return found.fetchone() is not None

    def add(self, slug: str, text: str) -> None:
        """Adds an article's text; what it had before is forgotten."""
        self._rows.execute(
            "DELETE FROM run WHERE article = (SELECT number FROM article WHERE slug = ?)", (slug,)
        )
        self._rows.execute("DELETE FROM article WHERE slug = ?", (slug,))
        number = self._rows.execute("INSERT INTO article (slug) VALUES (?)", (slug,)).lastrowid
        rows = ((run, number) for run in _sampled(runs(text)))
        self._rows.executemany("INSERT INTO run VALUES (?, ?)", rows)
        self._rows.commit()

    def alike(self, text: str, but: str = "") -> list[Alike]:
        """The articles that a text repeats or is repeated by, the most alike first."""
        mine = runs(text)
        found = [
            Alike(slug, shared(mine, runs(other)))
            for slug in self._candidates(_sampled(mine))
            if slug != but and (other := self._told(slug)) is not None
        ]
        return sorted((a for a in found if a.share >= ALIKE), key=lambda a: (-a.share, a.article))

    def _candidates(self, sampled: list[int]) -> Iterator[str]:
        """The articles that share the most runs of the sample, at least a few."""
        counts: dict[int, int] = {}
        for run in sampled:
            query = "SELECT article FROM run WHERE run = ? LIMIT ?"
            found = self._rows.execute(query, (run, _COMMON + 1)).fetchall()
            for (number,) in found if len(found) <= _COMMON else ():
                counts[number] = counts.get(number, 0) + 1
        least = min(2, len(sampled))
        best = sorted((-count, n) for n, count in counts.items() if count >= least)[:_LIKELY]
        for _, number in best:
            yield self._rows.execute(
                "SELECT slug FROM article WHERE number = ?", (number,)
            ).fetchone()[0]


def _sampled(found: frozenset[int]) -> list[int]:
    """A fixed share of the runs, by their number: the same ones in every text."""
    return sorted(run for run in found if run % _SAMPLED == 0)
