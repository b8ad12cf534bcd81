"""The command line: `whoholds VERB`. Each verb is a module here and a thin call of the library.

A verb's module has `configure(parser)` and `run(args)`, and is imported only when its verb is asked
for, so that `whoholds --help` stays quick.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Any, Final

from kg.errors import InputError, NotConforming, QueryRefused, ReleaseError, SourceDown, printable

VERBS: Final = {
    "init": "make a new workspace",
    "ingest": "take in articles from files, pages and feeds, as drafts to be reviewed",
    "attach": "attach the articles' texts, which stay private",
    "suggest": "draft mappings: propose what articles say, for a person to review",
    "eval": "measure proposals against texts that people annotated",
    "validate": "find what is wrong in mappings and their graphs; --write records positions",
    "ledger": "list the sentences that no statement accounts for",
    "exchange": "take a mapping to other annotation tools, and bring it back",
    "agreement": "measure the agreement between two independent codings",
    "review": "judge the proposals of a draft, on a page of this machine or in the terminal",
    "build": "build a release from the workspace",
    "diff": "tell what changed from one release to another, or apply a patch",
    "withdraw": "withdraw a thing from every release, which gets a masked successor",
    "ask": "ask the graph a question by name",
    "query": "run a SPARQL query",
    "cite": "cite the result of a SPARQL query, so that others can check it",
    "verify": "ask a cited query again, and compare the result",
    "serve": "serve the current release",
    "check-endpoint": "find out whether the answers of a SPARQL endpoint can be trusted",
    "link": "find, judge, audit and publish links of actors and places to records elsewhere",
    "check-reconciliation": "find out whether a reconciliation service keeps to its specification",
    "wikidata": "look items up at Wikidata, where the workspace names who is asked",
    "gazetteer": "make a gazetteer of other countries, or look a name up in one",
    "synth": "write a generated corpus of any size",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; the exit code: 0 done, 1 a mistake in the input, 2 findings of validation.

    3 means that a source elsewhere is down: the same command goes on later where it stopped.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(
        prog="whoholds",
        description="Who held which place, when, and who says so.",
        epilog="whoholds VERB --help tells more about each.",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb, summary in VERBS.items():
        added = verbs.add_parser(
            verb, help=summary, description=f"{summary[0].upper()}{summary[1:]}."
        )
        if verb in words[:1]:
            _module(verb).configure(added)
    if not words:
        parser.print_help(sys.stderr)
        return 2
    args = parser.parse_args(words)
    try:
        return int(_module(args.verb).run(args) or 0)
    except NotConforming as report:
        _tell(report)
        return 2
    except (InputError, ReleaseError, QueryRefused) as error:
        _tell(error)
        return 1
    except SourceDown as error:
        _tell(error)
        return 3
    except BrokenPipeError:
        return 1


def _tell(error: Exception) -> None:
    print("\n".join(map(printable, f"{error}".split("\n"))), file=sys.stderr)


def _module(verb: str) -> Any:
    return importlib.import_module(f"kg.cli.{verb.replace('-', '_')}")
