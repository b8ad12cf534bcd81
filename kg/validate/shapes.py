"""The shipped shapes, as one Turtle text."""

from __future__ import annotations

from functools import cache
from typing import Final

from kg.vocabulary import resource

SHACL: Final = "http://www.w3.org/ns/shacl#"
SHAPES: Final = "https://w3id.org/whoholds/shapes#"


@cache
def shapes_text() -> str:
    """All files of shapes/, one after the other."""
    return "\n".join(path.read_text("utf-8") for path in sorted(resource("shapes").glob("*.ttl")))
