"""whoholds ledger"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.cli.options import add_articles, add_workspace
from kg.mapping.anchor import locate
from kg.mapping.ledger import ledger
from kg.workspace import find_workspace


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    add_articles(parser)
    add_workspace(parser)


def run(args: Namespace) -> int:
    """Lists the open sentences of each article; 2 if there are any."""
    workspace = find_workspace(args.workspace)
    still_open = 0
    for slug in args.articles or workspace.slugs:
        content = workspace.content(slug)
        if content is None:
            print(f"{slug}: no text attached; the ledger needs it (whoholds attach DIR)")
            continue
        text = content.decode("utf-8")
        found = ledger(text, locate(workspace.mapping(slug), text))
        still_open += len(found.open)
        print(f"{slug}: {len(found.sentences)} sentences, {len(found.open)} not accounted for")
        for start, end in found.open:
            print(f"  [{start}, {end}] {' '.join(text[start:end].split())}")
    return 2 if still_open else 0
