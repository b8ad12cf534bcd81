"""The forms of amounts: a bound, then digits, words, a share or a bare plural (dozens, weeks)."""

from __future__ import annotations

import re
from typing import Final

from kg.suggest.numbers import NUMBER, NUMBER_WORDS

BOUNDS: Final = {
    "at least": "at-least", "no fewer than": "at-least", "no less than": "at-least",
    "more than": "more-than", "over": "more-than", "well over": "more-than",
    "upwards of": "more-than", "at most": "at-most", "up to": "at-most",
    "no more than": "at-most", "as many as": "at-most", "less than": "less-than",
    "fewer than": "less-than", "under": "less-than", "nearly": "approximately",
    "almost": "approximately", "about": "approximately", "around": "approximately",
    "some": "approximately", "perhaps": "approximately", "maybe": "approximately",
    "something like": "approximately", "just over": "more-than", "just under": "less-than",
    "not less than": "at-least", "not more than": "at-most", "not fewer than": "at-least",
    "roughly": "approximately", "approximately": "approximately",
    "an estimated": "approximately", "close to": "approximately",
}  # fmt: skip
PLURALS: Final[dict[str, float]] = {
    "tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000,
    "tens of thousands": 20_000, "hundreds of thousands": 200_000, "millions": 2_000_000,
    "days": 2, "weeks": 2, "months": 2, "years": 2,
}  # fmt: skip
"""What a bare plural is at the least, as the codebook has it."""
FRACTION: Final[dict[str, float]] = {
    "half": 50, "a third": 33.3, "one third": 33.3, "a quarter": 25, "one quarter": 25,
    "two thirds": 66.7, "three quarters": 75, "a fifth": 20, "one fifth": 20,
}  # fmt: skip
_FRACTIONS: Final = "|".join(w.replace(" ", "[ -]") for w in sorted(FRACTION, reverse=True))
_BOUNDS: Final = "|".join(sorted(BOUNDS, key=len, reverse=True))
_MANY: Final = "|".join(sorted(PLURALS, key=len, reverse=True))

SHARES: Final = re.compile(
    r",? of (?:all (?:of )?)?(?:(?:the|its|this|that) )?(?:whole |entire |total )?"
    r"(?:[A-Z]\w+|(?:country|territory|land|region|province|area|total|city|town|north|south|east"
    r"|west|state|island|valley)\b)"
)
"""What a share can be of: land, or a name."""

FIRST: Final = frozenset(
    {word.split()[0] for word in (*BOUNDS, *PLURALS, *FRACTION)} | set(NUMBER_WORDS)
)
"""The words that an amount can begin with, where it begins with none of digits."""

AMOUNT: Final = re.compile(
    rf"(?<![\w-])(?:(?P<bound>{_BOUNDS}) )?(?:"
    rf"(?P<fraction>{_FRACTIONS})\b(?= of\b)"
    rf"|(?P<share>{NUMBER}) ?(?P<sign>%|per ?cent\b|percentage points?\b)"
    rf"|(?P<value>\$?(?:{NUMBER}|\b(?<!recent )(?:{_MANY})\b(?! old)"
    rf"|(?<=\$)\d{{1,9}}(?:\.\d{{1,3}})?"
    r"(?: (?:thousand|million|billion)\b)?|\ban?\b(?= (?:day|week|month|year)\b)))(?: of\b)?)"
)
"""An amount. A bare plural of time (weeks) is its own unit."""
