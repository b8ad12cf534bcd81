"""Working out, before the first visitor asks, what all visitors of a release share."""

from __future__ import annotations

from functools import partial
from threading import Thread
from typing import Final

from flask import Flask

from kg.question import load_questions
from kg.release.read import Release
from server.following import Following
from server.operations.interpreter import set_apart
from server.site import KEY, WARMED, Site
from server.workers import plain

SHARED: Final = (
    *("", "map", "search?q=a", "disagreements", "article", "ask"),
    "reconcile/suggest/entity?prefix=a",
)
"""Pages that need the map's holdings, the indexes of names, the examples and the lists."""


def warm(app: Flask, release: Release | None = None) -> None:
    """Opens its columns, asks for the pages that need something, and for each question about all.

    Of the release that is served, or of one that is not yet.
    """
    here: Site = app.extensions[KEY]
    plain.open_for(release or here.release_of())
    client = app.test_client()
    given = {WARMED: release} if release else {}
    for path in (*SHARED, *(f"ask/{name}" for name in load_questions())):
        client.get(f"/{path}", environ_overrides=given).close()
    set_apart()


def start(app: Flask) -> Thread:
    """Warms the application beside what it already answers; ends with the program.

    A release that is published later is warmed before it is served.
    """
    follows = app.extensions[KEY].release_of
    if isinstance(follows, Following):
        follows.prepare = partial(warm, app)
    thread = Thread(target=warm, args=(app,), name="warm", daemon=True)
    thread.start()
    return thread
