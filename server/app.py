"""The application around the blueprints: what it serves is given to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from flask import Flask, Response, request

from kg.question import Question
from kg.release.read import Release
from server import ask, pages, problem, resource, retired, sparql
from server.site import KEY, Site, Texts, release
from server.term import words_in

LONGEST: Final = 1024 * 1024
"""Bytes of a request's body at most."""
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
}
"""Sent with everything: pages load nothing from elsewhere, run no script; data is open to all."""
PREFLIGHT: Final = {
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def no_texts(_: str) -> bytes | None:
    """No article's text is attached."""
    return None


def create_app(release_of: Callable[[], Release] | Release, texts: Texts = no_texts) -> Flask:
    """An application that shows a release, or the one that `release_of` gives for each request."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST
    given = release_of
    app.extensions[KEY] = Site((lambda: given) if isinstance(given, Release) else given, texts)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {"spaced": words_in, "meanings": meanings}
    for module in (pages, ask, sparql, retired, resource):
        app.register_blueprint(module.blueprint)
    problem.register(app)
    app.context_processor(_common)
    app.after_request(_secure)
    return app


def meanings(question: Question) -> dict[str, str]:
    """What an empty cell means, by column, where the question says so: all sources together."""
    found = ((c.name, re.search(r"empty for (.+)$", c.says)) for c in question.columns)
    return {name: match[1] for name, match in found if match}


def _common() -> dict[str, Any]:
    """What every template may use."""
    return {"release": release(), "summary": release().summary, "root": request.script_root}


def _secure(response: Response) -> Response:
    response.headers.update(HEADERS)
    if request.method == "OPTIONS":
        response.headers.update(PREFLIGHT)
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET")
    return response
