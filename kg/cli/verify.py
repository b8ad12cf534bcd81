"""whoholds verify"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import add_releases, add_workspace, releases_of
from kg.workspace import find_workspace

if TYPE_CHECKING:
    from kg.cite.permalink import Permalink


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("permalink", help="the address, its code, or a file that holds one")
    parser.add_argument(
        "--online", action="store_true", help="ask the server of the address, not local releases"
    )
    add_workspace(parser)
    add_releases(parser)


def run(args: Namespace) -> int:
    """Asks what a permalink cites again, of the same release; 2 if the result differs."""
    from kg.cite.permalink import code_in, read_code

    given = Path(args.permalink)
    is_file = len(args.permalink) < 256 and given.is_file()
    address = given.read_text("utf-8", "replace").strip() if is_file else args.permalink
    code = code_in(address)
    cited = read_code(code)
    same = _online(address.partition(code)[0] + code, cited) if args.online else _local(args, cited)
    print(f"{'the same result' if same else 'ANOTHER RESULT'}: release {cited.release}")
    print(f"  cited {cited.result}")
    return 0 if same else 2


def _online(address: str, cited: Permalink) -> bool:
    from kg.cite.fetch import AnotherResultError, digest_at

    try:
        return digest_at(address) == cited.result
    except AnotherResultError as said:
        print(said, file=sys.stderr)
        return False


def _local(args: Namespace, cited: Permalink) -> bool:
    from kg.cite.result import is_same
    from kg.release.find import find_release

    releases = releases_of(args, find_workspace(args.workspace))
    return is_same(find_release(releases, cited.release), cited)
