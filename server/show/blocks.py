"""The text of a page as blocks, for programs that want its words and not its markup. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

KINDS: Final = {
    "h1": "title",
    "h2": "heading",
    "h3": "heading",
    "p": "paragraph",
    "li": "item",
    "dt": "term",
    "dd": "definition",
    "pre": "code",
}
"""What a block is, by the element that holds it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text: what it is, and its words."""

    kind: str
    text: str


def blocks(html: str) -> list[Block]:
    """The blocks of what a page says, its navigation and the list of its forms left out.

    >>> blocks("<main><h1>Limits</h1><p>This is <b>evidence</b>.</p></main>")
    [Block(kind='title', text='Limits'), Block(kind='paragraph', text='This is evidence.')]
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    spaced = (Block(kind, " ".join("".join(words).split())) for kind, words in reader.found)
    return [one for one in spaced if one.text]


class _Reader(HTMLParser):
    """Collects the words of the main element, those of a block within another in the inner one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self._main = self._nav = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._main += tag == "main"
        self._nav += tag == "nav"
        if tag in KINDS and self._main and not self._nav and ("class", "forms") not in attrs:
            block: tuple[str, list[str]] = (KINDS[tag], [])
            self.found.append(block)
            self._open.append((tag, block[1]))

    def handle_endtag(self, tag: str) -> None:
        self._main -= tag == "main"
        self._nav -= tag == "nav"
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1][1].append(data)
