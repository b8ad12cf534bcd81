"""whoholds init"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("folder", metavar="DIR", help="the folder to make or fill")
    parser.add_argument("--base", help="the base IRI of your data (default: an example's)")
    parser.add_argument("--title", default="A new workspace")


def run(args: Namespace) -> int:
    """Makes a workspace and says what to do next."""
    from kg.init import init_workspace

    for path in init_workspace(Path(args.folder), base=args.base, title=args.title):
        print(path)
    print(
        f"Next, in {args.folder}/: `whoholds ingest FILE…` takes articles in, to be drafted and "
        "reviewed. Or put a text at"
    )
    print(
        "texts/ARTICLE.txt, write articles/ARTICLE/mapping.toml, then `whoholds validate --write`."
    )
    return 0
