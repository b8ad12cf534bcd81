"""The application around the blueprints: what it serves is given to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from flask import Flask, g, request

from kg.question import Question
from kg.release.read import Release, licences_of
from server import forms, headers, pages, policy, problem, resource
from server import map as maps
from server.downloads import dumps
from server.find import search
from server.following import Following
from server.linked import retired
from server.operations import health, metrics
from server.questions import ask
from server.reconcile import service
from server.reconcile.turns import Turns
from server.show.dates import timed
from server.show.term import words_in
from server.site import KEY, Site, Texts, keep_only, release
from server.sparql import endpoint, graphs, permalink, terms, version
from server.sparql.cache import Cache
from server.sparql.shortcut import Shortcut
from server.things import disagreement, links
from server.vocabulary import shapes
from server.workers.pool import Pool

LONGEST: Final = 1024 * 1024
"""Bytes of a request's body at most."""
NAVIGATION: Final = (
    ("/map", "Map"),
    ("/ask", "Questions"),
    ("/disagreements", "Disagreements"),
    ("/search", "Search"),
    ("/dumps/", "Data"),
    ("/sparql", "Query"),
    ("/about", "About"),
)
"""What every page leads to."""
OF_ARTICLES: Final = ("/map", "/ask", "/disagreements")
"""What there is nothing to see of where no article is: in a release of other people's RDF."""


def no_texts(_: str) -> bytes | None:
    """No article's text is attached."""
    return None


def create_app(
    release_of: Callable[[], Release] | Release, texts: Texts = no_texts, pool: Pool | None = None
) -> Flask:
    """An application that shows a release, or the one that `release_of` gives for each request."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST
    given = release_of
    current = (lambda: given) if isinstance(given, Release) else given
    pool = pool or Pool()
    results, turns = Cache(limits=pool.limits), Turns(pool.limits)
    app.extensions[KEY] = here = Site(current, texts, pool, results, turns)
    if isinstance(current, Following):
        current.settled = partial(keep_only, here)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {"spaced": words_in, "meanings": meanings, "timed": timed}
    routes = (
        pages,
        policy,
        maps,
        ask,
        search,
        service,
        endpoint,
        graphs,
        terms,
        permalink,
        disagreement,
        links,
        shapes,
        dumps,
        retired,
        resource,
    )
    for module in routes:
        app.register_blueprint(module.blueprint)
    app.register_blueprint(permalink.citing)
    health.register(app)
    metrics.register(app, here)
    asked = (endpoint, graphs, terms, service)
    version.register(app, permalink.citing, *(module.blueprint for module in asked))
    problem.register(app)
    app.context_processor(_common)
    app.after_request(headers.complete)
    app.wsgi_app = Shortcut(app.wsgi_app, here, app.extensions[metrics.KEY])  # type: ignore[method-assign]
    return app


def meanings(question: Question) -> dict[str, str]:
    """What an empty cell means, by column, where the question says so: all sources together."""
    found = ((c.name, re.search(r"empty for (.+)$", c.says)) for c in question.columns)
    return {name: match[1] for name, match in found if match}


def _common() -> dict[str, Any]:
    """What every template may use."""
    summary = release().summary
    shown = (pair for pair in NAVIGATION if summary["articles"] or pair[0] not in OF_ARTICLES)
    return {
        "release": release(),
        "summary": summary,
        "licences": licences_of(summary),
        "root": request.script_root,
        "navigation": tuple(shown),
        "form_names": forms.NAMES,
        "alternates": lambda: g.get("alternates", ()),
    }
