"""The attached text of an article that travels, and where it may not go."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.errors import ExchangeError, Finding
from kg.mapping.lines import index_lines
from kg.text import digest, unwrapped
from kg.workspace import Workspace


def attached_text(workspace: Workspace, slug: str) -> str | None:
    """The text of an article, where it is attached.

    Raises ExchangeError if it is not the text whose digest the mapping records.
    """
    content = workspace.content(slug)
    if content is None:
        return None
    recorded = workspace.mapping(slug).article.digest
    if recorded not in (None, digest(content)):
        where = workspace.shown(workspace.mapping_path(slug))
        line = index_lines(workspace.source(slug)).of(("article",), "digest")
        message = f"the attached text is {digest(content)}, the mapping records {recorded}."
        refuse(where, [(line, f"{message} Attach the text that it was made from.")])
    return unwrapped(content.decode("utf-8"))


def refuse(path: str, found: Iterable[tuple[int, str]]) -> None:
    """Raises ExchangeError with what was found in a file, by line; nothing where there is none."""
    findings = [Finding(path, line, message) for line, message in sorted(found)]
    if findings:
        raise ExchangeError(findings)


def is_private(workspace: Workspace, folder: Path) -> bool:
    """Whether a folder is outside every repository and the workspace, or in its texts/."""
    folder = folder.resolve()
    if folder.is_relative_to((workspace.home / "texts").resolve()):
        return True
    above = (folder, *folder.parents)
    return workspace.root.resolve() not in above and not any((f / ".git").exists() for f in above)
