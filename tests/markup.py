"""Reads a page as strictly as a person who checks markup would."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "input", "br", "hr", "img"}
LOADS = {("link", "href"), ("img", "src"), ("script", "src"), ("form", "action")}


class Page(HTMLParser):
    """Tags are balanced, ids unique; links, what is loaded, marks and quotations are kept."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: list[str] = []
        self.marked: list[str] = []
        self.said: list[tuple[str | None, str | None, str]] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found: dict[str, Any] = dict(attrs)
        assert len(found) == len(attrs), f"an attribute twice: {tag} {attrs}"
        self.tags.append(tag)
        assert "style" not in found and not [a for a in found if a.startswith("on")]
        if "id" in found:
            assert found["id"] not in self.ids, f"two things have the id {found['id']}"
            self.ids.add(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        if found.get("rel") not in ("alternate", "icon"):
            self.loads += [found[a] for t, a in LOADS if t == tag and a in found]
        if tag == "mark":
            self.marked.append("")
        if tag == "blockquote":
            self.said.append((found.get("lang"), found.get("dir"), ""))
        if tag not in VOID:
            self.open.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1][0] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        inside = {tag for tag, _ in self.open}
        self.text += data
        if "mark" in inside:
            self.marked[-1] += data
        if "blockquote" in inside:
            lang, direction, said = self.said[-1]
            self.said[-1] = lang, direction, said + data

    def says(self, words: str) -> bool:
        return words in " ".join(self.text.split())
