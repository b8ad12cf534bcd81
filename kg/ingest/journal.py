"""What has been ingested, skipped and failed: one line each, in the private store.

A line is written before the next article is begun, so whoever goes on after a kill -9 knows what is
done; lines that a power cut takes are made good, for texts are known by their digests too. An id is
reserved ("begun") before its files are written: half an article is written again.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kg.errors import IngestError

FINAL: Final = ("done", "same")
"""What is not tried again: written, or the very text of another article."""


class Journal:
    """The journal of one workspace; open while articles come in."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.articles: dict[str, str] = {}
        """Article by key, of what is done."""
        self.begun: dict[str, str] = {}
        """Article by key, of what was begun and not finished."""
        self._file = path.open("ab")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise IngestError(
                f"{path}: another `whoholds ingest` writes it. Wait until that is done."
            ) from None
        for line in self._read():
            self._take(line)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def write(self, key: str, state: str, **told: Any) -> None:
        """Adds a line, at once out of this process's hands; `told`: the article's id, and why."""
        line = {"key": key, "state": state} | told
        self._take(line)
        self._file.write(json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n")
        self._file.flush()

    def _take(self, line: dict[str, Any]) -> None:
        key, state = line["key"], line["state"]
        if state == "begun":
            self.begun[key] = line["article"]
        else:
            self.begun.pop(key, None)
        if state in FINAL:
            self.articles[key] = line["article"]

    def _read(self) -> Iterator[dict[str, Any]]:
        """The lines that are whole; one that a crash tore off is cut away."""
        if not self.path.is_file():
            return
        content = self.path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            os.truncate(self.path, len(whole))
        for line in whole.splitlines():
            yield json.loads(line)
