"""What the application shows: the current release, and texts where they are attached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, RLock
from typing import Any, Final, TypeVar

from flask import current_app, g, request

from kg.errors import TextError
from kg.release.read import Release
from kg.text import decode, digest
from server.following import Following
from server.reconcile.turns import Turns
from server.show.term import Terms
from server.show.words import Text, read_text
from server.sparql.cache import Cache
from server.workers.pool import Pool

KEY: Final = "whoholds"
WARMED: Final = "whoholds.release"
"""In a request's environment, where no client can put it: a release that is not served yet."""
Texts = Callable[[str], bytes | None]
"""The attached text of an article by its id, or None."""
T = TypeVar("T")


@dataclass(slots=True)
class Site:
    """The release now served, the texts, what runs queries, keeps results and gives turns."""

    release_of: Callable[[], Release]
    texts: Texts
    pool: Pool
    results: Cache
    turns: Turns
    kept: dict[tuple[str, str], Any] = field(default_factory=dict)
    """What is made once of a release."""
    making: dict[tuple[str, str], Any] = field(default_factory=dict)
    """A lock for each thing that is kept, so that no two requests work it out."""
    lock: Lock = field(default_factory=Lock)


def site() -> Site:
    """The site of the running application."""
    found: Site = current_app.extensions[KEY]
    return found


def release() -> Release:
    """The release that this request is answered from, to its end."""
    if "release" not in g:
        g.release = release_in(request.environ, site())
    found: Release = g.release
    return found


def release_in(environ: dict[str, Any], here: Site) -> Release:
    """The release that a request is answered from. Raises ReleaseError where there is none."""
    found: Release = environ.get(WARMED) or here.release_of()
    return found


def terms() -> Terms:
    """Shows terms for this request."""
    if "terms" not in g:
        g.terms = Terms(release().store, release().names, request.script_root)
    found: Terms = g.terms
    return found


def once(name: str, make: Callable[[Release], T]) -> T:
    """Something worked out from the release the first time it is asked for, and then only.

    It is kept by the release's folder: two may have one digest, and say other things of themselves.
    Who asks for it while it is being worked out waits for it.
    """
    here = site()
    key = release().folder.name, name
    with here.lock:
        making = here.making.setdefault(key, RLock())
    with making:
        if key not in here.kept:
            here.kept[key] = make(release())
        found: T = here.kept[key]
    return found


def keep_only(here: Site, current: Release) -> None:
    """Lets go of what was worked out from releases other than the current one."""
    with here.lock:
        for kept in (here.kept, here.making):
            for old in [key for key in tuple(kept) if key[0] != current.folder.name]:
                kept.pop(old, None)


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


def follow(releases: Path) -> Following:
    """The current release of a folder, opened anew only when the pointer has moved."""
    return Following(releases)
