"""What has been looked up, on disk: each answer is written whole before the next is asked for.

So whoever goes on after a kill has lost one request. Entities lie by id and revision, searches by
the digest of what was asked.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from kg.errors import WorkspaceError
from kg.files import write_whole
from kg.text import digest

MISSING: Final = "missing"
_IGNORE: Final = b"*\n"


class Cache:
    """A folder of answers, which keeps itself out of every repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entity(self, asked: str) -> dict[str, Any] | None:
        """The newest revision kept under an id, an empty one where there is no such entity.

        None where nothing is kept. Its own id is another one where the two were merged.
        """
        folder = self.folder / "entities" / asked
        found = [int(p.stem) for p in folder.glob("*.json") if p.stem.isdigit()]
        if found:
            return self._read(folder / f"{max(found)}.json")
        return {} if (folder / f"{MISSING}.json").is_file() else None

    def keep_entity(self, asked: str, entity: dict[str, Any]) -> None:
        """Keeps an entity under the id that was asked for, or that there is none."""
        revision = entity.get("lastrevid", 0) if entity else MISSING
        self._write(self.folder / "entities" / asked / f"{revision}.json", entity)

    def search(self, asked: str) -> Any | None:
        """What was answered to a question, or None."""
        found = self._read(self._search(asked))
        return None if found is None else found["answer"]

    def keep_search(self, asked: str, answer: Any) -> None:
        """Keeps the answer to a question, with the question."""
        self._write(self._search(asked), {"asked": asked, "answer": answer})

    def _search(self, asked: str) -> Path:
        return self.folder / "searches" / f"{digest(asked.encode()).rpartition(':')[2]}.json"

    def _read(self, path: Path) -> Any | None:
        try:
            return json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:
            raise WorkspaceError(f"{path}: no JSON. Delete it: it is looked up again.") from None

    def _write(self, path: Path, content: Any) -> None:
        ignore = self.folder / ".gitignore"
        if not ignore.is_file():
            write_whole(ignore, _IGNORE)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
        write_whole(path, text.encode())
