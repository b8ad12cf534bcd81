"""What a host's robots.txt asks of visitors. https://www.rfc-editor.org/rfc/rfc9309"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from kg.errors import IngestError

NAME: Final = "WhoHolds"
"""By which this visitor introduces itself."""
_MOST: Final = 512 * 1024
"""Bytes that are read; the standard asks for 500 KiB at least."""
_PATIENCE: Final = 120.0
"""Seconds of a crawl delay that are kept; whoever asks for more is asked nothing twice in a run."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host: which addresses it allows, and the pause that it wants, in seconds."""

    rules: Any
    """Protego's, or whether everything is allowed."""
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether an address may be visited."""
        if isinstance(self.rules, bool):
            return self.rules
        return bool(self.rules.can_fetch(url, NAME))


def rules_of(status: int, content: bytes) -> Robots:
    """The rules that an answer gives: all is allowed where there are none, nothing on an error.

    https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1
    """
    if status >= 500 or status == 429:
        return Robots(rules=False)
    if status != 200:
        return Robots(rules=True)
    try:
        from protego import Protego
    except ImportError:
        raise IngestError(
            "Visiting the web needs protego, which reads robots.txt. "
            "Run `pip install 'whoholds[html]'`."
        ) from None
    rules = Protego.parse(content[:_MOST].decode("utf-8", "replace"))
    return Robots(rules, min(float(rules.crawl_delay(NAME) or 0), _PATIENCE))
