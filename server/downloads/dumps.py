"""The files of the releases: what there is, and each file, in parts if asked for.

Parts are as RFC 9110 has them (https://www.rfc-editor.org/rfc/rfc9110#name-range-requests), one a
request; checksums as RFC 9530 (https://www.rfc-editor.org/rfc/rfc9530).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, cast

from flask import Blueprint, Response, render_template, request
from pyoxigraph import Triple
from werkzeug.exceptions import NotAcceptable, NotFound
from werkzeug.utils import send_file

from kg.release.read import licences_of
from server.downloads.catalogue import catalogue
from server.downloads.editions import Download, Edition, downloads, editions, find_edition
from server.forms import graphed, publish
from server.headers import KEPT, Link, add_links
from server.linked.forms import see_other
from server.negotiate import DESCRIPTIONS, HTML, choose
from server.rows import Sheet, write
from server.site import release

blueprint = Blueprint("dumps", __name__)

CSV_METADATA: Final = "csv-metadata.json"
_INLINE: Final = ("text/plain", "text/html", "text/markdown")
_RANGE: Final = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))", re.ASCII)
_STEPS: Final = ("kB", "MB", "GB", "TB")


@blueprint.get("/.well-known/void")
def void() -> Response:
    """303 to the description of the current release, as VoID and DCAT; for people, to its page.

    https://www.w3.org/TR/void/#well-known
    """
    offer = choose(request.headers.get("Accept"), DESCRIPTIONS)
    if offer == HTML:
        return see_other(f"release/{release().digest.replace(':', '-')}")
    if offer is None:
        raise NotAcceptable("The description of the release is served as RDF and as HTML.")
    place = f"{request.script_root}/release.{offer.suffix}"
    response = Response(status=303, headers={"Location": place})
    response.vary.add("Accept")
    return response


def page(name: str = "") -> str:
    """The files of a release; of the current one, with the other releases."""
    edition, others = _shown(name)
    files = downloads(edition.folder)
    return render_template(
        "dumps.html",
        edition=edition,
        files=files,
        others=others,
        size=size_in_words,
        licences_here=licences_of(edition.summary),
    )


def as_json(name: str = "") -> str:
    """The list for programs."""
    edition, others = _shown(name)
    found = _listed(edition, downloads(edition.folder), others)
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def as_csv(name: str = "") -> str:
    """The files as a table."""
    edition, others = _shown(name)
    rows = _listed(edition, downloads(edition.folder), others)["files"]
    return write("csv", Sheet(("name", "href", "media", "says", "bytes", "sha256"), rows))


def statements(name: str = "") -> Iterator[Triple]:
    """The release and its files as DCAT, and of the others what they are."""
    edition, others = _shown(name)
    return catalogue(edition, downloads(edition.folder), others)


for _path in ("/dumps", "/dumps/<name>"):
    publish(
        blueprint,
        f"{_path}/",
        page,
        {"json": as_json, "csv": as_csv, **graphed(statements)},
        _path,
    )


def _shown(name: str) -> tuple[Edition, list[Edition]]:
    """The release of a name; without one the current, with all there are."""
    if name:
        return _edition(name), []
    found = editions(release())
    return found[0], found


@blueprint.get("/dumps/<name>/<file>")
def send(name: str, file: str) -> Response:
    """A file of a release, or the part of it that is asked for."""
    edition = _edition(name)
    for found in downloads(edition.folder):
        if found.file.name == file:
            return _send(found, edition)
    raise NotFound(f"Release {edition.said} has no file {file}. Its files are at /dumps/{name}/")


def _edition(name: str) -> Edition:
    found = find_edition(release(), name)
    if found is None:
        raise NotFound(f"There is no release {name} here. Those there are stand at /dumps/")
    return found


def _listed(edition: Edition, files: list[Download], others: list[Edition]) -> dict[str, Any]:
    """The list for programs; addresses are relative to the host's root."""
    place = f"{request.script_root}/dumps/{edition.name}/"
    return {
        "name": edition.name,
        "versions": list(edition.versions),
        "current": edition.current,
        "release": edition.summary,
        "files": [
            {
                "name": one.file.name,
                "href": place + one.file.name,
                "media": one.file.media,
                "says": one.file.says,
                "bytes": one.bytes,
                "sha256": one.sha256,
            }
            for one in files
        ],
        "releases": [
            {"name": o.name, "versions": list(o.versions), "date": o.summary.get("date")}
            for o in others
        ],
    }


def _send(found: Download, edition: Edition) -> Response:
    media = found.file.media
    digest = found.sha256 or hashlib.sha256(found.path.read_bytes()).hexdigest()
    sent = send_file(
        found.path,
        _conditions(digest, found.bytes),
        mimetype=media,
        as_attachment=media not in _INLINE,
        download_name=found.file.name,
        conditional=True,
        etag=digest,
        last_modified=datetime.fromtimestamp(int(found.path.stat().st_mtime), UTC),
        response_class=Response,
    )
    response = cast("Response", sent)
    response.headers["Cache-Control"] = KEPT
    response.headers["Repr-Digest"] = f"sha-256=:{_base64(digest)}:"
    return add_links(response, *_links(found, edition))


def _conditions(tag: str, length: int) -> dict[str, Any]:
    """The request's environment; of a range, only one that is understood, and only of GET.

    Who has the file already is told so first, whatever part is asked for
    (https://www.rfc-editor.org/rfc/rfc9110#name-precedence-of-preconditions); the last bytes of a
    file, of which there are fewer, are all.
    """
    environ = dict(request.environ)
    asked = _range(request.headers.get("Range", ""), length)
    environ.pop("HTTP_RANGE", None)
    if asked and request.method == "GET" and not request.if_none_match.contains_weak(tag):
        environ["HTTP_RANGE"] = asked
    environ.pop("HTTP_IF_MATCH", None)
    return environ


def _range(text: str, length: int) -> str | None:
    """One range of bytes that could be satisfied: its end not before its begin; else None."""
    found = _RANGE.fullmatch(text.strip())
    if found is None or (found[2] and int(found[2]) < int(found[1])):
        return None
    return "bytes=0-" if found[3] and int(found[3]) > length else found[0]


def _base64(digest: str) -> str:
    return base64.b64encode(bytes.fromhex(digest)).decode()


def _links(found: Download, edition: Edition) -> Iterator[Link]:
    """Its licences, its list, and what describes it: of a table, its columns."""
    place = f"{request.script_root}/dumps/{edition.name}/"
    yield Link(place, "collection")
    yield from (Link(licence, "license") for licence in licences_of(edition.summary))
    yield Link(f"{request.script_root}/.well-known/void", "describedby")
    if found.path.suffix == ".csv" and found.path.with_name(CSV_METADATA).is_file():
        yield Link(place + CSV_METADATA, "describedby", "application/csvm+json")


def size_in_words(count: int) -> str:
    """How long a file is.

    >>> size_in_words(999), size_in_words(12_345_678)
    ('999 bytes', '12.3 MB')
    """
    if count < 1000:
        return f"{count} bytes"
    size, step = count / 1000, 0
    while size >= 999.95 and step < len(_STEPS) - 1:
        size, step = size / 1000, step + 1
    return f"{size:.1f} {_STEPS[step]}"
