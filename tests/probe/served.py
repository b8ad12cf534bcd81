"""Endpoints on loopback: our own application, as it is and with faults that others have."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socketserver import ThreadingMixIn
from urllib.parse import parse_qsl, urlencode
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from kg.probe.listener import MARK, POLL
from kg.probe.strain import TIMES

FORM = "application/x-www-form-urlencoded"
JSON = ("Content-Type", "application/sparql-results+json")
SERVE = "import sys; from kg.cli import main; sys.exit(main(['serve', *sys.argv[1:]]))"
GRAPHS = ("default-graph-uri", "named-graph-uri")
YES = b'{"head": {}, "boolean": true}'


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def served(app: Callable) -> Iterator[str]:
    """The address at which an application answers, with /sparql behind it."""
    with make_server("127.0.0.1", 0, app, _Server, _Quiet) as server:
        threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/sparql"
        finally:
            server.shutdown()


@contextmanager
def started(*words: str) -> Iterator[str]:
    """The address of an endpoint that `whoholds serve` gives, with some options."""
    command = [sys.executable, "-c", SERVE, *words, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = (re.search(r"http://127\.0\.0\.1:\d+/sparql", line) for line in process.stdout)
            yield next(found[0] for found in said if found)
        finally:
            process.terminate()
            process.wait(20)


def asked(environ: dict) -> list[tuple[str, str]]:
    """All that a request says: its parameters, and its body as query or update."""
    pairs = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0]
    body = peeked(environ)
    if kind == FORM:
        return pairs + parse_qsl(body.decode(), keep_blank_values=True)
    name = {"application/sparql-query": "query", "application/sparql-update": "update"}.get(kind)
    return [*pairs, (name, body.decode("utf-8", "replace"))] if name else pairs


def peeked(environ: dict) -> bytes:
    """The body, which stays to be read."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def is_too_much(environ: dict) -> bool:
    """Whether it is one of the queries that strain."""
    query = dict(asked(environ)).get("query", "")
    return all(f"VALUES ?{name} " in query for name in TIMES)


def limited(app: Callable) -> Callable:
    """The application, where what is too much is answered at once by 503."""

    def answer(environ, start):
        if is_too_much(environ):
            start("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        return app(environ, start)

    return answer


def ignores_graphs(app: Callable) -> Callable:
    """It answers about all of its graphs, whichever the request names."""

    def answer(environ, start):
        pairs = parse_qsl(environ["QUERY_STRING"], keep_blank_values=True)
        environ["QUERY_STRING"] = urlencode([p for p in pairs if p[0] not in GRAPHS])
        if environ.get("CONTENT_TYPE", "").startswith(FORM):
            fields = parse_qsl(peeked(environ).decode(), keep_blank_values=True)
            body = urlencode([p for p in fields if p[0] not in GRAPHS]).encode()
            environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), f"{len(body)}"
        return app(environ, start)

    return answer


def breaks_off(app: Callable) -> Callable:
    """What takes too long ends in the middle of a 200."""

    def answer(environ, start):
        if is_too_much(environ):
            start("200 OK", [JSON])
            return [b'{"head": {"vars": ["n"]}, "results": {"bindings": [']
        return app(environ, start)

    return answer


def answers_in_part(app: Callable) -> Callable:
    """What takes too long comes as a part that looks like the whole."""

    def answer(environ, start):
        if is_too_much(environ):
            start("200 OK", [JSON])
            one = b'{"n": {"type": "literal", "value": "7"}}'
            return [b'{"head": {"vars": ["n"]}, "results": {"bindings": [', one, b"]}}"]
        return app(environ, start)

    return answer


def calls_services(app: Callable) -> Callable:
    """It asks whatever SERVICE names, and hides it."""

    def answer(environ, start):
        query = dict(asked(environ)).get("query", "")
        if "SERVICE" in query.upper():
            address = query[query.index("http://127.") :].partition(">")[0]
            with suppress(OSError), urlopen(address, timeout=5) as found:  # noqa: S310 loopback
                found.read()
            start("400 Bad Request", [("Content-Length", "0")])
            return [b""]
        return app(environ, start)

    return answer


def fetches_graphs(app: Callable) -> Callable:
    """It reads the graphs that it does not have, from addresses and files."""

    def answer(environ, start):
        said = asked(environ)
        words = " ".join(value for _, value in said)
        for begin in ("http://127.0.0.1:", "file:///"):
            if begin in words and "SERVICE" not in words.upper() and "update" not in dict(said):
                address = words[words.index(begin) :].partition(">")[0].split()[0]
                with suppress(OSError), urlopen(address, timeout=5) as found:  # noqa: S310 loopback
                    if MARK.encode() in found.read():
                        start("200 OK", [JSON])
                        return [YES]
        return app(environ, start)

    return answer


def obeys_updates(app: Callable) -> Callable:
    """It takes updates from anybody, and does not say that it does."""
    written: set[str] = set()

    def answer(environ, start):
        said = dict(asked(environ))
        update = said.get("update", "")
        token = next(
            (w for w in f"{update} {said.get('query', '')}".split() if "urn:uuid:" in w), ""
        )
        if update:
            (written.add if "INSERT" in update else written.discard)(token)
            start("204 No Content", [])
            return [b""]
        if token in written and "ASK" in said.get("query", ""):
            start("200 OK", [JSON])
            return [YES]
        return app(environ, start)

    return answer


def refuses_by_500(app: Callable) -> Callable:
    """It refuses updates as the protocol allows, too."""

    def answer(environ, start):
        said = dict(asked(environ))
        if "update" in said or "INSERT" in said.get("query", ""):
            start("500 Internal Server Error", [("Content-Type", "text/plain")])
            return [b"No permission to write"]
        return app(environ, start)

    return answer


def shows_people(app: Callable) -> Callable:
    """Who does not say what it takes gets yes or no as a page."""

    def answer(environ, start):
        if "HTTP_ACCEPT" not in environ and "ASK" in dict(asked(environ)).get("query", ""):
            start("200 OK", [("Content-Type", "text/html")])
            return [b"true"]
        return app(environ, start)

    return answer


def never_answers_bodies(app: Callable) -> Callable:
    """A query by POST as it stands is never answered."""

    def answer(environ, start):
        if environ.get("CONTENT_TYPE", "").startswith("application/sparql-query"):
            time.sleep(30)
        return app(environ, start)

    return answer


def always_yes(_: Callable) -> Callable:
    """It says yes, and 200, to everything."""

    def answer(environ, start):
        peeked(environ)
        start("200 OK", [JSON])
        return [YES]

    return answer


def drops_rows(app: Callable) -> Callable:
    """It sends 10,000 rows, and nothing says that there are more."""

    def answer(environ, start):
        query = dict(asked(environ)).get("query", "")
        if "VALUES ?c { 0 1" in query:
            start("200 OK", [("Content-Type", "text/csv")])
            return [b"a,b,c\r\n", *(b"%d,%d,1\r\n" % (n, n) for n in range(10_000))]
        return app(environ, start)

    return answer
