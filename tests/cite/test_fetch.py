"""Asking a server again for what was cited: a digest, or a reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from kg.cite.digest import digest_of
from kg.cite.fetch import digest_at
from kg.errors import CitationError

YES = b'{"head":{},"boolean":true}'
SENT = {
    "/json": (200, "application/sparql-results+json", YES, len(YES)),
    "/nt": (200, "application/n-triples", b"<urn:a> <urn:b> <urn:c> .\n", 26),
    "/html": (200, "text/html", b"<html>", 6),
    "/cut": (200, "application/sparql-results+json", YES[:9], len(YES)),
    "/409": (409, "application/problem+json", b'{"detail":"another"}', 20),
}


class Answers(BaseHTTPRequestHandler):
    """What a path stands for."""

    def do_GET(self) -> None:
        status, media, body, length = SENT[self.path]
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is said."""


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_result_has_its_digest(origin, tmp_path):
    file = tmp_path / "yes"
    file.write_bytes(YES)
    with file.open("rb") as kept:
        assert digest_at(f"{origin}/json") == digest_of(kept, graph=False)
    assert digest_at(f"{origin}/nt").startswith("sha256:")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/html", "is no result"),
        ("/cut", "cannot be reached|is no result"),
        ("/409", "answers 409.*another"),
    ],
)
def test_what_is_no_whole_result_is_told(origin, path, says):
    with pytest.raises(CitationError, match=says):
        digest_at(f"{origin}{path}")


@pytest.mark.parametrize("address", ["AbC", "file:///etc/passwd", "ftp://127.0.0.1/q/AbC", ""])
def test_nothing_but_http_is_asked(address):
    with pytest.raises(CitationError, match="no address"):
        digest_at(address)
