"""How the interpreter looks for garbage: seldom, and not among what a release keeps.

A server has some hundred thousand objects for as long as it runs. To look through them takes longer
than most queries, and would be done again and again: https://docs.python.org/3/library/gc.html
"""

from __future__ import annotations

import gc
from typing import Final

NEW: Final = 20_000
"""Objects more than there were after which the new ones are looked through: a query keeps some
dozens, with its result."""


def look_seldom() -> None:
    """From now on new objects are looked through less often."""
    gc.set_threshold(NEW)


def set_apart() -> None:
    """Lets go of garbage; what is there then is not looked through until this is called again.

    It is once a release is ready. What other threads are at just then is set apart with it.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
