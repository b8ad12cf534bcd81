"""Addresses of one release: what stands below /v/<version>/ is answered from it for ever.

A version is a name that people cite (2026.1), or a release's folder: the begin of its digest.
After a withdrawal the release's masked successor answers there, and says so in its links.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Flask, Response, g, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from kg.release.find import made_before
from kg.release.read import Release, open_release
from kg.release.withdrawals import read_withdrawals
from server.downloads.editions import Edition, editions, find_edition
from server.headers import Link, add_links
from server.site import release

blueprint = Blueprint("version", __name__)

PREFIX: Final = "/v/<version>"


def register(app: Flask, *blueprints: Blueprint) -> None:
    """Serves what one release is asked by below /v/<version>/, too."""
    app.url_value_preprocessor(_choose)
    for asked in blueprints:
        app.register_blueprint(asked, name=f"{asked.name} of a version", url_prefix=PREFIX)
    app.register_blueprint(blueprint, url_prefix=PREFIX)
    app.after_request(_noticed)


@blueprint.get("/")
def about() -> BaseResponse:
    """Leads to the release's files, which stand beside what it says of itself."""
    return redirect(f"{request.script_root}/dumps/{g.edition.name}/", 303)


def _choose(_: str | None, values: dict[str, Any] | None) -> None:
    """Lets the request be answered from the release that its address names."""
    name = (values or {}).pop("version", None)
    if name is not None:
        edition = find_edition(release(), name)
        if edition is None:
            known = ", ".join(one.said for one in editions(release()))
            raise NotFound(f"There is no release {name} here; there are {known}.")
        answer_from(edition)


def answer_from(edition: Edition) -> None:
    """Lets this request be answered from a release."""
    g.edition = edition
    if edition.folder != release().folder:
        g.release = opened(edition.folder)


@lru_cache(maxsize=4)
def opened(folder: Path) -> Release:
    """A release beside the current one; the last few stay open."""
    return open_release(folder.parent, folder.name)


def editions_of(digest: str, named: str = "") -> tuple[list[Edition], bool]:
    """The releases of a digest, and whether they are successors that took others' place.

    The one that is named comes first, then as they were made: several may have the same data, and
    say other things of themselves.
    """
    log = read_withdrawals(release().folder.parent)
    next_of = {pair.digest: pair.successor_digest for one in log for pair in one.replaced}
    last = digest
    while last in next_of:
        last = next_of[last]
    found = [one for one in editions(release()) if one.summary["digest"] == last]
    found.sort(key=lambda one: made_before(one.name))
    if len(found) > 1:
        found.sort(key=lambda one: opened(one.folder).edition != named)
    return found, last != digest


def _noticed(response: Response) -> Response:
    """The same answer; of a release that took another's place, with where that is told."""
    edition: Edition | None = g.get("edition")
    if edition and edition.former:
        root = request.script_root
        add_links(
            response,
            Link(f"{root}/v/{edition.name}/", "canonical"),
            Link(f"{root}/withdrawals", "describedby", "text/html"),
        )
    return response
