"""The page of a review: a small application of its own, for one person on this machine.

Its address holds a random token after the `#`, where no server, log or referrer sees it. The page
sends it back in a header with whatever it asks, so that no other page can ask in its place; files
without content of the article need none. Whoever is called by another host's name answers nothing
(DNS rebinding: https://cheatsheetseries.owasp.org/, Server-Side Request Forgery).
"""

from __future__ import annotations

import hmac
import threading
from typing import Any, Final

from flask import Flask, Response, jsonify, request, send_from_directory

from kg.errors import InputError
from kg.review.adding import add_at, add_named
from kg.review.along import judge_along
from kg.review.desk import Desk, NotAccepted, short_name
from kg.review.entry import Table, from_toml
from kg.review.findings import Findings
from kg.review.finish import finish
from kg.review.proposals import AUTHORITY
from kg.review.renaming import rename
from kg.review.state import forms, state

HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
LARGEST: Final = 1_000_000
"""Bytes of a request; a form has a few hundred."""


class BadField(InputError):
    """A field holds what cannot be read; the key says which."""

    def __init__(self, key: str, message: str) -> None:
        self.findings: Findings = {key: [message]}
        super().__init__(message)


def create_app(desk: Desk, token: str) -> Flask:
    """The application of one desk."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    one_at_a_time = threading.Lock()

    @app.before_request
    def expect_own() -> Response | None:
        return _refusal(token)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    @app.get("/")
    def page() -> Response:
        return send_from_directory("static", "review.html")

    @app.get("/static/<path:name>")
    def static(name: str) -> Response:
        return send_from_directory("static", name)

    @app.get("/api/forms")
    def show_forms() -> Response:
        return jsonify(forms())

    @app.get("/api/state")
    def show_state() -> Response:
        with one_at_a_time:
            return jsonify(state(desk))

    @app.post("/api/<verb>")
    def change(verb: str) -> Response:
        with one_at_a_time:
            return _answer(desk, verb, request.get_json() or {})

    return app


def _answer(desk: Desk, verb: str, asked: dict[str, Any]) -> Response:
    """What a verb said, and the desk after it; or why it was not done."""
    if verb not in _VERBS:
        return _problem(404, f"no verb '{verb}'; {', '.join(_VERBS)}.", {})
    try:
        return jsonify({"said": _VERBS[verb](desk, asked), "state": state(desk)})
    except (NotAccepted, BadField) as error:
        return _problem(422, str(error), error.findings)
    except InputError as error:
        return _problem(422, str(error), {})


def _refusal(token: str) -> Response | None:
    """Why a request is not answered: another host's name, another page's, or no token."""
    host = request.host.rpartition(":")[0] if ":" in request.host else request.host
    if host not in HOSTS:
        return _problem(421, f"'{request.host}' is not this machine's own name.", {})
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return _problem(403, f"asked by a page of {origin}.", {})
    if request.path.startswith("/api/"):
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), token.encode()):
            return _problem(401, "no token: open the address that the command printed.", {})
    return None


def _problem(status: int, detail: str, findings: Findings) -> Response:
    """An error in the one shape that all have (https://www.rfc-editor.org/rfc/rfc9457)."""
    response = jsonify({"status": status, "detail": detail, "findings": findings})
    response.status_code, response.mimetype = status, "application/problem+json"
    return response


# --- the verbs --------------------------------------------------------------------------


def _judge(desk: Desk, asked: dict[str, Any]) -> str:
    path, judgement = _text(asked, "path"), _text(asked, "judgement")
    if asked.get("along") is True:
        return ", ".join(judge_along(desk, path, judgement))
    desk.judge(path, judgement, _table(asked), str(asked.get("because") or ""))
    return path


def _edit(desk: Desk, asked: dict[str, Any]) -> str:
    path = _text(asked, "path")
    desk.edit(path, _table(asked) or {})
    return path


def _check(desk: Desk, asked: dict[str, Any]) -> Findings:
    return desk.findings(_text(asked, "path"), _table(asked))


def _anchor(desk: Desk, asked: dict[str, Any]) -> str:
    path = _text(asked, "path")
    desk.anchor(path, _span(asked))
    return path


def _add(desk: Desk, asked: dict[str, Any]) -> str:
    kind, table = _text(asked, "kind"), _table(asked) or {}
    called = str(asked.get("called") or "added")
    if kind in AUTHORITY and asked.get("span"):
        return add_named(desk, kind, short_name(called), _span(asked))
    name = desk.free_name(kind, called)
    if asked.get("span"):
        return add_at(desk, kind, name, _span(asked), table)
    return desk.add(kind, name, table)


def _rename(desk: Desk, asked: dict[str, Any]) -> list[str]:
    return rename(desk, _text(asked, "path"), _text(asked, "name"))


def _undo(desk: Desk, _: dict[str, Any]) -> list[str]:
    return desk.undo()


def _finish(desk: Desk, asked: dict[str, Any]) -> str:
    finish(desk, anyway=asked.get("anyway") is True)
    return desk.workspace.shown(desk.workspace.mapping_path(desk.slug))


_VERBS: Final = {
    "judge": _judge,
    "edit": _edit,
    "check": _check,
    "anchor": _anchor,
    "add": _add,
    "rename": _rename,
    "undo": _undo,
    "finish": _finish,
}


def _text(asked: dict[str, Any], key: str) -> str:
    value = asked.get(key)
    if not isinstance(value, str):
        raise InputError(f"{key} is {value!r}; expected a text.")
    return value


def _span(asked: dict[str, Any]) -> tuple[int, int]:
    match asked.get("span"):
        case [int(start), int(end)] if 0 <= start < end:
            return start, end
        case other:
            raise InputError(f"span is {other!r}; expected [start, end].")


def _table(asked: dict[str, Any]) -> Table | None:
    """The table as a form fills it; a field of {"toml": "…"} holds what was typed as TOML."""
    table = asked.get("table")
    if table is None:
        return None
    if not isinstance(table, dict):
        raise InputError(f"table is {table!r}; expected the fields of a form.")
    return {key: _value(key, value) for key, value in table.items()}


def _value(key: str, value: Any) -> Any:
    if not (isinstance(value, dict) and set(value) == {"toml"}):
        return value
    try:
        return from_toml(str(value["toml"])) if str(value["toml"]).strip() else None
    except ValueError as expected:
        raise BadField(key, f"{key}: expected {expected}.") from None
