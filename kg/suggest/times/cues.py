"""What the words around an expression say: its tense, whether it is a time, or a bound."""

from __future__ import annotations

import re
from enum import Enum
from re import Match
from typing import Final, Literal

_REACH: Final = 80
_CLAUSE: Final = re.compile(r'[.;:!?"\n]\s|\n')
_AHEAD: Final = re.compile(
    r"\b(?:will|shall|would|could|might|must|(?:is|are|was|were) to|scheduled|due|expected"
    r"|plan(?:s|ned|ning)?|going to|intends?|upcoming|deadline"
    r"|set for|set to|hopes? to|ready to|as (?:early|soon) as)\b|'ll\b"
)
_BEFORE: Final = re.compile(
    r"(?<!be )(?<!to )\b(?:[a-z]{2,20}ed|said|says|told|took|fell|came|went|made|began|held|hit|met"
    r"|won|lost|left|had|has|have|did|wrote|found|ran|drove|struck|fought|broke|shot|sent|gave)\b"
)
_SINCE: Final = re.compile(r"\b(?:since|from|after|starting|beginning|as of)(?: on)?(?: the)? $")
_UNTIL: Final = re.compile(r"\b(?:until|till|up to|by|before)(?: late| early)?(?: on)?(?: the)? $")
_COUNTED: Final = re.compile(
    r"\s(?:people|men|women|children|troops|fighters|soldiers|civilians|militants|refugees|houses"
    r"|homes|families|miles|metres|meters|feet|tons|tonnes|acres|pounds|dollars|euros|votes|jobs"
    r"|shells|rockets|kilomet(?:re|er)s|years|days|square|km|hours|other|more|workers|members)\b"
)


Tense = Literal["past", "ahead", "untold"]


class Bound(Enum):
    """The side on which an expression bounds what is told."""

    SINCE = "since"
    UNTIL = "until"


def is_time(text: str, match: Match[str]) -> bool:
    """Whether the words are a time here: May and March are names, and 2,000 people no year."""
    for name in ("month_month", "month_day_month", "day_month_month", "weekday_day"):
        if match[name] and not text[match.start(name)].isupper():
            return False
    if match["year_year"]:
        return _COUNTED.match(match.string, match.end()) is None
    if match["set_unit"] is None and match["rule_set"]:
        return text[match.start()].islower()
    return True


def tense(match: Match[str]) -> Tense:
    """What the nearest verb or cue before the words, in their clause, makes of them."""
    if match.string.startswith("'s", match.end()):
        return "past"
    before = match.string[max(0, match.start() - _REACH) : match.start()]
    *_, clause = _CLAUSE.split(before)
    ahead, past = (_last(cue, clause) for cue in (_AHEAD, _BEFORE))
    if max(ahead, past) < 0:
        return "untold"
    return "ahead" if ahead >= past else "past"


def _last(cue: re.Pattern[str], clause: str) -> int:
    return max((found.end() for found in cue.finditer(clause)), default=-1)


def bound(match: Match[str]) -> Bound | None:
    """The bound that the word before an expression makes of it, if it makes one."""
    before = match.string[max(0, match.start() - 20) : match.start()]
    if _SINCE.search(before):
        return Bound.SINCE
    return Bound.UNTIL if _UNTIL.search(before) else None
