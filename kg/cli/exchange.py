"""whoholds exchange"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from kg.cli.options import add_workspace
from kg.workspace import find_workspace

_TOOLS = ("web-annotation", "brat")


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    ways = parser.add_subparsers(dest="way", metavar="out|in", required=True)
    out = ways.add_parser("out", help="write a mapping for another tool")
    out.add_argument("article", metavar="ARTICLE", help="the article's id")
    out.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        required=True,
        help="the folder to write into, or a .json or .jsonld file for Web Annotations",
    )
    out.add_argument(
        "--replace", action="store_true", help="write over files that say something else"
    )
    into = ways.add_parser("in", help="bring a mapping back")
    into.add_argument("article", metavar="ARTICLE", help="the article's id")
    into.add_argument("path", metavar="PATH", help="the file that came back, or its folder")
    for way in (out, into):
        way.add_argument("--as", dest="tool", choices=_TOOLS, required=True, help="the tool's form")
        add_workspace(way)


def run(args: Namespace) -> int:
    """Writes a mapping for another tool, or reads one back; prints what was written or changed."""
    workspace = find_workspace(args.workspace)
    if args.way == "out":
        from kg.exchange.send import send

        path = Path(args.output)
        sent = send(workspace, args.article, args.tool, path, replacing=args.replace)
        print(f"{args.article}: {sent.entries} entries")
        for file in sent.files:
            print(f"  {file}")
        if sent.text:
            print(f"  {sent.text}")
        return 0
    from kg.exchange.receive import receive

    received = receive(workspace, args.article, args.tool, Path(args.path))
    print(f"{args.article}: {received.summary}")
    for line in received.changes:
        print(f"  {line}")
    return 0
