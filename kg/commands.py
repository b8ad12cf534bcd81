"""Commands at a terminal: a verb and its words a line, until somebody leaves or the lines end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from kg.errors import InputError


class Leave(Exception):
    """Whoever types leaves."""


class Talk(Protocol):
    """Somebody who is told things."""

    def say(self, words: str) -> None:
        """Tells them."""


T = TypeVar("T", bound=Talk)


def obey(talk: T, lines: Iterable[str], by: Mapping[str, Callable[[T, str], None]]) -> None:
    """Does what each line says; an unknown verb is answered by what "h" says, an error told."""
    for line in lines:
        verb, _, rest = line.strip().partition(" ")
        if not verb:
            continue
        try:
            if verb not in by:
                talk.say(f"'{verb}' is no command. These are:")
            by.get(verb, by["h"])(talk, rest.strip())
        except InputError as error:
            talk.say(str(error))
        except Leave:
            return
