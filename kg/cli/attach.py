"""whoholds attach"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from kg.cli.options import add_workspace
from kg.errors import TextError
from kg.workspace import find_workspace


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("folder", metavar="DIR", help="a folder of text files, or one file")
    add_workspace(parser)


def run(args: Namespace) -> int:
    """Attaches texts and says how each was recognised."""
    from kg.attach import attach

    folder = Path(args.folder)
    if not folder.exists():
        raise TextError(f"{folder}: there is no such file or folder.")
    for one in attach(find_workspace(args.workspace), folder):
        how = {"digest": "the very text", "words": "by its words", "name": "by its name"}
        became = f"{one.slug} ({how[one.how]})" if one.slug else "of no mapped article; left alone"
        print(f"{one.file.name}: {became}")
        for line in one.drift:
            print(f"  drift: {line}")
    return 0
