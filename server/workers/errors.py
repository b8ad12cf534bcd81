"""Why a query has no result: each with its status, and a sentence that says what to do.

They are HTTP's own, so that server.problem answers them as any other.
"""

from __future__ import annotations

from math import ceil

from werkzeug.exceptions import HTTPException, ServiceUnavailable, TooManyRequests

from kg.limits import Limits, size_in_words


class Busy(ServiceUnavailable):
    """503: too many queries wait, or this one has waited too long."""

    def __init__(self, why: str, again: float) -> None:
        super().__init__(f"{why} Ask again in {_spoken(again)}.", retry_after=ceil(again))


class Spent(TooManyRequests):
    """429: the client has used its time."""

    def __init__(self, limits: Limits, again: float) -> None:
        super().__init__(
            f"Your queries of the last minute took their {_spoken(limits.budget_seconds)}. "
            f"Ask again in {_spoken(again)}, or take the whole release from /dumps/.",
            retry_after=ceil(again),
        )


class TooSlow(HTTPException):
    """504: the query has used its time."""

    code = 504

    def __init__(self, seconds: float, what: str = "") -> None:
        super().__init__(
            f"The query was stopped after {_spoken(seconds)}{what}, the most that one may take. "
            "Name more of what you look for, or take the whole release from /dumps/."
        )


class TooMuchMemory(HTTPException):
    """507: the query needs more memory than one may have."""

    code = 507

    def __init__(self, limits: Limits) -> None:
        super().__init__(
            f"The query was stopped: it needs more than {size_in_words(limits.memory_bytes)} of "
            "memory, the most that one may take. Order, group or join less at once."
        )


class TooLarge(HTTPException):
    """507: the result is longer than one may be."""

    code = 507

    def __init__(self, limits: Limits) -> None:
        super().__init__(
            f"The result has more than {size_in_words(limits.result_bytes)}, the most that is "
            "sent. Ask for it in parts (ORDER BY, LIMIT, OFFSET), or take the release from /dumps/."
        )


class Unwritten(HTTPException):
    """500: the result could not be kept here while it was made; the log says so, too."""

    code = 500

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The result could not be kept here until it was complete: {why}. "
            "Ask for it in parts (ORDER BY, LIMIT, OFFSET), or again later."
        )


class Died(HTTPException):
    """500: what ran the query ended, for a reason that is in the server's log."""

    code = 500

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(
            "What ran the query ended before its result was complete. Ask again; "
            "if it ends again, tell us the query."
        )


class Gone(HTTPException):
    """The client no longer waits: nobody reads this."""

    code = 408

    def __init__(self) -> None:
        super().__init__("The client closed the connection before the result was complete.")


def _spoken(seconds: float) -> str:
    return "1 second" if seconds <= 1 else f"{ceil(seconds):,} seconds"
