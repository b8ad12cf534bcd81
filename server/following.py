"""The release that is served: the current one of a folder, made ready before it is."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Final

from kg.errors import WhoHoldsError
from kg.release.publish import CURRENT
from kg.release.read import Release, open_release
from kg.release.withdrawals import LOG, folder_of

GLANCE: Final = 0.005
"""Seconds until the pointer is looked at again: many requests may come in them."""
_log = logging.getLogger(__name__)


class Following:
    """Gives the release to serve.

    Where the pointer has moved, that is the old one until `prepare` has worked out of the new one
    what visitors share; without `prepare`, the new one at once.
    A release that was masked is served for GLANCE at most: then its successor is, ready or not.
    """

    def __init__(self, releases: Path) -> None:
        self.prepare: Callable[[Release], None] | None = None
        """Called with a new release before it is served, beside the requests."""
        self.settled: Callable[[Release], None] = lambda _: None
        """Called with a new release once it is served."""
        self._releases = releases
        self._watched = releases / CURRENT, releases / LOG
        self._served: Release | None = None
        self._seen: Path | None = None
        self._lock = Lock()
        self._pointed: tuple[Any, Path] = (None, releases)
        self._looked = -GLANCE

    def __call__(self) -> Release:
        """The release to answer a request from. Raises ReleaseError where there is none."""
        folder = self._folder()
        with self._lock:
            served, news = self._served, folder != self._seen
            if served is None or (news and (self.prepare is None or self._masked(served))):
                served = self._served = open_release(self._releases)
                self._seen = served.folder
                self.settled(served)
            elif news:
                self._seen = folder
                Thread(target=self._change_to, args=(folder,), name="prepare", daemon=True).start()
        return served

    def _folder(self) -> Path:
        """Where the pointer leads, read anew when it or the log of withdrawals was replaced."""
        now = time.monotonic()
        if now - self._looked >= GLANCE:
            state = [_state(path) for path in self._watched]
            if state != self._pointed[0]:
                self._pointed = state, folder_of(self._releases, CURRENT)
            self._looked = now
        return self._pointed[1]

    def _masked(self, served: Release) -> bool:
        """Whether something was withdrawn from the release that is served."""
        return folder_of(self._releases, served.folder.name) != served.folder

    def _change_to(self, folder: Path) -> None:
        """Opens a release, makes it ready and serves it, unless the pointer has moved again."""
        try:
            new = open_release(self._releases, folder.name)
            if self.prepare:
                self.prepare(new)
        except WhoHoldsError:
            _log.exception("%s is not served: the release before it still is", folder.name)
            return
        with self._lock:
            if self._seen == folder:
                self._served = new
                self.settled(new)


def _state(path: Path) -> tuple[int, int, int] | None:
    """What changes whenever a file or a link is replaced; None where there is none."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
