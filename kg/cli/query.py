"""whoholds query"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from kg.cli.options import add_query, add_releases, add_workspace, query_of, releases_of
from kg.errors import QuestionError
from kg.workspace import find_workspace


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    add_query(parser)
    parser.add_argument("--format", default="csv", help="csv, tsv, json, xml; ttl, nt for graphs")
    add_workspace(parser)
    add_releases(parser)


def run(args: Namespace) -> int:
    """Prints the result of a query over the current release."""
    from kg.release.read import open_release
    from kg.sparql.prepare import prepare
    from kg.sparql.results import FORMATS, write_result
    from kg.sparql.run import execute
    from kg.sparql.wrong import where_wrong

    if args.format not in FORMATS:
        raise QuestionError(f"there is no format '{args.format}'; one of {', '.join(FORMATS)}.")
    release = open_release(releases_of(args, find_workspace(args.workspace)))
    text = read = query_of(args)
    try:
        query = prepare(text, release.names)
        read = query.text
        found = execute(release.store, query, release.names, release.columns)
    except SyntaxError as error:
        raise QuestionError(f"the query is not SPARQL: {where_wrong(error, text, read)}.") from None
    sys.stdout.buffer.write(write_result(found, args.format, release.names))
    return 0
