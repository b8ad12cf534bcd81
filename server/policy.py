"""How this publication behaves: what it is, how it names, how to have it corrected, its limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import Final
from urllib.parse import quote

from flask import Blueprint, render_template
from pyoxigraph import Triple

from kg.lift.terms import words
from server.forms import graphed, publish
from server.linked.listing import about_page, here, state
from server.pages import counts
from server.show.blocks import Block, blocks
from server.site import once, release

blueprint = Blueprint("policy", __name__)

PAGES: Final = {
    "about": "About",
    "labels-policy": "How things are named",
    "corrections": "Corrections and withdrawal",
    "limits": "Limits",
}
"""The pages by address, with their titles."""


def show(name: str) -> str:
    """One of the pages."""
    return render_template(
        f"policy/{name}.html",
        name=name,
        pages=PAGES,
        counts=once("counts", counts),
        contact=release().summary.get("contact", ""),
        contact_link=link_to(release().summary.get("contact", "")),
        sampling=(release().folder / "sampling.md").is_file(),
    )


def as_json(name: str) -> str:
    """What a page says: {"title": "Limits", "blocks": [{"kind": "paragraph", "text": "…"}]}"""
    found = {"title": PAGES[name], "blocks": [asdict(one) for one in _said(name)]}
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def statements(name: str) -> Iterator[Triple]:
    """A page as RDF: <…/limits> a schema:WebPage ; schema:text "This is evidence of …"@en ."""
    page = here(name)
    yield from about_page(page, "schema:WebPage", PAGES[name])
    text = "\n\n".join(one.text for one in _said(name))
    yield from state(page, schema_text=words(text, "en"))


def _said(name: str) -> list[Block]:
    return [one for one in blocks(show(name)) if one.kind != "title"]


for _name in PAGES:
    publish(
        blueprint,
        f"/{_name}",
        partial(show, _name),
        {"json": partial(as_json, _name), **graphed(partial(statements, _name))},
    )


def link_to(contact: str) -> str | None:
    """Where a contact leads: its own address, or a letter to it.

    >>> link_to("desk@example.org")
    'mailto:desk@example.org'
    """
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{quote(contact, safe='@+')}" if "@" in contact else None
