"""Writing a generated corpus as a workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import WorkspaceError
from kg.files import write_whole
from kg.mapping.codec import quote
from kg.mapping.write import write
from kg.synth.article import slug_of, write_article
from kg.synth.theatre import ARTICLES, Entity, Theatre, make_theatre
from kg.workspace import FILE

_HEAD = '[judgement]\nby = "generator"\non = 1990-01-01\nbasis = "outside"\nbecause = "invented"\n'


def write_corpus(
    count: int, folder: Path, seed: int = 1, progress: Callable[[str], None] = lambda _: None
) -> None:
    """Writes a workspace of `count` generated articles, texts attached. Raises WorkspaceError."""
    if (folder / FILE).exists():
        raise WorkspaceError(f"{folder} already is a workspace. Choose another folder.")
    actors, places = [_HEAD], [_HEAD]
    for number in range(-(-count // ARTICLES)):
        theatre = make_theatre(number, seed)
        actors += (_entry("actor", entity) for entity in theatre.all_actors)
        places += (_entry("place", entity) for entity in theatre.all_places)
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
    slug = slug_of(number)
    for path, content in (
        (folder / "texts" / f"{slug}.txt", text),
        (folder / "articles" / slug / "mapping.toml", write(mapping)),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8"))


def _entry(kind: str, entity: Entity) -> str:
    lines = [
        f"[{kind}.{entity.slug}]",
        f'type = "{entity.type}"',
        f"label = {{ en = {quote(entity.label)} }}",
        f"alt = {{ en = [{', '.join(map(quote, entity.alt))}] }}",
    ]
    if entity.part_of:
        lines.append(f'part-of = "{entity.part_of}"')
    if entity.point:
        lines.append(f"point = {list(entity.point)}")
    if entity.type == "military-officer":
        lines.append('publication-basis = "public-office"')
    return "\n".join(lines)
