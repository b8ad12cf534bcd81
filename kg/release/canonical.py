"""The canonical form of a graph: its N-Quads, each line once, by code point; and its digest.

Anyone can recompute it: `LC_ALL=C sort -u data.nq | sha256sum`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def write_lines(lines: Iterable[bytes], path: Path) -> str:
    """Writes lines to a file; the SHA-256 of it."""
    sha = hashlib.sha256()
    with path.open("wb") as out:
        for line in lines:
            out.write(line)
            sha.update(line)
    return sha.hexdigest()
