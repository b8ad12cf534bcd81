"""REGEX and REPLACE as XPath has them, where the engine reads what they are given otherwise.

What is a string is said in its words beforehand; what is computed, by functions of ours.
https://www.w3.org/TR/xpath-functions/#func-matches, https://www.w3.org/TR/xpath-functions/#func-replace
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pyoxigraph import Literal

from kg.errors import QueryRefused
from kg.sparql.ours.names import MATCHED, REPLACED, REPLACEMENT
from kg.sparql.standard.regex import NoRegex, Regex, Unsaid, refusal, replacement, translated

_LEAST: Final = {"REGEX": 2, "REPLACE": 3}
WORDS: Final = frozenset(_LEAST)


class Argument(NamedTuple):
    """What a function is given."""

    text: str
    string: str | None
    """What it says if it is a string without language or datatype."""


def in_words(word: str, given: Sequence[Argument]) -> list[str]:
    r"""What REGEX or REPLACE is given, in the engine's words.

    Raises QueryRefused for strings that it has no words for.

    >>> in_words("REGEX", [Argument("?x", None), Argument('"[a&b]"', "[a&b]")])
    ['?x', '"[a\\\\&b]"']
    """
    least = _LEAST[word]
    if not least <= len(given) <= least + 1:
        return [one.text for one in given]  # no SPARQL, as the engine will say
    text, pattern, new, flags = given[0], given[1], given[2:least], given[least:]
    known = _known(pattern, flags, word)
    asked = ", ".join(one.text for one in (pattern, *flags))
    news = [_new(one, known, asked) for one in new]
    if known is None:
        return [text.text, f"<{REPLACED if new else MATCHED}>({asked})", *news]
    kept = [_written(one, known.flags) for one in flags]
    return [text.text, _written(pattern, known.text), *news, *kept]


def _known(pattern: Argument, flags: Sequence[Argument], word: str) -> Regex | None:
    """The regular expression, if it is no computed one."""
    said = "" if not flags else flags[0].string
    if pattern.string is None or said is None:
        return None
    try:
        found = translated(pattern.string, said)
    except (NoRegex, Unsaid) as error:
        raise refusal(pattern.string, error) from None
    if word == "REPLACE" and found.empty:
        raise QueryRefused(
            f"the pattern {pattern.text} of REPLACE matches where there is nothing, which is an "
            "error in XPath. Use + for * , or REGEX in an IF around it."
        )
    return found


def _new(new: Argument, known: Regex | None, asked: str) -> str:
    """What takes a match's place."""
    if known is None or new.string is None:
        return f"<{REPLACEMENT}>({new.text}, {asked})"
    try:
        return _written(new, replacement(new.string, known.groups))
    except NoRegex as error:
        raise QueryRefused(
            f"what REPLACE puts in, {new.text}, is an error in XPath: {error}. In a query $ is "
            "written \\\\$ and \\ is \\\\\\\\."
        ) from None


def _written(argument: Argument, text: str) -> str:
    return argument.text if argument.string == text else str(Literal(text))
