"""Working out, before the first visitor asks, what all visitors of a release share."""

from __future__ import annotations

from threading import Thread
from typing import Final

from flask import Flask

from kg.question import load_questions

SHARED: Final = ("", "map", "search?q=a", "disagreements", "article", "ask")
"""Pages that need the map's holdings, the index of the search, the examples and the lists."""


def warm(app: Flask) -> None:
    """Asks for the pages that need them, and for each question about the whole release."""
    client = app.test_client()
    for path in (*SHARED, *(f"ask/{name}" for name in load_questions())):
        client.get(f"/{path}").close()


def start(app: Flask) -> Thread:
    """Warms the application beside what it already answers; ends with the program."""
    thread = Thread(target=warm, args=(app,), name="warm", daemon=True)
    thread.start()
    return thread
