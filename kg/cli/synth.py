"""whoholds synth"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("count", type=int, metavar="N", help="how many articles")
    parser.add_argument("folder", metavar="DIR", help="where to write the workspace")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another corpus")


def run(args: Namespace) -> int:
    """Writes a generated corpus."""
    from kg.synth import write_corpus

    write_corpus(
        args.count, Path(args.folder), args.seed, lambda line: print(line, file=sys.stderr)
    )
    print(args.folder)
    return 0
