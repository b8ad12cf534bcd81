r"""Regular expressions as XPath has them, in the engine's words.

XPath's letters are all but punctuation, separators and control characters, and its blanks are four:
the engine has others. What it has no words for (\1, \i, \p{Is…}) is told from what is no regular
expression at all, which is an error.
https://www.w3.org/TR/xpath-functions/#regex-syntax, https://www.w3.org/TR/xmlschema-2/#regexs
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, NoReturn

from pyoxigraph import Literal

from kg.errors import QueryRefused
from kg.sparql.standard.values import value_of

DEEPEST: Final = 50
"""Brackets within brackets."""
_FLAGS: Final = frozenset("smix")
_BLANKS: Final = " \t\n\r"
_OTHERS: Final = r"\p{P}\p{Z}\p{C}"
_ESCAPES: Final = {
    **{sign: f"\\{sign}" for sign in r"nrt\|.?*+(){}-[]^$"},
    "s": r"[ \t\n\r]",
    "S": r"[^ \t\n\r]",
    "d": r"\d",
    "D": r"\D",
    "w": f"[^{_OTHERS}]",
    "W": f"[{_OTHERS}]",
}
"""What stands behind a backslash, and what it is to the engine, in a class as well as outside."""
_SEVERAL: Final = frozenset("sSdDwW")
"""Those that are no single sign, and so begin and end no range."""
_CATEGORY: Final = re.compile(
    r"\{(?:(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)|Is[-A-Za-z0-9]+)\}"
)
_CASED: Final = frozenset(("Lu", "Ll", "Lt", "M", "Mn"))
"""Categories that the other case of a sign may not be of."""
_TIMES: Final = re.compile(r"[?*+]\??|\{(\d+)(?:,(\d*))?\}\??", re.ASCII)
_NO_SIGNS: Final = frozenset("?*+{}]")
"""What is no sign by itself, beside what begins a group, a class or an escape."""
_PLACE: Final = re.compile(r"\\(.?)|\$(\d*)", re.DOTALL | re.ASCII)
"""What is no plain text where a match's place is taken."""
_TAKEN: Final = {"\\": "\\", "$": "$$"}


class NoRegex(ValueError):
    """It is none of XPath's: an error, says XPath."""


class Unsaid(ValueError):
    """The engine has no words for it."""


def refusal(pattern: str, why: Exception) -> QueryRefused:
    """What is said of such a pattern."""
    return QueryRefused(
        f"the pattern '{pattern}' is not understood here as XPath has it: {why}. Write it in other "
        "words, such as several REGEX with && or ||."
    )


@dataclass(frozen=True, slots=True)
class Regex:
    r"""A regular expression in the engine's words, with those flags that these do not say already.

    >>> translated(r"^ \s (\w+) [+-]", "ix").whole
    '(?i)^[ \\t\\n\\r]([^\\p{P}\\p{Z}\\p{C}]+)[+\\-]'
    """

    text: str
    flags: str
    groups: int
    """How many groups have a number."""
    empty: bool = False
    """Whether it matches where there is nothing."""

    @property
    def whole(self) -> str:
        """It with its flags."""
        return f"(?{self.flags}){self.text}" if self.flags else self.text


@lru_cache(maxsize=1024)
def translated(pattern: str, flags: str) -> Regex:
    """A regular expression of XPath. Raises NoRegex, or Unsaid."""
    if not set(flags) <= _FLAGS:
        raise NoRegex(f"the flags '{flags}' are not XPath's: these are s, m, i and x")
    found = _Reader(pattern, flags).regex()
    empty = value_of(f'REGEX("", {Literal(found.whole)})')
    if empty is None:
        raise Unsaid("it is too large")
    return replace(found, empty=empty.value == "true")


def replacement(text: str, groups: int) -> str:
    r"""What takes a match's place, in the engine's words. Raises NoRegex for no such thing.

    >>> replacement(r"$12 \$", groups=1)
    '${1}2 $$'
    """

    def said(found: re.Match[str]) -> str:
        if found[2]:
            return _group(found[2], groups)
        if found[1] in _TAKEN:
            return _TAKEN[found[1]]
        raise NoRegex("it has a $ without the number of a group, or a \\ before neither $ nor \\")

    return _PLACE.sub(said, text)


def _group(digits: str, groups: int) -> str:
    """A group by its number: of several digits those that are one, the others are text."""
    most = len(digits)
    while most > 1 and int(digits[:most]) > groups:
        most -= 1
    return f"${{{int(digits[:most])}}}{digits[most:]}"


def _without_blanks(pattern: str) -> str:
    """It as it is with the flag x: blanks are no signs of it, but in a class."""
    kept, depth, escaped = list[str](), 0, False
    for sign in pattern:
        if sign in _BLANKS and not depth:
            continue
        kept.append(sign)
        depth += 0 if escaped else (sign == "[") - (sign == "]" and depth > 0)
        escaped = sign == "\\" and not escaped
    return "".join(kept)


class _Reader:
    """Reads a regular expression as XPath's grammar has it, and writes it as it goes."""

    def __init__(self, pattern: str, flags: str) -> None:
        self._text = _without_blanks(pattern) if "x" in flags else pattern
        self._flags = "".join(sorted({*flags} - {"x"}))
        self._at = 0
        self._groups = 0
        self._depth = 0

    def regex(self) -> Regex:
        """The whole of it. Raises NoRegex, or Unsaid."""
        text = self._choices()
        if self._next:
            self._stop("that closes nothing")
        return Regex(text, self._flags, self._groups)

    @property
    def _next(self) -> str:
        """The sign that is read next; nothing at the end."""
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        """That sign, read."""
        sign = self._next
        self._at += 1
        return sign

    def _accept(self, text: str) -> bool:
        """Whether this stands next, which is then read."""
        found = self._text.startswith(text, self._at)
        self._at += len(text) * found
        return found

    def _stop(self, why: str) -> NoReturn:
        found = f"'{self._next}'" if self._next else "its end"
        raise NoRegex(f"at sign {self._at + 1} it has {found}, {why}")

    def _choices(self) -> str:
        parts = list[str]()
        while self._next not in ("", ")"):
            parts.append("|" if self._accept("|") else self._atom() + self._times())
        return "".join(parts)

    def _times(self) -> str:
        """How often an atom may stand there, if that is said."""
        found = _TIMES.match(self._text, self._at)
        if found is None:
            return ""
        if found[2] and int(found[1]) > int(found[2]):
            self._stop("and more at least than at most")
        self._at = found.end()
        return found[0]

    def _atom(self) -> str:
        if self._next == "(":
            return self._group()
        if self._next == "[":
            return self._class()
        if self._accept("\\"):
            return self._escape()
        if self._next in _NO_SIGNS:
            self._stop(f"where a sign is to stand, which would be \\{self._next}")
        return self._take()

    def _group(self) -> str:
        self._take()
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unsaid(f"its groups stand more than {DEEPEST} deep")
        numbered = not self._accept("?:")
        self._groups += numbered
        inside = self._choices()
        if not self._accept(")"):
            self._stop("where a group is to end")
        self._depth -= 1
        return f"({inside})" if numbered else f"(?:{inside})"

    def _escape(self) -> str:
        """What stands behind a backslash."""
        sign = self._take()
        if sign in ("p", "P"):
            return self._category(sign)
        if sign in _ESCAPES:
            return _ESCAPES[sign]
        self._at -= 1
        if sign and sign in "iIcC123456789":
            raise Unsaid(f"it has \\{sign}")
        return self._stop("where \\ says nothing")

    def _category(self, sign: str) -> str:
        found = _CATEGORY.match(self._text, self._at)
        if found is None:
            self._stop(f"where \\{sign} wants a category such as {{Lu}}")
        self._at = found.end()
        if not found[1]:
            raise Unsaid(f"it has \\{sign}{found[0]}")
        if "i" in self._flags and found[1] in _CASED:
            raise Unsaid(f"it has \\{sign}{found[0]} beside the flag i")
        return f"\\{sign}{found[0]}"

    def _class(self) -> str:
        self._take()
        negated, items, begin = self._accept("^"), list[str](), self._at
        while self._next != "]" and not (
            self._at > begin and self._text.startswith("-[", self._at)
        ):
            items.append(self._item(first=self._at == begin))
        if not items:
            self._stop("where a class is to hold something")
        found = f"[{'^' * negated}{''.join(items)}]"
        if self._accept("-"):
            found = f"[{found}--{self._less()}]"
        if not self._accept("]"):
            self._stop("where a class is to end")
        return found

    def _less(self) -> str:
        """The class that is taken from another."""
        if "i" in self._flags:
            raise Unsaid("a class is taken from another beside the flag i")
        return self._class()

    def _item(self, *, first: bool) -> str:
        """A sign, several that an escape says, or a range."""
        if self._next == "-":
            if not first and not self._text.startswith("-]", self._at):
                raise Unsaid("it has a - in a class that neither begins, nor ends, nor is a range")
            return _in_class(self._take())
        low, single = self._member()
        if not single or self._next != "-" or self._text.startswith(("-]", "-["), self._at):
            return low
        self._take()
        if self._next == "-":
            self._stop("where a range is to end; the sign itself is \\-")
        high, single = self._member()
        if not single or _sign(high) < _sign(low):
            self._stop("behind a range that ends before it begins, or with no sign")
        return f"{low}-{high}"

    def _member(self) -> tuple[str, bool]:
        """A member of a class, and whether it is a single sign."""
        if self._accept("\\"):
            several = self._next in ("p", "P", *_SEVERAL)
            return self._escape(), not several
        if self._next in ("", "[", "]"):
            self._stop(f"where a sign of a class is to stand, which would be \\{self._next}")
        return _in_class(self._take()), True


def _in_class(sign: str) -> str:
    """A sign as it is a member of a class to the engine."""
    return f"\\{sign}" if sign in r"\[]^-&~" else sign


def _sign(member: str) -> str:
    """The sign that a member of a class is."""
    return {"\\n": "\n", "\\r": "\r", "\\t": "\t"}.get(member, member[-1])
