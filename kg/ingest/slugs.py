"""The id that an article gets: from its title, and the same whenever it is ingested again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from kg.gazetteer.fold import is_arabic
from kg.gazetteer.latin import readable_slug

LONGEST: Final = 60
"""Letters of an id that is made from a title."""


def choose_slug(title: str, day: dt.date | None, digest: str, taken: Callable[[str], bool]) -> str:
    """The first id that is free: the title's, then with the day, then with the text's digest.

    >>> choose_slug("Troops take Aven bridge", None, "sha256:5d9a0c11f", lambda slug: False)
    'troops-take-aven-bridge'
    """
    wanted = list(_wanted(title, day, digest.partition(":")[2]))
    return next((slug for slug in wanted if not taken(slug)), wanted[-1])


def _wanted(title: str, day: dt.date | None, mark: str) -> Iterator[str]:
    """Ids from the plainest to one that no other text has."""
    read = "".join(c for c in title if not c.isalpha() or c < "\u0250" or is_arabic(c))
    stem = _short(readable_slug(read)) if any(c.isalpha() for c in read) else "article"
    if stem != "article":
        yield stem
    if day is not None:
        yield f"{stem}-{day}"
    yield f"{stem}-{mark[:8]}"
    yield f"{stem}-{mark}"


def _short(slug: str) -> str:
    """A slug cut between two words."""
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
