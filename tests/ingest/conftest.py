"""A workspace to take articles in, and a small site on this machine to take them from."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.init import init_workspace
from kg.workspace import open_workspace


@pytest.fixture
def empty(tmp_path):
    """A workspace without articles."""
    init_workspace(tmp_path / "w", base=None, title="The valley war")
    return open_workspace(tmp_path / "w")


@dataclass
class Site:
    """What a site answers by path, and what it was asked."""

    url: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def page(self, path: str, body: str | bytes, media="text/html", status=200, **headers):
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": media} | named, content)


@pytest.fixture
def site():
    """The site, served while a test runs."""
    served = Site()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self):
            served.asked.append(self.path)
            status, headers, body = served.pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Nothing: a test says what it wants to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()
