"""A listener of our own, which sees whether an endpoint asks for an address that a query names."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

MARK: Final = "urn:whoholds:probe:read-from-elsewhere"
"""Subject of the one statement that the listener gives to who asks."""
POLL: Final = 0.02
"""Seconds after which the listener sees that it is to end."""
GIVEN: Final = f"<{MARK}> <{MARK}> <{MARK}> .\n"


@dataclass(slots=True)
class Listener:
    """An address of this machine, and the paths that were asked for."""

    address: str
    asked: set[str] = field(default_factory=set)

    def seen(self, path: str) -> str:
        """A sentence where a path was asked for, else nothing."""
        return f"it asked for {self.address}/{path}" if path in self.asked else ""


@contextmanager
def listening() -> Iterator[Listener]:
    """A listener that answers as long as the block lasts, on this machine only."""
    seen: set[str] = set()

    class Answer(BaseHTTPRequestHandler):
        """Notes the path, and gives one statement in Turtle."""

        timeout = 10

        def do_GET(self) -> None:
            """GET and, under other names, POST and HEAD."""
            seen.add(self.path.partition("?")[0].lstrip("/"))
            body = GIVEN.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/turtle")
            self.send_header("Content-Length", f"{len(body)}")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_POST = do_HEAD = do_GET  # noqa: N815 names that http.server looks for

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True).start()
    try:
        yield Listener(f"http://127.0.0.1:{server.server_port}", seen)
    finally:
        server.shutdown()
        server.server_close()
