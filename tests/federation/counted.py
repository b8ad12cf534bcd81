"""An endpoint behind a door that counts: what was asked of it, in what order."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PASSED = ("Host", "Accept", "Content-Type", "User-Agent")


@dataclass
class Counted:
    """The door's address, and the queries that went through it."""

    address: str
    asked: list[str] = field(default_factory=list)


@contextmanager
def counted(endpoint: str) -> Iterator[Counted]:
    """A door before an endpoint, as long as a block lasts."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self):
            query = urlsplit(self.path).query
            self._pass(f"{endpoint}?{query}", None, parse_qs(query))

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            form = self.headers.get_content_type() == "application/x-www-form-urlencoded"
            self._pass(endpoint, body, parse_qs(body.decode()) if form else {"query": [body]})

        def _pass(self, url: str, body: bytes | None, told: dict):
            if query := told.get("query"):  # else somebody looks what there is
                found.asked.append(query[0] if isinstance(query[0], str) else query[0].decode())
            headers = {name: self.headers[name] for name in PASSED if name in self.headers}
            try:
                asked = urllib.request.Request(url, body, headers)  # noqa: S310 - loopback
                answer = urllib.request.urlopen(asked)  # noqa: S310
            except urllib.error.HTTPError as error:
                answer = error
            with answer:
                content = answer.read()
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_):
            """Nothing: a test says what it wants to say."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        server.daemon_threads = True
        found = Counted(f"http://127.0.0.1:{server.server_port}/sparql")
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield found
        server.shutdown()
