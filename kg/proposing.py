"""Which server may propose claims, if any: the table `[suggest]` of whoholds.toml."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, Final

from kg.address import is_address
from kg.errors import WorkspaceError, suggest

_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Proposing:
    """The server's address, up to /v1, and what is asked there. Off unless it has an address."""

    proposer: str = ""
    model: str = ""
    key: str = ""
    """The environment variable that holds the key, if the server wants one."""
    seconds: int = 120
    """Seconds that an answer may take."""


def proposing_of(found: dict[str, Any], where: str) -> Proposing:
    """What a table sets, the rest as it is. Raises WorkspaceError."""
    known = asdict(Proposing())
    for key, value in found.items():
        if key not in known:
            near = suggest(key, known, "settings of suggest")
            raise WorkspaceError(f"{where}: unknown setting 'suggest.{key}'; {near}.")
        if type(value) is not type(known[key]) or (key == "seconds" and value < 1):
            kind = "seconds, 1 or more" if key == "seconds" else "words in quotation marks"
            raise WorkspaceError(f"{where}: suggest.{key} is {value!r}; expected {kind}.")
    made = Proposing(**found)
    _check(made, where)
    return made


def _check(made: Proposing, where: str) -> None:
    if made.proposer and not is_address(made.proposer):
        raise WorkspaceError(
            f"{where}: suggest.proposer is '{made.proposer}'; expected the server's address, "
            "such as http://127.0.0.1:8080/v1"
        )
    if bool(made.proposer) is not bool(made.model):
        raise WorkspaceError(
            f"{where}: [suggest] needs both proposer (an address) and model (a name), or neither."
        )
    if made.key and not _VARIABLE.fullmatch(made.key):
        raise WorkspaceError(
            f"{where}: suggest.key is '{made.key}'; expected the name of an environment variable, "
            "never the key itself."
        )
