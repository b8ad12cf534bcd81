"""Relative references (https://www.rfc-editor.org/rfc/rfc3986#section-5.2), as SPARQL has them.

Nothing else is made of an IRI: SPARQL knows no normalization. Python's urljoin drops what is empty
(`?`, `g;`) and reads parameters of a path.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_PARTS: Final = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)
"""https://www.rfc-editor.org/rfc/rfc3986#appendix-B"""


class _Parts(NamedTuple):
    """Those of an IRI; None is none, which is another thing than an empty one."""

    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None

    def __str__(self) -> str:
        scheme, authority, path, query, fragment = self
        before = "" if scheme is None else f"{scheme}:"
        before += "" if authority is None else f"//{authority}"
        behind = "" if query is None else f"?{query}"
        behind += "" if fragment is None else f"#{fragment}"
        return f"{before}{path}{behind}"


def resolved(reference: str, base: str) -> str:
    """The IRI that a reference stands for below a base; what has a scheme stands for itself.

    >>> resolved("../g?", "http://a/b/c/d;p?q")
    'http://a/b/g?'
    """
    found = _parts(reference)
    if found.scheme is not None:
        return reference
    below = _parts(base)
    if found.authority is not None:
        path = _without_dots(found.path)
        return f"{found._replace(scheme=below.scheme, path=path)}"
    if not found.path:
        query = below.query if found.query is None else found.query
        return f"{below._replace(query=query, fragment=found.fragment)}"
    path = _without_dots(_merged(found.path, below))
    return f"{below._replace(path=path, query=found.query, fragment=found.fragment)}"


def _parts(iri: str) -> _Parts:
    found = _PARTS.fullmatch(iri)
    assert found  # noqa: S101 every part may be missing, and the path has what is left
    return _Parts(*found.groups())


def _merged(path: str, base: _Parts) -> str:
    """A reference's path below that of a base (section 5.2.3)."""
    if path.startswith("/"):
        return path
    if base.authority is not None and not base.path:
        return f"/{path}"
    return base.path[: base.path.rfind("/") + 1] + path


def _without_dots(path: str) -> str:
    """A path without its steps `.` and `..` (section 5.2.4)."""
    if "." not in path:
        return path
    rooted, kept = path.startswith("/"), list[str]()
    steps = path.removeprefix("/").split("/")
    for step in steps:
        if step == "..":
            del kept[-1:]
        elif step != ".":
            kept.append(step)
    if steps[-1] in (".", ".."):
        kept.append("")
    return "/" * rooted + "/".join(kept)
