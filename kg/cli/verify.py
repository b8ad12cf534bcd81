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
    from kg.cite.result import Again


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("permalink", help="the address, its code, or a file that holds one")
    parser.add_argument(
        "--online", action="store_true", help="ask the server of the address, not local releases"
    )
    add_workspace(parser)
    add_releases(parser)


def run(args: Namespace) -> int:
    """Asks what a permalink cites again, of the same release; 2 if the result differs, or may."""
    from kg.cite.permalink import code_in, read_code

    given = Path(args.permalink)
    is_file = len(args.permalink) < 256 and given.is_file()
    address = given.read_text("utf-8", "replace").strip() if is_file else args.permalink
    code = code_in(address)
    cited = read_code(code)
    place = address.partition(code)[0] + code
    found = _online(place, cited) if args.online else _local(args, cited)
    same = found.digest == cited.result
    differs = "MAY DIFFER" if found.open else "ANOTHER RESULT"
    print(f"{'the same result' if same else differs}: release {cited.release}")
    print(f"  cited {cited.result}")
    for one in () if same else found.open:
        print(f"  the query leaves its result open: {one}")
    return 0 if same else 2


def _online(address: str, cited: Permalink) -> Again:
    """What the server of the address has; what the query leaves open is read from it alone."""
    from kg.cite.fetch import AnotherResultError, digest_at
    from kg.cite.result import Again, may_leave_open

    try:
        found = digest_at(address)
    except AnotherResultError as said:
        print(said, file=sys.stderr)
        found = ""
    return Again(found, may_leave_open(cited.query))


def _local(args: Namespace, cited: Permalink) -> Again:
    from kg.cite.result import ask_again
    from kg.release.find import find_editions

    releases = releases_of(args, find_workspace(args.workspace))
    return ask_again(find_editions(releases, cited.release, cited.edition), cited)
