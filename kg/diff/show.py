"""A difference in one of its formats."""

from __future__ import annotations

from kg.diff.atom import as_atom
from kg.diff.compare import Difference
from kg.diff.html import as_html
from kg.diff.text import as_text


def show(found: Difference, form: str) -> str:
    """The difference as text, html or atom."""
    return {"text": as_text, "html": as_html, "atom": as_atom}[form](found)
