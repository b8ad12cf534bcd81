"""Rows as files: CSV (https://www.rfc-editor.org/rfc/rfc4180) and JSON. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

FORMS: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
"""The media type by suffix."""
Rows = Sequence[Mapping[str, object]]


def write(suffix: str, columns: Sequence[str], rows: Rows, **about: Any) -> str:
    r"""The rows in one of the forms; JSON is an object that says about them, too.

    >>> write("json", ["name"], [{"name": "Aven"}], total=1)
    '{"total": 1, "rows": [{"name": "Aven"}]}\n'
    """
    if suffix == "json":
        return json.dumps({**about, "rows": rows}, ensure_ascii=False) + "\n"
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
