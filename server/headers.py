"""What is sent around every answer: policy, validators, links, access from other origins.

Whatever may be kept is checked anew before it is used again
(https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests): a release can be withdrawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from flask import Response, g, request

from server.site import release

POLICY: Final = "Content-Security-Policy"
"""A page that runs a script of ours says so here; the rest stays forbidden."""
UNFRAMED: Final = "frame-ancestors 'none'"
"""No page of others shows ours in a frame, unless it was made to be shown so (`g.framed`)."""
HEADERS: Final = {
    POLICY: "default-src 'none'; style-src 'self'; img-src 'self'; "
    f"form-action 'self'; base-uri 'none'; {UNFRAMED}",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Allow, Content-Disposition, Content-Length, "
    "Content-Range, ETag, Last-Modified, Link, Location, Repr-Digest, Retry-After, Vary",
}
"""Sent with everything: pages load nothing from elsewhere, run no script; data is open to all."""
PREFLIGHT: Final = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-Modified-Since, "
    "If-None-Match, If-Range, Range",
    "Access-Control-Max-Age": "86400",
}
KEPT: Final = "public, max-age=60, must-revalidate"
"""How long an answer may be used unasked: a minute, in which a release can be replaced."""
UNKEPT: Final = "no-cache"
UNSTORED: Final = "no-store"
"""Of an answer in which others had a part: it may be another one the next time."""
_CODE: Final = frozenset((".py", ".html", ".rq", ".toml", ".ttl"))
_SAFE: Final = "/:?#[]@!$&'()*+,;=%~"


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link to send with an answer (https://www.rfc-editor.org/rfc/rfc8288)."""

    target: str
    relation: str
    media: str | None = None

    def __str__(self) -> str:
        kind = f'; type="{self.media}"' if self.media else ""
        return f'<{quote(self.target, safe=_SAFE)}>; rel="{self.relation}"{kind}'


def add_links(response: Response, *links: Link) -> Response:
    """The same answer, with links."""
    for link in links:
        response.headers.add("Link", f"{link}")
    return response


def of_release(form: str, make: Callable[[], Response]) -> Response:
    """An answer that the current release alone decides, made only for who does not have it yet.

    Its tag is known before it is: the release, the address, the form and the program that makes it.
    """
    tag = _tag(
        release().folder.name,
        release().digest,
        request.script_root,
        request.full_path,
        form,
        program(),
    )
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else make()
    response.set_etag(tag)
    response.last_modified = release().written
    return response


def dated(response: Response) -> Response:
    """The same answer, with the date of the release, unless an attached text had a part in it."""
    if not g.get("read_text"):
        response.last_modified = release().written
    return response


@cache
def program() -> str:
    """A digest of the code and templates that make answers: what they make changes with them."""
    found = hashlib.sha256()
    root = Path(__file__).parent.parent
    for folder in ("server", "kg"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in _CODE and "corpus" not in path.parts:
                found.update(path.read_bytes())
    return found.hexdigest()


def _tag(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def complete(response: Response) -> Response:
    """The answer as it leaves: with what all answers carry, as far as its conditions hold."""
    own = response.headers.pop(POLICY, None)
    response.headers.extend(HEADERS)
    if g.get("framed"):
        response.headers[POLICY] = HEADERS[POLICY].replace(UNFRAMED, "frame-ancestors *")
    if own:
        response.headers[POLICY] = f"{HEADERS[POLICY]}; {own}"
    if request.method == "OPTIONS":
        response.headers.update(PREFLIGHT)
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET")
        return response
    asks = request.method in ("GET", "HEAD")
    kept = asks and response.status_code in (200, 206, 301, 303, 304, 308)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", KEPT if kept else UNKEPT)
    return _checked(response) if asks else response


def _checked(response: Response) -> Response:
    """The answer with its tag; 412 or 304 where it is asked for on a condition that says so."""
    found = response.status_code == 200
    if found and not response.is_streamed:
        response.add_etag()
    if response.status_code in (200, 206, 304) and _is_unmet(response):
        response.status_code = 412  # server.problem says so
    elif found and any(name.startswith("HTTP_IF_") for name in request.environ):
        response.make_conditional(_conditions(response))
    return response


def _is_unmet(response: Response) -> bool:
    """Whether it is asked for on condition that this is another state than it is.

    https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2 has this come first.
    """
    if request.if_match:
        tag, weak = response.get_etag()
        named = tag is not None and not weak and request.if_match.contains(tag)
        return not (named or request.if_match.star_tag)
    since, written = request.if_unmodified_since, response.last_modified
    return since is not None and written is not None and written > since


def _conditions(response: Response) -> dict[str, object]:
    """The request's environment; a date that is not the very one sent decides nothing.

    An older release may become current again, and is then news to who has seen a newer one.
    """
    environ = dict(request.environ)
    environ.pop("HTTP_IF_MATCH", None)  # which is met
    if request.if_modified_since != response.last_modified:
        environ.pop("HTTP_IF_MODIFIED_SINCE", None)
    return environ
