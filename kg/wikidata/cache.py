"""What has been looked up, on disk: each answer is written whole before the next is asked for.

So whoever goes on after a kill has lost one request. Entities lie by their own id and revision, as
Wikidata writes them; ids that lead to another entity, or to none, lie apart; searches by the digest
of what was asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from kg.errors import WorkspaceError
from kg.files import write_whole
from kg.text import digest

_IGNORE: Final = b"*\n"


class Cache:
    """A folder of answers, which keeps itself out of every repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entity(self, asked: str) -> dict[str, Any] | None:
        """The entity that an id leads to, an empty one where it leads to none.

        None where nothing is kept. Its own id is another one where the two were merged.
        """
        leads = self._read(self._elsewhere(asked))
        if leads == {}:
            return {}
        kept = self._revisions(leads["id"] if leads else asked)
        return self._read(max(kept, key=_revision)) if kept else None

    def keep_entity(self, asked: str, entity: dict[str, Any]) -> None:
        """Keeps the entity that an id leads to, or that there is none; deletes older ones."""
        own = entity.get("id", "")
        if entity:
            path = self._entities(own) / f"{entity.get('lastrevid', 0)}.json"
            self._write(path, entity)
            _delete(set(self._revisions(own)) - {path})
        if own == asked:
            _delete([self._elsewhere(asked)])
        else:
            self._write(self._elsewhere(asked), {"id": own} if entity else {})
            _delete(self._revisions(asked))

    def _entities(self, own: str) -> Path:
        return self.folder / "entities" / own

    def _revisions(self, own: str) -> list[Path]:
        return [p for p in self._entities(own).glob("*.json") if p.stem.isdigit()]

    def _elsewhere(self, asked: str) -> Path:
        return self.folder / "elsewhere" / f"{asked}.json"

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


def _revision(path: Path) -> int:
    return int(path.stem)


def _delete(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
