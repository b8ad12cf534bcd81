"""whoholds eval"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError

if TYPE_CHECKING:
    from kg.evaluate.report import Tasks


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    from kg.evaluate.tasks import TASKS

    parser.add_argument(
        "--gold", metavar="DIR", required=True, help="the folder of annotated texts"
    )
    parser.add_argument(
        "--task", nargs="+", choices=tuple(TASKS), metavar="TASK", help=", ".join(TASKS)
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--missed",
        action="store_true",
        help="list each claim of the five articles that is not proposed right, and why",
    )
    parser.add_argument(
        "--write", action="store_true", help="record the score of each rule, from all tasks"
    )


def run(args: Namespace) -> int:
    """Prints precision, recall and F of each task and rule; a task without its set is an error."""
    from kg.evaluate.report import as_json, table
    from kg.evaluate.tasks import TASKS, measure

    folder = Path(args.gold)
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder. Name the folder of annotated texts.")
    if args.write and args.task:
        raise InputError("--write records the scores of all tasks. Leave --task out.")
    tasks = {task: measure(task, folder) for task in args.task or TASKS}
    if args.json:
        print(json.dumps(as_json(tasks), ensure_ascii=False, indent=2))
    else:
        print(table(tasks), end="")
    if args.missed:
        _print_missed(folder)
    if args.write:
        _write(tasks)
    return 0


def _print_missed(folder: Path) -> None:
    from kg.evaluate.tasks.claims import missed

    print("\n".join(missed(folder)))


def _write(tasks: Tasks) -> None:
    from kg.evaluate.report import scores
    from kg.files import write_whole
    from kg.suggest.scores import FILE, write_scores

    found = scores(tasks)
    write_whole(FILE, write_scores(found).encode("utf-8"))
    print(f"{FILE}: {len(found)} rules", file=sys.stderr)
