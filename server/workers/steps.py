"""Work that may have to wait, in steps: where it waits, it says for what.

So whoever drives it may wait with it, as a thread does (`finish`), or do other things meanwhile, as
the loop over all connections does (server.operations.front); and one may begin what another ends.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Final, TypeVar

from server.workers.child import Child

PATH: Final = "/sparql"
"""Where it is asked for what takes steps."""
SMALL: Final = 2**16
"""Bytes that are taken in a moment, at most."""
INLINE: Final = 2**20
"""Bytes of a result that are read, digested and sent at once; a larger one is sent piece by piece
from where it lies."""
STEPS: Final = "whoholds.steps"
"""In a request's environment, where no client can put it: who asks does not want to wait. What
takes steps is left here in place of None, and nothing is answered."""
ALONE: Final = "whoholds.alone"
"""In a request's environment: whether nobody else waits for an answer now."""
ANSWER: Final = "whoholds.answer"
"""In a request's environment: what has come of its steps."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pause:
    """Something to wait for."""

    wait: Callable[[float], bool]
    """Whether it came, within some seconds."""
    seconds: float
    child: Child | None = None
    """The process whose answer it is, if it is one."""


Steps = Generator[Pause, bool | None, T]
"""What is sent is whether it came; what is returned, what comes of all."""
ASIDE: Final = Pause(lambda _: True, 0)
"""Nothing is waited for, but what follows takes longer than a moment."""


def finish(steps: Steps[T], pause: Pause | None = None) -> T:
    """What comes of some steps, which may have come to a pause already."""
    try:
        while True:
            pause = steps.send(pause.wait(pause.seconds) if pause else None)
    except StopIteration as end:
        found: T = end.value
        return found
