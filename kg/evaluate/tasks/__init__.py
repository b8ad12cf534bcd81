"""The tasks by name. Each is a module with `measure(folder) -> list[Measured]` of one gold set."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Final

from kg.evaluate.counts import Measured

TASKS: Final = {
    "places": "named places found (re3d)",
    "quotations": "direct quotations with their speaker, and all attributions (polnear)",
    "dates": "time expressions with their value (timeml/aquaint)",
    "control": "control events: type and place, actor, status (re3d)",
    "transfer": "whether a text tells that territory changed hands (case2021)",
    "claims": "claims of the five articles, as people mapped them",
}


def measure(task: str, folder: Path) -> list[Measured]:
    """What a task measures on the gold sets of a folder. Raises TextError where they are not."""
    found: list[Measured] = importlib.import_module(f"kg.evaluate.tasks.{task}").measure(folder)
    return found
