"""The difference as a feed: an entry a claim or answer that changed (RFC 4287)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Final
from urllib.parse import quote

from kg.diff.answers import AnswerChange
from kg.diff.compare import Difference
from kg.diff.text import headline
from kg.diff.thing import Entry

ATOM: Final = "http://www.w3.org/2005/Atom"


def as_atom(found: Difference) -> str:
    """The feed. Its ids and dates come from the releases alone, so that it can be made again."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    _add(feed, "id", _id(found, ""))
    _add(feed, "title", f"{found.new.title}: what changed")
    _add(feed, "subtitle", headline(found))
    _add(feed, "updated", f"{found.new.date}T00:00:00Z")
    _add(_add(feed, "author"), "name", found.new.publisher)
    _link(feed, found.new.iri)
    for entry in found.claims():
        _claim(feed, found, entry)
    for change in found.answers.changes:
        _answer(feed, found, change)
    ET.indent(feed, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _claim(feed: ET.Element, found: Difference, entry: Entry) -> None:
    details = [f"{detail.property}: {detail.says}" for detail in entry.details]
    said = " · ".join(entry.about.split(" · ")[:3])
    title = f"Claim {entry.how}: {said}"
    node = _entry(feed, found, f"claim/{entry.iri}", title)
    _link(node, entry.iri)
    _add(node, "category", term=f"claim-{entry.how}")
    _add(
        node,
        "content",
        "\n".join([entry.name, entry.about, f"in “{entry.within}”", *details]),
        type="text",
    )


def _answer(feed: ET.Element, found: Difference, change: AnswerChange) -> None:
    title = f"{change.title} {change.about}".strip()
    node = _entry(feed, found, f"answer/{change.key}", title)
    _add(node, "category", term=f"answer-{change.question}")
    rows = [*(f"no longer: {row}" for row in change.gone), *(f"now: {row}" for row in change.new)]
    because = [f"because {reason}" for reason in change.why]
    _add(node, "content", "\n".join([*rows, *because]), type="text")


def _entry(feed: ET.Element, found: Difference, local: str, title: str) -> ET.Element:
    node = _add(feed, "entry")
    _add(node, "id", _id(found, local))
    _add(node, "title", title)
    _add(node, "updated", f"{found.new.date}T00:00:00Z")
    return node


def _id(found: Difference, local: str) -> str:
    since = f"{found.new.iri}#since-{found.old.digest[:16]}"
    return f"{since}/{quote(local, safe='/-._~')}" if local else since


def _link(parent: ET.Element, iri: str) -> None:
    if iri.startswith(("http://", "https://")):
        _add(parent, "link", rel="alternate", href=iri)


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    node = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    node.text = text
    return node
