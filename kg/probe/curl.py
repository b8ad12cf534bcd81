"""A request as a line that people can repeat."""

from __future__ import annotations

import shlex
from urllib.parse import urlsplit, urlunsplit

from kg.probe.address import Endpoint
from kg.probe.wire import Request


def curl(request: Request, endpoint: Endpoint) -> str:
    """The command line that sends the same request, and shows head and body of the reply."""
    words = ["curl", "-sS", *_method(request)]
    names = {name.lower() for name, _ in request.headers}
    for name, value in request.headers:
        words += ["-H", f"{name}: {value}"]
    if request.body is not None:
        words += [] if "content-type" in names else ["-H", "Content-Type:"]
        words += ["--data-binary", request.body if _is_plain(request) else "@-"]
    line = shlex.join([*words, _address(request, endpoint)])
    return line if _is_plain(request) else f"{_encoded(request)} | {line}"


def _method(request: Request) -> list[str]:
    if request.method == "HEAD":
        return ["-I"]
    return ["-i"] if request.method == "GET" else ["-i", "-X", request.method]


def _is_plain(request: Request) -> bool:
    """Whether the body can stand on the line: curl takes a leading @ for a file's name."""
    body = request.body or ""
    return request.encoding.lower() == "utf-8" and not body.startswith("@")


def _encoded(request: Request) -> str:
    encoding = request.encoding.upper()
    return f"printf %s {shlex.quote(request.body or '')} | iconv -f UTF-8 -t {encoding}"


def _address(request: Request, endpoint: Endpoint) -> str:
    try:
        parts = urlsplit(request.at or endpoint.url)
    except ValueError:
        return request.at
    query = "&".join(part for part in (parts.query, request.query) if part)
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))
