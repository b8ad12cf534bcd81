"""whoholds validate"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.cli.options import add_articles, add_workspace
from kg.workspace import find_workspace


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    add_articles(parser)
    add_workspace(parser)
    parser.add_argument(
        "--write", action="store_true", help="record positions and digest in the file"
    )


def run(args: Namespace) -> int:
    """Checks mappings; prints findings by file and line."""
    from kg.attach import record_positions

    workspace = find_workspace(args.workspace)
    slugs = args.articles or workspace.slugs
    if args.write:
        for slug in slugs:
            record_positions(workspace, slug)
    known = workspace.known()
    for slug in slugs:
        workspace.checked(slug, known)
        print(f"{slug}: mapping conforms")
    return 0
