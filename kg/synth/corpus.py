"""Writing a generated corpus as a workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import WorkspaceError
from kg.files import write_whole
from kg.mapping.codec import quote
from kg.mapping.write import write
from kg.synth.article import write_article
from kg.synth.theatre import ARTICLES, Theatre, make_theatre
from kg.workspace import FILE

_HEAD = '[judgement]\nby = "generator"\non = 1990-01-01\nbasis = "outside"\nbecause = "invented"\n'
_TYPES = {"outlets": "news-outlet", "monitors": "monitoring-group", "people": "military-officer"}


def write_corpus(
    count: int, folder: Path, seed: int = 1, progress: Callable[[str], None] = lambda _: None
) -> None:
    """Writes a workspace of `count` generated articles, texts attached. Raises WorkspaceError."""
    if (folder / FILE).exists():
        raise WorkspaceError(f"{folder} already is a workspace. Choose another folder.")
    actors, places = [_HEAD], [_HEAD]
    for number in range(-(-count // ARTICLES)):
        theatre = make_theatre(number, seed)
        actors.append(_actors(theatre))
        places.append(_places(theatre))
        for n in range(number * ARTICLES, min(count, (number + 1) * ARTICLES)):
            _write_one(folder, theatre, n, seed)
        progress(f"wrote {min(count, (number + 1) * ARTICLES)} of {count} articles")
    write_whole(folder / "authorities" / "actors.toml", "\n".join(actors).encode("utf-8"))
    write_whole(folder / "authorities" / "places.toml", "\n".join(places).encode("utf-8"))
    title = quote(f"Generated corpus of {count} articles, seed {seed}")
    settings = f'base = "https://example.org/synth/"\ntitle = {title}\n'
    write_whole(folder / FILE, settings.encode("utf-8"))


def _write_one(folder: Path, theatre: Theatre, number: int, seed: int) -> None:
    text, mapping = write_article(theatre, number, seed)
    slug = f"report-{number:05d}"
    for path, content in (
        (folder / "texts" / f"{slug}.txt", text),
        (folder / "articles" / slug / "mapping.toml", write(mapping)),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def _actors(theatre: Theatre) -> str:
    forces = _entries("actor", theatre.forces, "armed-group")
    others = [_entries("actor", getattr(theatre, k), kind) for k, kind in _TYPES.items()]
    return "\n".join([forces, *others])


def _places(theatre: Theatre) -> str:
    return _entries("place", theatre.places, "town")


def _entries(kind: str, names: dict[str, str], type_: str) -> str:
    extra = '\npublication-basis = "public-office"' if type_ == "military-officer" else ""
    return "\n".join(
        f'[{kind}.{slug}]\ntype = "{type_}"\nlabel = {{ en = {quote(label)} }}{extra}'
        for slug, label in names.items()
    )
