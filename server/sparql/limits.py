"""What a query may cost, in words: for the query page, and for the description of the service."""

from __future__ import annotations

from kg.limits import Limits, size_in_words
from kg.sparql.refuse import DEEPEST, LONGEST, OPERATORS, PATTERNS
from kg.sparql.refuse import MOST as CLAUSES
from kg.sparql.tokens import MOST


def spoken(limits: Limits) -> list[str]:
    """A sentence for each limit."""
    clauses = ", ".join(f"{most} {word}" for word, most in CLAUSES.items())
    memory, result = map(size_in_words, (limits.memory_bytes, limits.result_bytes))
    return [
        f"A query has at most {LONGEST:,} characters, and {MOST:,} words and signs.",
        f"Its brackets stand {DEEPEST} deep at most.",
        f"It has {clauses}, {OPERATORS} operators of a kind and {PATTERNS} patterns at most.",
        f"It may run for {limits.seconds:g} seconds, {limits.cpu_seconds:g} of computing.",
        f"It may take {memory} of memory, and its result may have {result}.",
        f"{limits.workers:,} queries run at once, and {limits.queue:,} more wait.",
        f"All queries from one address may take {limits.budget_seconds:g} seconds in a minute.",
        "A result comes whole or not at all: what breaks a limit gets an error that says which.",
    ]
