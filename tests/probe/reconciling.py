"""Reconciliation services on loopback: our own application, with faults that others have."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from urllib.parse import parse_qs

from tests.probe.served import peeked

OK = "200 OK"


def changed(app: Callable, change: Callable[[dict, object], object], *starts: str) -> Callable:
    """The application, whose JSON at paths that begin so is another: change(environ, value)."""

    def answer(environ, start):
        peek = peeked(environ)
        environ["whoholds.body"] = peek
        said: list = []
        body = b"".join(app(environ, lambda status, headers, *_: said.extend((status, headers))))
        status, headers = said
        kind = dict(headers).get("Content-Type", "")
        wanted = any(environ["PATH_INFO"].startswith(one) for one in starts or ("/reconcile",))
        if wanted and kind == "application/json" and status == OK:
            body = json.dumps(change(environ, json.loads(body))).encode()
            headers = [pair for pair in headers if pair[0] != "Content-Length"]
        start(status, headers)
        return [body]

    return answer


def results(change: Callable[[list], object]) -> Callable[[Callable], Callable]:
    """A fault in the candidates of each query."""

    def fault(found):
        if not isinstance(found, dict) or "versions" in found or "rows" in found:
            return found
        return {
            key: change(one["result"]) if isinstance(one, dict) and "result" in one else one
            for key, one in found.items()
        }

    def around(app: Callable) -> Callable:
        return changed(
            app, lambda e, f: fault(f) if e["PATH_INFO"] == "/reconcile" else f, "/reconcile"
        )

    return around


def wrapped(change: Callable[[list], list]) -> Callable[[list], dict]:
    return lambda candidates: {"result": change(candidates)}


def manifest(**other: object) -> Callable[[Callable], Callable]:
    """A manifest that says something else; None takes a name away."""

    def change(_, found):
        if not isinstance(found, dict) or "versions" not in found:
            return found
        return {k: v for k, v in (found | other).items() if v is not None}

    return lambda app: changed(app, change)


def without_header(name: str) -> Callable[[Callable], Callable]:
    """A service that leaves a header out."""

    def around(app: Callable) -> Callable:
        def answer(environ, start):
            return app(environ, lambda s, h, *_: start(s, [p for p in h if p[0] != name]))

        return answer

    return around


def swallows_errors(app: Callable) -> Callable:
    """Every mistake of a client is answered with 200 and a sentence."""

    def answer(environ, start):
        said: list = []
        body = b"".join(app(environ, lambda status, headers, *_: said.extend((status, headers))))
        if said[0].startswith("4"):
            start(OK, [("Content-Type", "application/json")])
            return [b'{"status": "error", "message": "something is wrong"}']
        start(*said)
        return [body]

    return answer


def one_for_all(app: Callable) -> Callable:
    """Keys are numbered anew, whatever the client called its queries."""

    def change(environ, found):
        fields = parse_qs(environ["whoholds.body"].decode())
        if "queries" not in fields or not isinstance(found, dict):
            return found
        return {f"q{at}": one for at, one in enumerate(found.values())}

    return changed(app, change)


def suggests_from_the_begin(app: Callable) -> Callable:
    """It knows no cursor."""

    def answer(environ, start):
        if "/suggest/" in environ["PATH_INFO"]:
            environ["QUERY_STRING"] = environ["QUERY_STRING"].partition("&cursor")[0]
        return app(environ, start)

    return answer


def extends_in_part(app: Callable) -> Callable:
    """The last column has no cells."""

    def change(_, found):
        if isinstance(found, dict) and "rows" in found:
            last = found["meta"][-1]["id"]
            for row in found["rows"].values():
                row.pop(last)
        return found

    return changed(app, change)


def breaks(app: Callable) -> Callable:
    """What is large is answered with 500."""

    def answer(environ, start):
        if int(environ.get("CONTENT_LENGTH") or 0) > 100_000:
            environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            start("500 Internal Server Error", [("Content-Length", "0")])
            return [b""]
        environ["wsgi.input"] = io.BytesIO(peeked(environ))
        return app(environ, start)

    return answer


def sure(candidates: list) -> list:
    return [one | {"match": True} for one in candidates]


def guessing(app: Callable) -> Callable:
    """Whatever is asked, it is sure of something."""

    def change(candidates):
        known = {"id": "place/aven", "name": "Aven", "score": 100, "match": True}
        return {"result": candidates or [known]}

    return results(change)(app)


FAULTS = {
    "of the first version": (manifest(versions=None), {"manifest-version"}),
    "a manifest without spaces": (manifest(schemaSpace=None), {"manifest"}),
    "a preview without an id": (
        manifest(preview={"url": "http://127.0.0.1/", "width": 1, "height": 1}),
        {"manifest", "preview", "preview-in-a-frame", "unknown-id"},
    ),
    "results that are lists": (
        results(lambda candidates: candidates),
        {
            *("batch-by-post", "batch-by-get", "keys-are-kept", "sorted-by-score", "limit"),
            *("features-once", "type-finds", "name-finds", "id-finds", "queries-alone"),
            *("one-match", "nonsense-is-no-match"),
        },
    ),
    "all are matches": (results(wrapped(sure)), {"one-match"}),
    "guesses": (guessing, {"nonsense-is-no-match"}),
    "the worst first": (results(wrapped(lambda c: c[::-1])), {"sorted-by-score"}),
    "features twice": (
        results(wrapped(lambda c: [one | {"features": one["features"] * 2} for one in c])),
        {"features-once"},
    ),
    "no limit": (results(wrapped(lambda c: [*c, *c])), {"limit", "one-match", "sorted-by-score"}),
    "keys anew": (one_for_all, {"keys-are-kept", "queries-alone"}),
    "no cursor": (
        suggests_from_the_begin,
        {"entity-cursor", "type-cursor", "property-cursor"},
    ),
    "cells that lack": (extends_in_part, {"extension-by-post"}),
    "no other origins": (
        without_header("Access-Control-Allow-Origin"),
        {"origins-by-get", "origins-by-post"},
    ),
    "errors in a 200": (
        swallows_errors,
        {
            *("no-json", "no-object", "empty-query", "wrong-type", "no-ids", "unknown-field"),
            "unknown-id",
        },
    ),
    "breaks when strained": (breaks, {"large-body", "large-batch", "deep-json"}),
}
