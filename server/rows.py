"""Rows as files: CSV (https://www.rfc-editor.org/rfc/rfc4180) and JSON. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

FORMS: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
"""The media type by suffix."""
Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its columns, its rows, and what JSON says about them."""

    columns: Sequence[str]
    rows: Rows
    about: Mapping[str, Any] = field(default_factory=dict)


def write(suffix: str, sheet: Sheet) -> str:
    r"""A table in one of the forms; JSON is an object that says about its rows, too.

    >>> write("json", Sheet(["name"], [{"name": "Aven"}], {"total": 1}))
    '{"total": 1, "rows": [{"name": "Aven"}]}\n'
    """
    if suffix == "json":
        return json.dumps({**sheet.about, "rows": sheet.rows}, ensure_ascii=False) + "\n"
    out = io.StringIO()
    writer = csv.DictWriter(out, sheet.columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(sheet.rows)
    return out.getvalue()
