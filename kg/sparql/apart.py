"""MINUS within OPTIONAL, into which the engine puts what is bound around it.

`?s ?k ?d OPTIONAL { ?s :p ?x MINUS { ?s :q ?o } } ?s :r ?o` would leave out too few: by the
standard the ?o within MINUS is its own (https://www.w3.org/TR/sparql11-query/#neg-minus).
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import QueryRefused
from kg.sparql.tokens import Token


def refuse_minus_in_optional(found: Sequence[Token]) -> None:
    """Raises QueryRefused for such a one, unless a sub-SELECT keeps it apart."""
    around = list[str]()
    for number, token in enumerate(found):
        if token.text == "{":
            inner = found[number + 1].word if number + 1 < len(found) else ""
            around.append("SELECT" if inner == "SELECT" else found[number - 1].word)
        elif token.text == "}" and around:
            around.pop()
        elif token.word == "MINUS" and _is_joined(around):
            raise QueryRefused(
                "MINUS stands within OPTIONAL, where the engine may take variables from around it. "
                "Put what is optional into a sub-SELECT: OPTIONAL { { SELECT * { … } } }."
            )


def _is_joined(around: Sequence[str]) -> bool:
    """Whether a group is part of something optional, and not of a sub-SELECT within it."""
    innermost = next((word for word in reversed(around) if word in ("OPTIONAL", "SELECT")), "")
    return innermost == "OPTIONAL"
