"""Errors: one shape for programs (https://www.rfc-editor.org/rfc/rfc9457), a page for people."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import (
    BadGateway,
    BadRequest,
    HTTPException,
    InternalServerError,
    PreconditionFailed,
    UnsupportedMediaType,
)

from kg.errors import QueryRefused, ReleaseError, ServiceError
from server.forms import no_alternates
from server.negotiate import ANSWERS, DESCRIPTIONS, HTML, PROBLEM, TABLES, choose, split_suffix

_FORMS: Final = (*DESCRIPTIONS, *ANSWERS, *TABLES)
_KEPT: Final = ("Allow", "Accept-Encoding", "Accept-Post", "Content-Range", "Retry-After")
_SAID: Final = {
    404: "There is nothing at this address. Check its spelling, or start from the first page.",
    405: "This address does not answer that method; the header Allow lists those it does.",
    412: "What is here is in another state than the request names (If-Match, If-Unmodified-Since). "
    "Ask again without that condition.",
    413: "The request is too long.",
    500: "Something went wrong here, and it is not your fault. It is in the server's log.",
}


def register(app: Flask) -> None:
    """Every error that leaves the application goes through here."""
    app.before_request(_refuse_host)
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(QueryRefused, _refused)
    app.register_error_handler(ReleaseError, _no_release)
    app.register_error_handler(ServiceError, _not_served)
    app.after_request(_unmet)


def problem(status: int, detail: str) -> Response:
    """{"type": "about:blank", "title": "Bad Request", "status": 400, "detail": "…"}"""
    found = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    body = json.dumps(found, ensure_ascii=False) + "\n"
    return Response(body, status, content_type=PROBLEM.media)


def answer(error: HTTPException) -> Response:
    """An error as its client can read it."""
    status = error.code or 500
    said = error.description if type(error).description != error.description else None
    detail = (
        said or _SAID.get(status) or HTTPStatus(status).description or HTTPStatus(status).phrase
    )
    if isinstance(error, InternalServerError):
        detail = _SAID[500]
    response = _page(status, detail) if for_people() else problem(status, detail)
    response.headers.extend((k, v) for k, v in error.get_headers() if k in _KEPT)
    response.vary.add("Accept")
    return response


def unsupported(detail: str, *accepted: str, header: str = "Accept-Post") -> UnsupportedMediaType:
    """The error for a body of a wrong media type; its answer names those that may be sent."""
    error = UnsupportedMediaType(detail)
    headers = [(header, ", ".join(accepted))]
    error.get_headers = lambda *_, **__: headers  # type: ignore[method-assign]
    return error


def for_people() -> bool:
    """Whether the client would rather have a page: browsers name HTML, programs do not."""
    _, asked = split_suffix(request.path, _FORMS)
    if asked is not None and asked != HTML:
        return False
    data = tuple(offer for offer in _FORMS if offer != HTML)
    return choose(request.headers.get("Accept"), (PROBLEM, *data, HTML)) == HTML


def _page(status: int, detail: str) -> Response:
    title = HTTPStatus(status).phrase
    no_alternates()
    body = render_template("error.html", status=status, title=title, detail=detail)
    return Response(body, status, content_type=HTML.content_type)


def _refuse_host() -> None:
    """Raises BadRequest where Host cannot be read: addresses in the answer begin with it."""
    try:
        _ = request.host_url
    except UnicodeError:
        raise BadRequest("The header Host is no name of a host.") from None


def _unmet(response: Response) -> Response:
    """The same response; if a condition is not met, with words in place of what is not wanted."""
    if response.status_code == 412:
        response.close()
        told = answer(PreconditionFailed())
        response.direct_passthrough = False
        response.set_data(told.get_data())
        response.content_type = told.content_type
        response.headers["Cache-Control"] = "no-cache"
        response.vary.update(told.vary)
    return response


def _no_release(error: ReleaseError) -> Response:
    return problem(503, f"{error}")


def _not_served(error: ServiceError) -> Response:
    return answer(BadGateway(f"Another endpoint: {error}"))


def _refused(error: QueryRefused) -> Response:
    return answer(BadRequest(f"Refused: {error}"))
