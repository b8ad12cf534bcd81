"""/healthz: the process answers. /readyz: it can answer queries, too, or says why not."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from flask import Blueprint, Flask, Response, current_app
from werkzeug.exceptions import ServiceUnavailable

from kg.errors import ReleaseError
from kg.sparql.prepare import prepare
from server.site import Site, site
from server.workers.job import Job

blueprint = Blueprint("health", __name__)

KEY: Final = "whoholds.readiness"
FRESH: Final = 1.0
"""Seconds for which one look is good for all: nobody keeps processes busy by asking."""
PATIENCE: Final = 1.0
"""Seconds in which a process must have answered."""
_QUERY: Final = "ASK {}"


@dataclass(slots=True)
class Readiness:
    """Why the server is not ready, as of the last look; empty where it is."""

    why: str = "The server has only just begun."
    looked: float = float("-inf")
    lock: Lock = field(default_factory=Lock)

    def look(self, here: Site) -> str:
        """Why it is not ready now. Who comes while somebody looks is told what was before."""
        if here.pool.stopping:
            return "The server is being stopped."
        if self.lock.acquire(blocking=False):
            try:
                if time.monotonic() - self.looked > FRESH:
                    self.why = _missing(here)
                    self.looked = time.monotonic()
            finally:
                self.lock.release()
        return self.why


def register(app: Flask) -> None:
    """Answers for an application."""
    app.extensions[KEY] = Readiness()
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return _plain("ok\n")


@blueprint.get("/readyz")
def readyz() -> Response:
    """A release is open and a process answers queries. 503 with the reason otherwise."""
    found: Readiness = current_app.extensions[KEY]
    why = found.look(site())
    if why:
        raise ServiceUnavailable(why, retry_after=1)
    return _plain("ready\n")


def _missing(here: Site) -> str:
    try:
        release = here.release_of()
    except ReleaseError as error:
        return str(error)
    job = Job(release.folder, prepare(_QUERY, release.names), "json")
    if not here.pool.answers(job, PATIENCE):
        return f"No process has answered {_QUERY} within {PATIENCE:g} second."
    return ""


def _plain(text: str) -> Response:
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
