"""A workspace on disk: whoholds.toml, mappings, authority files, links, attached texts."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from kg.address import is_address, is_contact
from kg.authority import Authorities, read_authorities
from kg.errors import AuthorityError, Finding, MappingError, TextError, WorkspaceError, suggest
from kg.limits import Endpoint, endpoint_of
from kg.links.reading import read_table
from kg.links.table import ENDING, Table
from kg.mapping.check import Known, check
from kg.mapping.document import Mapping
from kg.mapping.lines import index_lines
from kg.mapping.read import read
from kg.names import DEFAULT_BASE, Names, is_slug, owned
from kg.proposing import Proposing, proposing_of
from kg.retired import FILE as RETIRED
from kg.retired import Retired, read_retired
from kg.text import UNWRITABLE, decode
from kg.vocabulary import load_vocabulary
from kg.wikidata.settings import Wikidata, wikidata_of

FILE: Final = "whoholds.toml"
SHIPPED: Final = Path(__file__).parent / "corpus"
VERSION: Final = re.compile(r"[0-9]{4}(\.(0|[1-9][0-9]{0,5})){1,2}")
"""A release's version, such as 2026.1; never the name of a release's folder."""
FORBIDDEN: Final = "forbidden"
"""Stands for the licence of a source that allows no publication of what it says."""
EXCERPTS: Final = ("none", "anchor", "sentence")


@dataclass(frozen=True, slots=True)
class Settings:
    """What whoholds.toml says."""

    base: str = DEFAULT_BASE
    title: str = "Untitled workspace"
    publisher: str = "unstated"
    contact: str = ""
    licence: str = "https://creativecommons.org/licenses/by/4.0/"
    excerpt: str = "sentence"
    horizon: int = 30
    version: str = ""
    licences: dict[str, str] = field(default_factory=dict)
    """The licence of an article's graph, where it is not the workspace's; or FORBIDDEN."""
    endpoint: Endpoint = field(default_factory=Endpoint)
    """What a query may cost, and how the server is run."""
    suggest: Proposing = field(default_factory=Proposing)
    """Which server may propose claims, if any."""
    wikidata: Wikidata = field(default_factory=Wikidata)
    """Where identities are looked up elsewhere, if anywhere."""


@dataclass(frozen=True)
class Workspace:
    """One workspace. Reading is lazy: a command pays only for what it uses."""

    root: Path
    home: Path
    settings: Settings = field(default_factory=Settings)

    @property
    def names(self) -> Names:
        """Mints this workspace's IRIs."""
        return Names(self.settings.base)

    @cached_property
    def authorities(self) -> Authorities:
        """The actors and places. Raises AuthorityError."""
        return read_authorities(self._authority_sources(), load_vocabulary())

    def _authority_sources(self) -> dict[str, str]:
        """The texts of the authority files, by path."""
        files = sorted((self.root / "authorities").glob("*.toml"))
        return {self.shown(f): _read_utf8(f) for f in files}

    @cached_property
    def links(self) -> tuple[Table, ...]:
        """The link tables, by target. Raises AuthorityError."""
        return tuple(map(self._table, sorted((self.root / "links").glob(f"*{ENDING}"))))

    def _table(self, file: Path) -> Table:
        """A link table, which may be published: its graph has the licence of the workspace."""
        source = _read_utf8(file)
        table, ours = read_table(source, self.shown(file)), self.settings.licence
        said = table.about.get("license", ours)
        if ours and said != ours:
            line = source[: source.index("#license:")].count("\n") + 1
            message = (
                f"has the licence '{said}'; links are published under the workspace's, '{ours}'. "
                "Write that where whoever made the table allows it, else take the table out."
            )
            raise AuthorityError([Finding(table.path, line, message)])
        return table

    def drafted(self, slug: str) -> Authorities:
        """The actors and places that a draft may refer to: those proposed beside it, too.

        Raises AuthorityError, also where a proposed id is one that the authorities have.
        """
        path = self.proposed_path(slug)
        if not path.is_file():
            return self.authorities
        sources = self._authority_sources() | {self.shown(path): _read_utf8(path)}
        return read_authorities(sources, load_vocabulary())

    @cached_property
    def retired(self) -> tuple[Retired, ...]:
        """The ids that are no longer used. Raises AuthorityError."""
        path = self.root / RETIRED
        return read_retired(_read_utf8(path), RETIRED) if path.is_file() else ()

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """The articles that have a mapping, sorted. Raises WorkspaceError for a bad folder name."""
        found = sorted(p.parent.name for p in (self.root / "articles").glob("*/mapping.toml"))
        for slug in found:
            if not is_slug(slug):
                raise WorkspaceError(
                    f"{self.shown(self.root / 'articles' / slug)}: '{slug}' is no id. "
                    "Rename the folder: lower-case words joined by hyphens."
                )
        return tuple(found)

    def mapping_path(self, slug: str) -> Path:
        """Where an article's mapping is. Raises WorkspaceError for an unknown article."""
        path = self.root / "articles" / slug / "mapping.toml"
        if not path.is_file():
            near = suggest(slug, self.slugs, "articles")
            raise WorkspaceError(f"no article '{slug}' in {self.root}; {near}.")
        return path

    def proposed_path(self, slug: str) -> Path:
        """Where the actors and places are that an article's draft proposes, if it does."""
        return self.root / "articles" / slug / "proposed.toml"

    def source(self, slug: str) -> str:
        """The TOML text of a mapping."""
        return _read_utf8(self.mapping_path(slug))

    def mapping(self, slug: str) -> Mapping:
        """A mapping as it is written, unchecked but for its form. Raises MappingError."""
        return read(self.source(slug), self.shown(self.mapping_path(slug)))

    def optional(self, name: str) -> str:
        """The text of a file that the workspace need not have, else nothing."""
        path = self.root / name
        return _read_utf8(path) if path.is_file() else ""

    def licence(self, slug: str) -> str:
        """The licence under which an article's graph is published, or FORBIDDEN."""
        return self.settings.licences.get(slug, self.settings.licence)

    def text_path(self, slug: str) -> Path:
        """Where an article's text is kept once attached: never in the repository."""
        return self.home / "texts" / f"{slug}.txt"

    def content(self, slug: str) -> bytes | None:
        """The bytes of the attached text, or None. Raises TextError if they are no text."""
        path = self.text_path(slug)
        if not path.is_file():
            return None
        content = path.read_bytes()
        decode(content, self.shown(path))
        return content

    def known(self, mappings: dict[str, Mapping] | None = None) -> Known:
        """What mappings may refer to; with all mappings, each other's claims too."""
        return Known(
            self.authorities.actors,
            self.authorities.places,
            load_vocabulary(),
            None
            if mappings is None
            else {owned(a, c) for a, m in mappings.items() for c in m.claims},
            None
            if mappings is None
            else {owned(a, v) for a, m in mappings.items() for v in m.voices},
            None if mappings is None else set(mappings),
        )

    def checked(self, slug: str, known: Known) -> Mapping:
        """A mapping without findings. Raises MappingError with all of them."""
        mapping = self.mapping(slug)
        path = self.shown(self.mapping_path(slug))
        findings = check(mapping, self.source(slug), path, known, self.content(slug))
        if findings:
            raise MappingError(findings)
        return mapping

    def shown(self, path: Path) -> str:
        """A path as messages print it: from the workspace's root where it is below it."""
        return str(path.relative_to(self.root) if path.is_relative_to(self.root) else path)


def find_workspace(given: str | None = None) -> Workspace:
    """The workspace named, else the one around the current folder, else the shipped one."""
    if given is not None:
        return open_workspace(Path(given))
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return open_workspace(folder)
    return open_workspace(SHIPPED)


def open_workspace(root: Path) -> Workspace:
    """The workspace of a folder. Raises WorkspaceError where there is none or its file is wrong."""
    path = root / FILE
    if not path.is_file():
        raise WorkspaceError(
            f"{root} has no {FILE}. Run `whoholds init {root}` to make a workspace."
        )
    try:
        found = tomllib.loads(_read_utf8(path))
    except tomllib.TOMLDecodeError as error:
        raise WorkspaceError(f"{path}: not valid TOML: {error}.") from None
    home = os.environ.get("WHOHOLDS_HOME")
    shipped = root.resolve() == SHIPPED.resolve()
    return Workspace(
        root, Path(home) if home else Path.cwd() if shipped else root, _settings(path, found)
    )


def _settings(path: Path, found: dict[str, Any]) -> Settings:
    types = {name: type(value) for name, value in asdict(Settings()).items()}
    for key, value in found.items():
        if key not in types:
            raise WorkspaceError(
                f"{path}: unknown setting '{key}'; {suggest(key, types, 'settings')}."
            )
        if type(value) is not types[key]:
            raise WorkspaceError(f"{path}: {key} is {value!r}; expected {types[key].__name__}.")
        if isinstance(value, str) and UNWRITABLE.search(value):
            raise WorkspaceError(f"{path}: {key} is {value!r}; expected no control characters.")
    endpoint = endpoint_of(found.get("endpoint", {}), f"{path}")
    proposing = proposing_of(found.get("suggest", {}), f"{path}")
    wikidata = wikidata_of(found.get("wikidata", {}), found.get("contact", ""), f"{path}")
    tables = {"endpoint": endpoint, "suggest": proposing, "wikidata": wikidata}
    settings = Settings(**found | tables)
    if settings.excerpt not in EXCERPTS:
        raise WorkspaceError(
            f"{path}: excerpt is '{settings.excerpt}'; one of {', '.join(EXCERPTS)}."
        )
    _check_addresses(path, settings)
    if settings.horizon < 0:
        raise WorkspaceError(f"{path}: horizon is {settings.horizon}; expected days, 0 or more.")
    if settings.version and not VERSION.fullmatch(settings.version):
        raise WorkspaceError(
            f"{path}: version is '{settings.version}'; expected a year and a number, as 2026.1."
        )
    _check_licences(path, settings.licences)
    return settings


def _check_addresses(path: Path, settings: Settings) -> None:
    """Raises WorkspaceError for an address that is none."""
    if not is_address(settings.base) or not settings.base.endswith("/"):
        raise WorkspaceError(
            f"{path}: base is '{settings.base}'; expected an http IRI that ends in /."
        )
    if not is_address(settings.licence):
        raise WorkspaceError(
            f"{path}: licence is '{settings.licence}'; expected its http IRI, such as "
            f"{Settings().licence}"
        )
    if settings.contact and not is_contact(settings.contact):
        raise WorkspaceError(
            f"{path}: contact is '{settings.contact}'; expected an http IRI or an e-mail address."
        )


def _check_licences(path: Path, licences: dict[str, Any]) -> None:
    """Raises WorkspaceError for a licence that is none, or is an unknown article's."""
    lines = index_lines(_read_utf8(path))
    slugs = {p.parent.name for p in (path.parent / "articles").glob("*/mapping.toml")}
    for slug, licence in licences.items():
        where = f"{path}:{lines.of(('licences',), slug)}"
        if slug not in slugs:
            near = suggest(slug, slugs, "articles")
            raise WorkspaceError(f"{where}: licence of the unknown article '{slug}'; {near}.")
        if not isinstance(licence, str) or not (licence == FORBIDDEN or is_address(licence)):
            raise WorkspaceError(
                f"{where}: the licence of '{slug}' is {licence!r}; "
                f"expected its http IRI, or '{FORBIDDEN}'."
            )


def _read_utf8(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextError(
            f"{path}: byte {error.start} is not UTF-8. Save the file as UTF-8."
        ) from None
    except OSError as error:
        raise WorkspaceError(f"{path}: cannot be read ({error.strerror}).") from None


def iter_mappings(workspace: Workspace) -> Iterator[tuple[str, Mapping]]:
    """Every mapping of a workspace with its slug, in order."""
    for slug in workspace.slugs:
        yield slug, workspace.mapping(slug)
