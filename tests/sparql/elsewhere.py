"""Another endpoint on loopback, which answers as its handler says, and keeps what it was asked."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from pyoxigraph import QueryResultsFormat, Store

JSON = "application/sparql-results+json"
Handler = BaseHTTPRequestHandler


class Elsewhere:
    """Its address, and the queries and headers that came."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port = server.server_port
        self.address = f"http://127.0.0.1:{self.port}/sparql"
        self.asked = list[str]()
        self.headers = list[dict[str, str]]()


@contextmanager
def elsewhere(
    answer: Callable[[Handler, str], None], tls: ssl.SSLContext | None = None
) -> Iterator[Elsewhere]:
    """An endpoint whose answers are written by a function."""

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            query = parse_qs(body)["query"][0]
            found.asked.append(query)
            found.headers.append(dict(self.headers))
            answer(self, query)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server:
        server.block_on_close = False
        found = Elsewhere(server)
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
            found.address = f"https://localhost:{found.port}/sparql"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield found
        finally:
            server.shutdown()


def says(body: bytes, media: str = JSON, status: int = 200, **headers: str):
    """Answers so."""

    def answer(handler: Handler, _: str) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": media, **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def knows(store: Store):
    """Answers from a store."""

    def answer(handler: Handler, query: str) -> None:
        says(store.query(query).serialize(format=QueryResultsFormat.JSON))(handler, query)

    return answer
