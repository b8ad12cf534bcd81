"""whoholds agreement"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from kg.errors import InputError
from kg.reliability.agreement import Agreement, agreement
from kg.reliability.coding import VARIABLES, Coded
from kg.workspace import FILE, open_workspace


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("first", metavar="CODING", help="a workspace, or a CSV that --write made")
    parser.add_argument("second", metavar="CODING", nargs="?", help="the other coder's")
    parser.add_argument("--write", metavar="CSV", help="write the first coding's variables instead")


def run(args: Namespace) -> int:
    """Prints the figures of agreement, article by article and overall."""
    from kg.files import write_output
    from kg.reliability.coding import write_coding

    first = _coding(Path(args.first))
    if args.write:
        write_output(Path(args.write), write_coding(first).encode("utf-8"))
        return 0
    if args.second is None:
        raise InputError("agreement needs two codings. Name the second, or --write the first.")
    _print(first, _coding(Path(args.second)))
    return 0


def _coding(path: Path) -> list[Coded]:
    from kg.mapping.anchor import recorded
    from kg.reliability.coding import coded_claims, read_coding
    from kg.workspace import iter_mappings

    if path.is_file():
        return read_coding(path.read_text("utf-8"), str(path))
    if not (path / FILE).is_file():
        raise InputError(f"{path} is neither a workspace nor a CSV of coded claims.")
    workspace = open_workspace(path)
    return [c for slug, m in iter_mappings(workspace) for c in coded_claims(slug, m, recorded(m))]


def _print(first: list[Coded], second: list[Coded]) -> None:
    print(f"{'article':<32} claims  found by both (F1)  equal (F1)")
    for article in sorted({c.article for c in (*first, *second)}):
        mine = [c for c in first if c.article == article]
        yours = [c for c in second if c.article == article]
        print(_row(article, agreement(mine, yours)))
    overall = agreement(first, second)
    print(_row("all", overall))
    print("\nKrippendorff's α of each variable, over the claims that both found")
    for name in VARIABLES:
        alpha = overall.alpha[name]
        print(f"  {name:<12} {'–' if alpha is None else f'{alpha:.2f}'}")


def _row(article: str, found: Agreement) -> str:
    counts = f"{found.first}/{found.second}"
    return f"{article:<32} {counts:>7}  {found.found:18.2f}  {found.matched:10.2f}"
