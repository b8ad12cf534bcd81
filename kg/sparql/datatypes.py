"""Which datatypes of XML Schema are numbers, and how numbers are written.

https://www.w3.org/TR/xmlschema-2/#built-in-datatypes
"""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = ("nonNegative", "nonPositive", "positive", "negative")
_SIZES: Final = ("byte", "short", "int", "long")
EXACT: Final = frozenset(
    (
        *("integer", "decimal", *_SIZES),
        *(f"{sign}Integer" for sign in _SIGNS),
        *(f"unsigned{size.capitalize()}" for size in _SIZES),
    )
)
INEXACT: Final = frozenset(("double", "float"))
NUMBERS: Final = EXACT | INEXACT
DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
