"""A query respelled: every prefixed name as its whole IRI, so no prefixes, and no comments.

The engine then has nothing to guess: it refuses names with two dots (claim:a.b.c) that the grammar
allows, and takes service:x { … } for a keyword. Lines keep their numbers, so errors point right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from kg.names import Names
from kg.sparql.relative import resolved
from kg.sparql.tokens import DECLARED, Token
from kg.sparql.words import stop_at

_ESCAPED: Final = re.compile(r"\\(.)")
_GLUE: Final = frozenset(("word", "name", "variable", "number", "language", "blank"))
_DECLARES: Final = ("BASE", "PREFIX")
_BREAK: Final = re.compile(r"\r\n?|\n")


@lru_cache(maxsize=32)
def known_prefixes(names: Names, head: str) -> Mapping[str, str]:
    """IRIs by prefixes with their colons: ours, and those that a query's head declares over them.

    Kept, as a client sends the same head with each query.
    """
    ours = {f"{prefix}:": iri for prefix, iri in names.prefixes().items()}
    declared = {name: _resolved(iri, names.base) for name, iri in DECLARED.findall(head)}
    return ours | declared


class Prologue:
    """The base and the prefixes that a query declares behind its head, over those known before."""

    def __init__(self, found: list[Token], known: Mapping[str, str], base: str) -> None:
        self.base = base
        self.prefixes = known
        self.declared = set[int]()
        """The tokens that declare prefixes, which nothing uses once names are respelled."""
        self.end = self._read(found)
        based = any(token.word == "BASE" for token in found[: self.end])
        self.spelt = ("name", "iri") if based else ("name",)
        """Which tokens to respell: ?x<1&&?y>2 looks like an IRI, and the engine knows better."""

    def _read(self, found: list[Token]) -> int:
        """Reads the declarations; returns how many tokens they have."""
        if not (found and found[0].word in _DECLARES):
            return 0
        self.prefixes = prefixes = dict(self.prefixes)
        i = 0
        while i < len(found) and found[i].word in _DECLARES:
            words = [token.text for token in found[i + 1 : i + 3]] + ["", ""]
            if found[i].word == "BASE":
                self.base = _resolved(words[0], self.base)
                i += 2
            else:
                prefixes[words[0]] = _resolved(words[1], self.base)
                if _declares(found[i + 1 : i + 3]):
                    self.declared.update(range(i, i + 3))
                i += 3
        return min(i, len(found))

    def iri(self, token: Token, text: str) -> str:
        """What an IRI or a prefixed name stands for. Raises SyntaxError for an unknown prefix."""
        if token.kind == "iri":
            return _resolved(token.text, self.base)
        prefix, _, local = token.text.partition(":")
        if f"{prefix}:" not in self.prefixes:
            raise stop_at(text, token.start, f"the prefix {prefix}: is not declared")
        return self.prefixes[f"{prefix}:"] + _ESCAPED.sub(r"\1", local)


def _resolved(written: str, base: str) -> str:
    """An IRI between its signs, against the base."""
    return resolved(written.strip("<>"), base)


def _declares(found: list[Token]) -> bool:
    """Whether these are a prefix and its IRI, as the grammar has them."""
    kinds = [token.kind for token in found]
    return kinds == ["name", "iri"] and found[0].text.find(":") == len(found[0].text) - 1


def respell(text: str, found: list[Token], prologue: Prologue) -> tuple[str, list[Token]]:
    """A query with whole IRIs, and its tokens. Raises SyntaxError for an unknown prefix."""
    parts, tokens, last, kind, at = list[str](), list[Token](), 0, "", 0
    for i, token in enumerate(found):
        if i in prologue.declared:
            continue
        gap = blanks(text[last : token.start])
        if not gap and kind in _GLUE and token.kind in _GLUE:
            gap = " " * (token.kind != "language")
        last, kind = token.end, token.kind
        word, whole = token.text, token.kind in prologue.spelt and i >= prologue.end
        if whole:
            word = f"<{prologue.iri(token, text)}>"
        parts += (gap, word)
        begin = at + len(gap)
        at = begin + len(word)
        tokens.append(Token("iri" if whole else kind, word, begin, at, token.word))
    return "".join(parts), tokens


def normal(tokens: Iterable[Token]) -> str:
    r"""A respelled query as every spelling of it that differs in blanks and comments alone.

    >>> from kg.sparql.tokens import spoken
    >>> normal(spoken("ASK\n\n{ }"))
    'ASK { }'
    """
    parts, last = list[str](), 0
    for token in tokens:
        parts += (" " * (token.start > last), token.text)
        last = token.end
    return "".join(parts).lstrip(" ")


def blanks(gap: str) -> str:
    """What stands between two tokens, without its comments: its line ends, or a blank."""
    return "\n" * len(_BREAK.findall(gap)) or " " * bool(gap)


def joined(pieces: Iterable[str]) -> str:
    """Pieces of a query on one line."""
    return _BREAK.sub(" ", " ".join(pieces))
