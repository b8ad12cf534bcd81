"""What the application shows: the current release, and texts where they are attached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from flask import current_app, g, request

from kg.errors import TextError
from kg.release.publish import CURRENT
from kg.release.read import Release, open_release
from kg.release.withdrawals import folder_of
from kg.text import decode, digest
from server.show.term import Terms
from server.show.words import Text, read_text
from server.sparql.cache import Cache
from server.workers.pool import Pool

KEY: Final = "whoholds"
Texts = Callable[[str], bytes | None]
"""The attached text of an article by its id, or None."""
T = TypeVar("T")


@dataclass(slots=True)
class Site:
    """The release now served, the texts, who runs queries and keeps results, what is made once."""

    release_of: Callable[[], Release]
    texts: Texts
    pool: Pool
    results: Cache
    kept: dict[tuple[str, str], Any] = field(default_factory=dict)


def site() -> Site:
    """The site of the running application."""
    found: Site = current_app.extensions[KEY]
    return found


def release() -> Release:
    """The release that this request is answered from, to its end."""
    if "release" not in g:
        g.release = site().release_of()
    found: Release = g.release
    return found


def terms() -> Terms:
    """Shows terms for this request."""
    if "terms" not in g:
        g.terms = Terms(release().store, release().names, request.script_root)
    found: Terms = g.terms
    return found


def once(name: str, make: Callable[[Release], T]) -> T:
    """Something worked out from the release the first time it is asked for.

    It is kept by the release's folder: two may have one digest, and say other things of themselves.
    """
    kept, folder = site().kept, release().folder.name
    if (folder, name) not in kept:
        made = make(release())
        for old in [key for key in tuple(kept) if key[0] != folder]:
            kept.pop(old, None)
        kept[folder, name] = made
        return made
    found: T = kept[folder, name]
    return found


def attached(slug: str, wanted: str | None) -> Text | None:
    """The attached text of an article, if it is the very text whose digest the release records.

    The positions in the graph are of that text; in any other they would mark the wrong words.
    An answer that asks for it may change without the release: server.headers.dated
    """
    g.read_text = True
    try:
        content = site().texts(slug)
        if content is None or digest(content) != wanted:
            return None
        return read_text(decode(content, slug))
    except TextError:
        return None


def follow(releases: Path) -> Callable[[], Release]:
    """The current release of a folder, opened anew only when the pointer has moved."""
    opened: list[Release] = []

    def newest() -> Release:
        folder = folder_of(releases, CURRENT)
        kept = opened[:1]
        if not kept or kept[0].folder != folder:
            kept = [open_release(releases)]
            opened[:] = kept
        return kept[0]

    return newest
