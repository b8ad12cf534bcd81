"""whoholds query"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from kg.cli.options import add_releases, add_workspace, releases_of
from kg.errors import QuestionError
from kg.workspace import find_workspace


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("query", help="SPARQL text, a file, or - for standard input")
    parser.add_argument("--format", default="csv", help="csv, tsv, json, xml; ttl, nt for graphs")
    add_workspace(parser)
    add_releases(parser)


def run(args: Namespace) -> int:
    """Prints the result of a query over the current release."""
    from kg.release.read import open_release
    from kg.sparql.results import FORMATS, write_result
    from kg.sparql.run import execute, prepare

    if args.format not in FORMATS:
        raise QuestionError(f"there is no format '{args.format}'; one of {', '.join(FORMATS)}.")
    release = open_release(releases_of(args, find_workspace(args.workspace)))
    try:
        query = prepare(_text(args.query), release.names)
        found = execute(release.store, query, release.names)
    except SyntaxError as error:
        raise QuestionError(f"the query is not SPARQL: {error}.") from None
    sys.stdout.buffer.write(write_result(found, args.format, release.names))
    return 0


def _text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    path = Path(query) if len(query) < 256 and "\n" not in query else None
    return path.read_text("utf-8") if path and path.is_file() else query
