"""The application as a WSGI server starts it: `gunicorn 'server.wsgi:application()'`.

The environment names what it serves: WHOHOLDS_WORKSPACE a workspace's folder, WHOHOLDS_RELEASES a
folder of releases, WHOHOLDS_LOG the file that queries are logged to; each as the option of
`whoholds serve` that has its name.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from kg.limits import Endpoint
from kg.release.read import Release
from kg.workspace import find_workspace
from server import warm
from server.app import create_app
from server.operations import log
from server.operations.interpreter import look_seldom
from server.operations.proxies import Forwarded
from server.site import KEY, Site, Texts, follow
from server.workers.pool import Pool


def application() -> Flask:
    """The application that the environment names, with its processes begun.

    Raises WorkspaceError, ReleaseError and InputError where it names what is not there.
    """
    workspace = find_workspace(os.environ.get("WHOHOLDS_WORKSPACE"))
    endpoint = workspace.settings.endpoint
    releases = Path(os.environ.get("WHOHOLDS_RELEASES") or workspace.home / "releases")
    app = assemble(follow(releases), workspace.content, endpoint)
    to = os.environ.get("WHOHOLDS_LOG")
    log.open_log(Path(to) if to else None, queries=endpoint.log_queries)
    here = begin(app)
    atexit.register(here.pool.close)
    return app


def assemble(release_of: Callable[[], Release], texts: Texts, endpoint: Endpoint) -> Flask:
    """An application behind the proxies that it trusts; its processes are not begun yet.

    Raises ReleaseError where there is no release.
    """
    release_of()
    app = create_app(release_of, texts, Pool(endpoint.limits))
    app.wsgi_app = Forwarded(app.wsgi_app, endpoint.trusted_proxies)  # type: ignore[method-assign]
    return app


def begin(app: Flask) -> Site:
    """The application's site, its processes begun and what all visitors share being worked out."""
    here: Site = app.extensions[KEY]
    look_seldom()
    here.pool.start(here.release_of().folder)
    warm.start(app)
    return here
