"""Making a new workspace: the settings, an authority file to fill, and the folders."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Final

from kg.errors import WorkspaceError
from kg.files import write_whole
from kg.mapping.codec import quote
from kg.workspace import FILE

_SETTINGS: Final = Template(
    """\
base      = $base
title     = $title
publisher = "unstated"
licence   = "https://creativecommons.org/licenses/by/4.0/"
excerpt   = "sentence"   # how much of an attached text a page may show: none, anchor, sentence
horizon   = 30           # days for which a report is carried forward
"""
)
_ACTORS: Final = """\
# Who acts, speaks or is named. Types are values of the actor-type scheme.
[judgement]            # what holds for every entry that says nothing else
by = "editor-1"
on = 2000-01-01        # the day you decided
basis = "outside"
because = "say on what ground"

# [actor.town-council]
# type  = "government"
# label = { en = "Town council" }
# alt   = { en = ["the council"] }
"""
_PLACES: Final = """\
# Which places are named. Types are values of the place-type scheme; points are
# [latitude, longitude].
[judgement]
by = "editor-1"
on = 2000-01-01
basis = "outside"
because = "say on what ground"

# [place.aven]
# type    = "town"
# label   = { en = "Aven" }
# part-of = "tarn-province"
"""


def init_workspace(folder: Path, *, base: str | None, title: str) -> list[Path]:
    """Writes a new workspace; the files written. Raises WorkspaceError where one is already."""
    if (folder / FILE).exists():
        raise WorkspaceError(
            f"{folder} already is a workspace ({FILE} is there). Choose another folder."
        )
    settings = _SETTINGS.substitute(
        base=quote(base or "https://example.org/whoholds/"), title=quote(title)
    )
    contents = {
        FILE: settings,
        "authorities/actors.toml": _ACTORS,
        "authorities/places.toml": _PLACES,
        ".gitignore": "texts/\nreleases/\n",
    }
    for name, content in contents.items():
        write_whole(folder / name, content.encode("utf-8"))
    for name in ("articles", "links", "texts"):
        (folder / name).mkdir(exist_ok=True)
    return [folder / name for name in contents]
