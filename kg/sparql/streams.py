"""What a result passes through while it is written: it is counted, and its XML is made sound."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final, Protocol

from pyoxigraph import Triple

from kg.errors import QueryRefused

_NOT_XML: Final = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What an XML document cannot hold, or not as it is (https://www.w3.org/TR/xml/#charsets)."""
_MARKS: Final = {
    "json": re.compile(rb'[\[,]\{"[^,}:\]]'),
    "xml": re.compile(rb"<result>"),
    "tsv": re.compile(rb"\n"),
}
"""What each row of a table has once as the engine writes it, and no word of it can have."""
_LONGEST: Final = 8


class Out(Protocol):
    """Takes bytes."""

    def write(self, content: bytes, /) -> int:
        """Takes some."""
        ...

    def flush(self) -> None:
        """What a writer may ask of a file."""
        ...


class SoundXml:
    """XML that every parser reads as it was meant: line ends of words are kept.

    What else XML cannot hold is refused: another character in its place would be another word.
    """

    def __init__(self, out: Out, instead: str) -> None:
        self._out = out
        self._instead = instead
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def write(self, content: bytes) -> int:
        """Takes some bytes; one may end in the midst of a sign. Raises QueryRefused."""
        text = self._decoder.decode(content)
        self._out.write(_NOT_XML.sub(self._sound, text).encode())
        return len(content)

    def flush(self) -> None:
        """Nothing is held back but half a sign."""

    def _sound(self, found: re.Match[str]) -> str:
        if found[0] == "\r":
            return "&#13;"
        raise QueryRefused(
            f"the result has the character U+{ord(found[0]):04X}, which cannot be written in XML. "
            f"Ask for {self._instead}, or another form."
        )


class Rows:
    """Counts the rows of a table that passes; in JSON not those that bind nothing."""

    def __init__(self, out: Out, form: str) -> None:
        self._out = out
        self._find = _Marks(_MARKS[form]) if form in _MARKS else _Lines()
        self.count = -1 if form in ("csv", "tsv") else 0  # they begin with a line that is none

    def write(self, content: bytes) -> int:
        """Takes some bytes."""
        self.count += self._find.among(content)
        return self._out.write(content)

    def flush(self) -> None:
        """Nothing is held back."""


class _Marks:
    """Counts marks, which may begin in one piece and end in the next."""

    def __init__(self, mark: re.Pattern[bytes]) -> None:
        self._mark = mark
        self._last = b""

    def among(self, content: bytes) -> int:
        """How many end in these bytes."""
        before, seen = len(self._last), self._last + content
        self._last = seen[1 - _LONGEST :]
        find = self._mark.findall
        return len(find(seen)) - len(find(seen, 0, before))


class _Lines:
    """Counts ends of lines that are not quoted."""

    def __init__(self) -> None:
        self._quoted = False

    def among(self, content: bytes) -> int:
        """How many these bytes have."""
        parts = content.split(b'"')
        found = sum(part.count(b"\n") for part in parts[self._quoted :: 2])
        self._quoted ^= len(parts) % 2 == 0
        return found


class Counted:
    """Counts the statements of a graph that pass."""

    def __init__(self, triples: Iterator[Triple]) -> None:
        self._triples = triples
        self.count = 0

    def __iter__(self) -> Iterator[Triple]:
        for triple in self._triples:
            self.count += 1
            yield triple
