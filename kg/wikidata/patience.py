"""How long to wait before a source is asked again. Pure: chance and the clock are handed in."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Final

TRIES: Final = 4
"""How often one look-up is tried."""
PATIENCE: Final = 300.0
"""Seconds that we wait for a source that asks for them; one that wants more is left alone."""
_FIRST: Final = 2.0
_LONGEST: Final = 60.0


def pause(tried: int, wants: float | None, chance: float) -> float:
    """Seconds after so many tries: doubled each time, spread by chance (0 to 1), or as wanted.

    Whoever is told a time waits that long and then a little, so that not all come back at once.

    >>> pause(1, None, 0.5), pause(3, None, 0.5), pause(1, 30, 0.5)
    (2.0, 8.0, 31.0)
    """
    if wants is not None:
        return wants + _FIRST * chance
    return float(min(_LONGEST, _FIRST * 2 ** (tried - 1))) * (0.5 + chance)


def wanted(header: str | None, now: float) -> float | None:
    """The seconds that Retry-After asks for, at a time of time.time(); None where it says nothing.

    https://www.rfc-editor.org/rfc/rfc9110#field.retry-after

    >>> wanted("5", 0.0), wanted("Thu, 01 Jan 1970 00:01:00 GMT", 20.0), wanted("soon", 0.0)
    (5.0, 40.0, None)
    """
    if header is None:
        return None
    if header.strip().isascii() and header.strip().isdigit():
        return float(header.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - now)
    except (ValueError, OverflowError):
        return None
