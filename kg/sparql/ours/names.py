"""What the functions are called in queries."""

from __future__ import annotations

from typing import Final

OURS: Final = "urn:whoholds:function:"
BEFORE: Final = f"{OURS}before"
UP_TO: Final = f"{OURS}up-to"
LEAST: Final = f"{OURS}least"
LARGEST: Final = f"{OURS}largest"
FAILED: Final = f"{OURS}failed"
"""Not called: it stands for a value in error, which the engine does not show an aggregate."""
TRUTH: Final = f"{OURS}truth"
TRIMMED: Final = f"{OURS}trimmed"
MATCHED: Final = f"{OURS}matched"
REPLACED: Final = f"{OURS}replaced"
REPLACEMENT: Final = f"{OURS}replacement"
PATTERNS: Final = (MATCHED, REPLACED, REPLACEMENT)
"""Those of regular expressions."""
