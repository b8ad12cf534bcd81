"""Options of files that are served as they are, and the folder of releases to serve."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from kg.address import is_address
from kg.cli.options import releases_of
from kg.errors import InputError
from kg.limits import Endpoint
from kg.names import Names
from kg.release.adhoc import FORMATS, Source, publish_files
from kg.workspace import Settings, find_workspace


@dataclass(frozen=True, slots=True)
class Served:
    """What the options name: releases, the texts attached to them, how they are served."""

    releases: Path
    texts: Callable[[str], bytes | None]
    endpoint: Endpoint


def add_sources(parser: ArgumentParser) -> None:
    """--graph, --rdf, --base, --title"""
    files = parser.add_argument_group(
        "RDF files",
        "Serves RDF files in place of a workspace's release, as one that stands in a temporary "
        "folder, or with --releases becomes the current one there. Statements keep their graphs; "
        "blank nodes are each file's own; numbers, days and times are kept by what they are (012 "
        "is 12, an xsd:int an xsd:integer; what was respelt is said). The graph "
        "BASEgraph/metadata, in the default graph too, says what is served. "
        f"Suffixes: {', '.join(FORMATS)}.",
    )
    files.add_argument(
        "--graph",
        action="append",
        default=[],
        metavar="IRI=FILE",
        help="a file, whose statements in no graph get the graph IRI; may be given often",
    )
    files.add_argument(
        "--rdf",
        action="append",
        default=[],
        metavar="FILE",
        help="a file, whose statements in no graph get the graph BASEgraph/FILENAME",
    )
    files.add_argument(
        "--base", metavar="IRI", help="what the release's own IRIs begin with (default: its host)"
    )
    files.add_argument("--title", help="the release's title (default: the files' names)")


@contextmanager
def served(args: Namespace, host: str) -> Iterator[Served]:
    """What the options name; files are a release as long as this lasts."""
    if not (args.graph or args.rdf):
        if args.base or args.title:
            raise InputError("--base and --title say of what --graph and --rdf name; name a file.")
        workspace = find_workspace(args.workspace)
        yield Served(releases_of(args, workspace), workspace.content, workspace.settings.endpoint)
        return
    if args.workspace:
        raise InputError("--workspace is given beside --graph or --rdf. Give one or the other.")
    settings = _settings(args, host)
    sources = sources_of(args, settings.base)
    with tempfile.TemporaryDirectory(prefix="whoholds-", ignore_cleanup_errors=True) as aside:
        releases = Path(args.releases or aside)
        publish_files(sources, releases, settings, lambda said: print(said, file=sys.stderr))
        yield Served(releases, lambda _: None, settings.endpoint)


def sources_of(args: Namespace, base: str) -> tuple[Source, ...]:
    """The files with their graphs. Raises InputError for a --graph that names no file."""
    given = [_source(words) for words in args.graph]
    names = Names(base)
    named = [Source(Path(file), names.graph(quote(Path(file).name))) for file in args.rdf]
    return (*given, *named)


def _source(words: str) -> Source:
    """An IRI and a file, either of which may have a = in it: the file is one that is there."""
    parts = words.split("=")
    pairs = [("=".join(parts[:n]), Path("=".join(parts[n:]))) for n in range(1, len(parts))]
    if not pairs:
        raise InputError(f"--graph is '{words}'; expected IRI=FILE.")
    iri, path = next((pair for pair in pairs if pair[1].is_file()), pairs[-1])
    return Source(path, iri)


def _settings(args: Namespace, host: str) -> Settings:
    base = args.base or f"http://{host}{f':{args.port}' if args.port else ''}/"
    if not is_address(base) or not base.endswith("/"):
        raise InputError(f"--base is '{base}'; expected an http IRI that ends in /.")
    first, *others = [Path(words.rpartition("=")[2]).name for words in (*args.graph, *args.rdf)]
    title = f"{first} and {len(others)} more" if others else first
    return Settings(base=base, title=args.title or title, licence="")
