"""Regular expressions of XPath that are known only when they are asked for."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.names import VOCABULARIES
from kg.sparql.standard.regex import NoRegex, Regex, Unsaid, refusal, translated
from kg.sparql.standard.regex import replacement as said_instead

_STRING: Final = NamedNode(f"{VOCABULARIES['xsd']}string")
_NO_FLAGS: Final = Literal("")


class Patterns:
    """What regular expressions that a query computes are to the engine.

    An exception would be an error to it, too, and a row would be missing: so it is kept, and
    `check` raises it behind the query.
    """

    def __init__(self) -> None:
        self._failed: Exception | None = None

    def check(self) -> None:
        """Raises QueryRefused for a regular expression that could not be said."""
        if self._failed:
            raise self._failed

    def matched(self, pattern: object, flags: object = _NO_FLAGS) -> Literal | None:
        """A pattern of REGEX."""
        found = self._regex(pattern, flags)
        return Literal(found.whole) if found else None

    def replaced(self, pattern: object, flags: object = _NO_FLAGS) -> Literal | None:
        """A pattern of REPLACE, which matches something at least."""
        found = self._regex(pattern, flags)
        return Literal(found.whole) if found and not found.empty else None

    def replacement(
        self, new: object, pattern: object, flags: object = _NO_FLAGS
    ) -> Literal | None:
        """What takes the place of a match of a pattern."""
        text, found = _string(new), self._regex(pattern, flags)
        if text is None or found is None:
            return None
        try:
            return Literal(said_instead(text, found.groups))
        except NoRegex:
            return None

    def _regex(self, pattern: object, flags: object) -> Regex | None:
        text, said = _string(pattern), _string(flags)
        if text is None or said is None:
            return None
        try:
            return translated(text, said)
        except NoRegex:
            return None
        except Unsaid as error:
            self._failed = refusal(text, error)
        except Exception as error:  # noqa: BLE001 whatever it is, the engine would not tell it
            self._failed = error
        return None


def _string(term: object) -> str | None:
    """The text of a string; None for any other term."""
    return term.value if isinstance(term, Literal) and term.datatype == _STRING else None
