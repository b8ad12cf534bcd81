"""Asking a server that speaks as OpenAI's does: one request, no redirect, an end to patience.

https://platform.openai.com/docs/api-reference/chat/create
"""

from __future__ import annotations

import http.client
import json
import os
import ssl
import time
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import urlsplit

from kg.errors import ModelError
from kg.proposing import Proposing
from kg.suggest.proposer.schema import INSTRUCTIONS, schema

BYTES: Final = 4 * 2**20
"""Bytes of an answer at most."""


def ask(proposing: Proposing, text: str) -> dict[str, Any]:
    """What the server answers about a text: an object by the schema, if it keeps to it.

    Raises ModelError where it does not answer in time, refuses, or answers something else.
    """
    try:
        status, body = _post(proposing, json.dumps(_request(proposing, text)).encode())
    except (TimeoutError, OSError, http.client.HTTPException) as error:
        why = f"{error}" or type(error).__name__
        raise ModelError(
            f"the proposer at {proposing.proposer} does not answer: {why}. Is it running? "
            "`--no-proposer` goes on without it."
        ) from None
    if status != 200:
        said = body[:200].decode("utf-8", "replace")
        raise ModelError(f"the proposer at {proposing.proposer} answers {status}: {said}")
    return _content(proposing, body)


def _request(proposing: Proposing, text: str) -> dict[str, Any]:
    """The request: the same text gives the same request, and the answer is asked to be so too."""
    return {
        "model": proposing.model,
        "temperature": 0,
        "seed": 1,
        "messages": [
            {"role": "system", "content": INSTRUCTIONS},
            {"role": "user", "content": text},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "claims", "strict": True, "schema": schema()},
        },
    }


def _post(proposing: Proposing, body: bytes) -> tuple[int, bytes]:
    parts = urlsplit(proposing.proposer)
    host = parts.hostname or ""
    connection = (
        http.client.HTTPSConnection(
            host, parts.port, timeout=proposing.seconds, context=ssl.create_default_context()
        )
        if parts.scheme == "https"
        else http.client.HTTPConnection(host, parts.port, timeout=proposing.seconds)
    )
    try:
        path = f"{parts.path.rstrip('/')}/chat/completions"
        connection.request("POST", path, body, _headers(proposing))
        response = connection.getresponse()
        return response.status, _whole(response, time.monotonic() + proposing.seconds)
    finally:
        connection.close()


def _whole(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """The body, however slowly it drips, until a deadline. Raises OSError beyond the limits."""
    read = bytearray()
    while piece := response.read1(2**16):
        read += piece
        if len(read) > BYTES:
            raise OSError(f"more than {BYTES:,} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError("its answer takes too long")
    return bytes(read)


def _headers(proposing: Proposing) -> dict[str, str]:
    """The headers, with the key from its environment variable. Raises ModelError without it."""
    headers = {
        "Accept": "application/json",
        "Content-Type": "application/json",
        "User-Agent": f"WhoHolds/{version('whoholds')} (suggest)",
    }
    if proposing.key:
        key = os.environ.get(proposing.key)
        if not key:
            raise ModelError(
                f"[suggest] key names the environment variable {proposing.key}, which is not set. "
                "Set it, or leave key out if the server wants none."
            )
        headers["Authorization"] = f"Bearer {key}"
    return headers


def _content(proposing: Proposing, body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(json.loads(body)["choices"][0]["message"]["content"])
        if isinstance(content, dict) and isinstance(content.get("claims"), list):
            return content
    except (ValueError, KeyError, IndexError, TypeError):
        pass
    said = body[:120].decode("utf-8", "replace")
    raise ModelError(
        f"the proposer at {proposing.proposer} answers no claims by the JSON schema ({said}…). "
        "Its server must support response_format json_schema."
    )
