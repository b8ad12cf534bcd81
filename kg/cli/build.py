"""whoholds build"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from kg.cli.options import add_releases, add_workspace, releases_of
from kg.workspace import find_workspace


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    add_workspace(parser)
    add_releases(parser)
    parser.add_argument(
        "--jobs", type=int, help="processes that lift articles (default: one a core)"
    )
    parser.add_argument(
        "--reference", action="store_true", help="validate with pyshacl, the slower reference"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(args: Namespace) -> int:
    """Builds a release and prints where it is."""
    from kg.release.build import build

    workspace = find_workspace(args.workspace)
    folder = build(
        workspace,
        releases_of(args, workspace),
        jobs=args.jobs,
        fast=not args.reference,
        progress=(lambda _: None) if args.quiet else _tell,
        warn=_tell,
    )
    print(folder)
    return 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
