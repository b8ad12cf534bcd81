"""whoholds diff"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.cli.options import add_releases, add_workspace, releases_of
from kg.errors import InputError
from kg.workspace import find_workspace

FORMATS = ("text", "html", "atom", "patch")


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    from kg.diff.compare import MOST

    parser.add_argument("old", metavar="A", help="current, a version, a digest's begin or a folder")
    parser.add_argument("new", metavar="B", nargs="?", help="likewise; not with --apply")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument(
        "--most",
        type=int,
        default=MOST,
        metavar="N",
        help=f"how many things of a kind, and changes of an answer, are told (default: {MOST})",
    )
    parser.add_argument("--apply", metavar="PATCH", help="apply a patch to A and check the digest")
    parser.add_argument("--reverse", action="store_true", help="undo the patch instead")
    parser.add_argument("-o", "--output", metavar="FILE", help="write here, not to the terminal")
    add_workspace(parser)
    add_releases(parser)


def run(args: Namespace) -> int:
    """Prints what changed from A to B, or applies a patch to A and prints the digest made."""
    from kg.release.find import find_release

    releases = releases_of(args, find_workspace(args.workspace))
    if args.apply:
        return _apply(args, releases)
    if args.new is None or args.reverse:
        raise InputError("expected two releases: whoholds diff A B (--reverse is for --apply).")
    old, new = find_release(releases, args.old), find_release(releases, args.new)
    for release in dict.fromkeys((old.folder.name, new.folder.name)):
        _notice(releases, release)
    with _output(args.output) as out:
        if args.format == "patch":
            from kg.diff.patch import write_patch

            write_patch(old, new, out)
        else:
            from kg.diff.compare import compare
            from kg.diff.show import show

            out.write(show(compare(old, new, args.most), args.format).encode())
    return 0


def _notice(releases: Path, name: str) -> None:
    """Says on stderr in whose place a release stands, if something was withdrawn from one."""
    from kg.release.withdrawals import read_withdrawals

    for one in read_withdrawals(releases):
        for pair in one.replaced:
            if pair.successor == name:
                print(
                    f"{name} stands in the place of {pair.name}: {one.withdrawn} was withdrawn on "
                    f"{one.on}, because {one.because}",
                    file=sys.stderr,
                )


def _apply(args: Namespace, releases: Path) -> int:
    from kg.diff.patch import apply_patch
    from kg.release.find import find_release

    if args.new is not None:
        raise InputError("--apply takes one release: whoholds diff --apply PATCH A [-o FILE].")
    release = find_release(releases, args.old)
    with _output(args.output or os.devnull) as out:
        digest = apply_patch(release, Path(args.apply), out, reverse=args.reverse)
    print(f"sha256:{digest}")
    return 0


@contextmanager
def _output(path: str | None) -> Iterator[BinaryIO]:
    """Where to write: a file appears when it is whole, or not at all."""
    if path is None or path == os.devnull:
        stream = sys.stdout.buffer if path is None else Path(path).open("wb")  # noqa: SIM115
        yield stream
        return
    aside = Path(f"{path}.part")
    try:
        with aside.open("wb") as file:
            yield file
        aside.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error}).") from None
    finally:
        aside.unlink(missing_ok=True)
