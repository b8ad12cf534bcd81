"""JSON in which every object knows the line on which it begins: there a finding points."""

from __future__ import annotations

import json
import json.decoder
import json.scanner
from bisect import bisect_right
from typing import Any

from kg.errors import ExchangeError, Finding


class Lined(dict[str, Any]):
    """An object of a JSON text, and the line (from 1) on which it begins."""

    line: int = 1


class _Decoder(json.JSONDecoder):
    """The decoder of the standard library, its objects told where they stand."""

    def __init__(self, source: str) -> None:
        super().__init__()
        ends = [at for at, char in enumerate(source) if char == "\n"]
        inner: Any = json.decoder.JSONObject  # type: ignore[attr-defined] # not in its stubs

        def parse_object(s_and_end: tuple[str, int], *rest: Any) -> tuple[Lined, int]:
            found, end = inner(s_and_end, *rest)
            lined = Lined(found)
            lined.line = bisect_right(ends, s_and_end[1] - 1) + 1
            return lined, end

        self.parse_object = parse_object
        # The scanner in C calls no Python for objects; the other one does.
        self.scan_once = json.scanner.py_make_scanner(self)  # type: ignore[attr-defined]


def read_lined(source: str, path: str) -> Any:
    """What a JSON text says. Raises ExchangeError at the line where it is none."""
    try:
        return _Decoder(source).decode(source)
    except json.JSONDecodeError as error:
        message = f"not valid JSON: {error.msg} (column {error.colno}). Correct the line."
        raise ExchangeError([Finding(path, error.lineno, message)]) from None
    except RecursionError:
        message = "nested too deeply to be annotations. Give the file as the tool saved it."
        raise ExchangeError([Finding(path, 1, message)]) from None
