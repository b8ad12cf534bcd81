"""What a filter demands of one variable at least: a day before or after, a piece of its text.

Each of its conjuncts must be true: so what fails one is no solution, whatever the others say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.sparql.tokens import Token, closing, spoken

_TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_SEARCHES: Final = frozenset(("CONTAINS", "STRSTARTS", "STRENDS", "REGEX"))
_SPECIAL: Final = re.compile(r"[\\|()\[\]{}]")
_RUN: Final = re.compile(r"([^.^$*?+]+)([*?+]*)")
_QUOTES: Final = re.compile("^(?:'''|\"\"\"|'|\")|(?:'''|\"\"\"|'|\")$")
_ESCAPED: Final = re.compile(r"\\.|[\"\x00-\x1f\x7f\ufffe\uffff]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Compared:
    """A variable compared with a constant, as the query spells it."""

    name: str
    sign: str
    constant: str


@dataclass(frozen=True, slots=True)
class Searched:
    """A variable in whose text, `folded`, a piece must stand."""

    name: str
    piece: str
    begins: bool
    """Whether the text must begin with it."""


@lru_cache(maxsize=256)
def conjuncts(text: str) -> tuple[Compared | Searched | None, ...]:
    """The conjuncts of a filter; None for one that is not understood."""
    return tuple(_conjuncts(spoken(text)))


def folded(text: str) -> str:
    """A text in which a piece of another is found, whatever the case of ASCII letters in both.

    Of all signs the long s and the sign of kelvin alone are alike, but for their case, to a letter
    of ASCII.
    """
    return text.lower().replace("\N{LATIN SMALL LETTER LONG S}", "s")


def _conjuncts(found: list[Token]) -> Iterator[Compared | Searched | None]:
    while found and found[0].text == "(" and closing(found, 0) == len(found) - 1:
        found = found[1:-1]
    parts = _parts(found)
    if len(parts) > 1:
        for part in parts:
            yield from _conjuncts(part)
    else:
        yield _compared(found) or _searched(found)


def _parts(found: list[Token]) -> list[list[Token]]:
    """What stands between the `&&` of an expression; nothing if it has a choice beside them."""
    parts, depth = [list[Token]()], 0
    for token in found:
        depth += (token.kind == "open") - (token.kind == "close")
        if not depth and token.text == "||":
            return []
        if not depth and token.text == "&&":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _compared(found: list[Token]) -> Compared | None:
    """`?v < "…"^^type`, or the other way round."""
    if len(found) != 5:
        return None
    if found[0].kind == "variable" and found[1].text in _TURNED:
        (variable, sign), literal = found[:2], found[2:]
        shown = sign.text
    elif found[4].kind == "variable" and found[3].text in _TURNED:
        (sign, variable), literal = found[3:], found[:3]
        shown = _TURNED[sign.text]
    else:
        return None
    kinds = [token.kind for token in literal]
    if kinds[0] != "string" or literal[1].text != "^^" or kinds[2] not in ("iri", "name"):
        return None
    return Compared(variable.text[1:], shown, "".join(token.text for token in literal))


def _searched(found: list[Token]) -> Searched | None:
    """`CONTAINS(?v, "…")` and its like, where STR or LCASE may stand around the variable."""
    if len(found) < 6 or found[0].word not in _SEARCHES or found[1].text != "(":
        return None
    if closing(found, 1) != len(found) - 1:
        return None
    place = 2
    while found[place].word in ("STR", "LCASE") and found[place + 1].text == "(":
        place += 2
    inner = (place - 2) // 2
    rest = found[place + 1 : -1]
    if found[place].kind != "variable" or [t.text for t in rest[:inner]] != [")"] * inner:
        return None
    rest = rest[inner:]
    shape = [t.text if t.kind == "other" else t.kind for t in rest]
    if shape != [",", "string"] and (shape != [",", "string"] * 2 or found[0].word != "REGEX"):
        return None
    said = [_QUOTES.sub("", token.text) for token in rest[1::2]]
    return _piece(found[0].word, found[place].text[1:], *said)


def _piece(word: str, name: str, pattern: str, flags: str = "") -> Searched | None:
    """The piece that a text must have, at its begin if that says as much; None if there is none."""
    runs = _literal_runs(pattern, flags) if word == "REGEX" else [pattern]
    pieces = [folded(max(_plain(run), key=len)) for run in runs]
    piece = max(pieces, key=len, default="")
    fixed = word == "STRSTARTS" or (pattern.startswith("^") and "m" not in flags)
    if fixed and runs and pattern.removeprefix("^").startswith(runs[0]):
        head = folded(_plain(runs[0])[0])
        if len(head) * 2 > len(piece):
            return Searched(name, head, begins=True)
    return Searched(name, piece, begins=False) if piece else None


def _literal_runs(pattern: str, flags: str = "") -> list[str]:
    """The runs of signs that each text has that a plain regular expression matches."""
    if _SPECIAL.search(pattern) or set(flags) - set("ism"):
        return []
    return [run if signs in ("", "+") else run[:-1] for run, signs in _RUN.findall(pattern)]


def _plain(text: str) -> list[str]:
    """The runs of signs that are ASCII, or have no case, and are never escaped."""
    runs, run = list[str](), ""
    for sign in _ESCAPED.sub("\n", text):
        if sign != "\n" and (sign.isascii() or not _may_have_case(sign)):
            run += sign
        else:
            runs.append(run)
            run = ""
    return [*runs, run]


def _may_have_case(sign: str) -> bool:
    """Whether a sign has another case; it may if it is newer than what Python knows."""
    return sign.lower() != sign.upper() or unicodedata.category(sign) == "Cn"
