"""whoholds eval"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.workspace import SHIPPED, open_workspace

if TYPE_CHECKING:
    from kg.evaluate.report import Tasks


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    from kg.evaluate.tasks import TASKS

    parser.add_argument("--gold", metavar="DIR", help="the folder of annotated texts")
    parser.add_argument(
        "-w",
        "--workspace",
        nargs="+",
        default=[],
        metavar="DIR",
        help="workspaces: the claims of their reviewed mappings, with or without annotated texts",
    )
    parser.add_argument(
        "--task", nargs="+", choices=tuple(TASKS), metavar="TASK", help=", ".join(TASKS)
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--missed",
        action="store_true",
        help="list each claim of the five articles, or of the workspaces, that is not proposed "
        "right, and why",
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help="record the score of each rule, from all tasks and workspaces",
    )


def run(args: Namespace) -> int:
    """Prints precision, recall and F of each task and rule; a task without its set is an error."""
    from kg.evaluate.report import as_json, table

    _refuse_half(args)
    tasks = {**_of_gold(args), **_of_workspaces(args)}
    if args.json:
        print(json.dumps(as_json(tasks), ensure_ascii=False, indent=2))
    else:
        print(table(tasks), end="")
    if args.missed:
        _print_missed(args)
    if args.write:
        _write(tasks)
    return 0


def _refuse_half(args: Namespace) -> None:
    """Raises InputError for what cannot be measured as it is asked for."""
    if not args.gold and not args.workspace:
        raise InputError("Nothing to measure against. Give --gold DIR, --workspace DIR, or both.")
    if not args.gold and (args.task or args.write):
        raise InputError(
            "--workspace measures claims alone: --task and --write need --gold. Leave them out."
        )
    if args.write and args.task:
        raise InputError("--write records the scores of all tasks. Leave --task out.")


def _of_gold(args: Namespace) -> Tasks:
    from kg.evaluate.tasks import TASKS, measure

    if not args.gold:
        return {}
    folder = Path(args.gold)
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder. Name the folder of annotated texts.")
    return {task: measure(task, folder) for task in args.task or TASKS}


def _of_workspaces(args: Namespace) -> Tasks:
    """The measures of each workspace, by its folder's name."""
    from kg.evaluate.tasks.claims import attached_texts, measure_workspace
    from kg.suggest.model import load_model

    found = {}
    for root in map(Path, args.workspace):
        workspace = open_workspace(root)
        texts = attached_texts(workspace)
        found[f"claims of {root.resolve().name}"] = measure_workspace(
            workspace, texts, load_model()
        )
    return found


def _print_missed(args: Namespace) -> None:
    from kg.evaluate.tasks.claims import attached_texts, missed, texts_of

    for root in map(Path, args.workspace):
        workspace = open_workspace(root)
        print("\n".join(missed(workspace, attached_texts(workspace))))
    if not args.workspace:
        workspace = open_workspace(SHIPPED)
        print("\n".join(missed(workspace, texts_of(workspace, Path(args.gold)))))


def _write(tasks: Tasks) -> None:
    from kg.evaluate.report import scores
    from kg.files import write_whole
    from kg.suggest.scores import FILE, write_scores

    found = scores(tasks)
    write_whole(FILE, write_scores(found).encode("utf-8"))
    print(f"{FILE}: {len(found)} rules", file=sys.stderr)
