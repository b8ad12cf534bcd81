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

    against = parser.add_mutually_exclusive_group(required=True)
    against.add_argument("--gold", metavar="DIR", help="the folder of annotated texts")
    against.add_argument(
        "-w",
        "--workspace",
        metavar="DIR",
        help="a workspace: the claims of its reviewed mappings, instead of annotated texts",
    )
    parser.add_argument(
        "--task", nargs="+", choices=tuple(TASKS), metavar="TASK", help=", ".join(TASKS)
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--missed",
        action="store_true",
        help="list each claim of the five articles, or of the workspace, that is not proposed "
        "right, and why",
    )
    parser.add_argument(
        "--write", action="store_true", help="record the score of each rule, from all tasks"
    )


def run(args: Namespace) -> int:
    """Prints precision, recall and F of each task and rule; a task without its set is an error."""
    from kg.evaluate.report import as_json, table

    tasks = _of_workspace(args) if args.workspace else _of_gold(args)
    if args.json:
        print(json.dumps(as_json(tasks), ensure_ascii=False, indent=2))
    else:
        print(table(tasks), end="")
    if args.missed:
        _print_missed(args)
    if args.write:
        _write(tasks)
    return 0


def _of_gold(args: Namespace) -> Tasks:
    from kg.evaluate.tasks import TASKS, measure

    folder = Path(args.gold)
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder. Name the folder of annotated texts.")
    if args.write and args.task:
        raise InputError("--write records the scores of all tasks. Leave --task out.")
    return {task: measure(task, folder) for task in args.task or TASKS}


def _of_workspace(args: Namespace) -> Tasks:
    from kg.evaluate.tasks.claims import attached_texts, measure_workspace
    from kg.suggest.model import load_model

    if args.task or args.write:
        raise InputError(
            "--workspace measures claims alone, and records no scores: "
            "--task and --write need --gold. Leave them out."
        )
    workspace = open_workspace(Path(args.workspace))
    texts = attached_texts(workspace)
    return {"claims": measure_workspace(workspace, texts, load_model())}


def _print_missed(args: Namespace) -> None:
    from kg.evaluate.tasks.claims import attached_texts, missed, texts_of

    workspace = open_workspace(Path(args.workspace) if args.workspace else SHIPPED)
    texts = attached_texts(workspace) if args.workspace else texts_of(workspace, Path(args.gold))
    print("\n".join(missed(workspace, texts)))


def _write(tasks: Tasks) -> None:
    from kg.evaluate.report import scores
    from kg.files import write_whole
    from kg.suggest.scores import FILE, write_scores

    found = scores(tasks)
    write_whole(FILE, write_scores(found).encode("utf-8"))
    print(f"{FILE}: {len(found)} rules", file=sys.stderr)
