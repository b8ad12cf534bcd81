"""How this publication behaves: what it is, how it names, how to have it corrected, its limits."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from flask import Blueprint, render_template

from server.pages import counts
from server.site import once, release

blueprint = Blueprint("policy", __name__)

PAGES: Final = {
    "about": "About",
    "labels-policy": "How things are named",
    "corrections": "Corrections and withdrawal",
    "limits": "Limits",
}
"""The pages by address, with their titles."""


@blueprint.get("/about", defaults={"name": "about"})
@blueprint.get("/labels-policy", defaults={"name": "labels-policy"})
@blueprint.get("/corrections", defaults={"name": "corrections"})
@blueprint.get("/limits", defaults={"name": "limits"})
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


def link_to(contact: str) -> str | None:
    """Where a contact leads: its own address, or a letter to it.

    >>> link_to("desk@example.org")
    'mailto:desk@example.org'
    """
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{quote(contact, safe='@+')}" if "@" in contact else None
