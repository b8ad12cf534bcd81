"""What the words around an expression say: its tense, whether it is a time, or a bound."""

from __future__ import annotations

import re
from enum import Enum
from re import Match
from typing import Final, Literal

_REACH_BACK: Final = 80
_REACH_ON: Final = 160
"""How far, in characters, a verb may stand before the words, and after them."""
_SHORT: Final = ("mr", "ms", "mrs", "dr", "st", "vs", "lt", "col", "gen", "sen", "rep", "gov")
"""Words, besides single letters, whose full stop does not end a sentence."""
_CLAUSE: Final = re.compile(
    r'[.;:!?"\n](?<!\b[a-z]\.)'
    + "".join(rf"(?<!\b{short}\.)" for short in _SHORT)
    + r"(?:(?<!\n)\s|\s{0,9}\n)"
)
_AHEAD: Final = (
    r"will|shall|would|could|might|must|(?:is|are|was|were) to|scheduled|due|expected"
    r"|plan(?:s|ning)? to|going to|intends?|upcoming|deadline"
    r"|(?:postponed|adjourned|deferred|delayed|extended|put off|giv(?:e|es|en)|gave)\b"
    r"[^,;]{0,40}? until"
    r"|planned(?= (?:to|for|on|in|an?|the|his|her|its|their)\b| ?$)"
    r"|set for|set to|hopes? to|ready to|as (?:early|soon) as"
)
_BEFORE: Final = (
    r"(?<!be )(?<!to )(?:(?!united|hundred|indeed|allied)[a-z]{4,22}+(?<=ed)|said|says|told|took"
    r"|fell|came|went|made|began|held|hit|met|won|lost|left|had|has|have|did|wrote|found|ran|drove"
    r"|struck|fought|broke|shot|sent|gave|(?:was|were)(?! to\b))"
)
_CUE: Final = re.compile(rf"\b(?:{_AHEAD}|(?P<past>{_BEFORE}))\b|'ll\b")
_COULD_NOT: Final = re.compile(
    r"\bcould(?:n't| not| never| hardly| barely)\b"
    r"|\b(?:nor|neither|nobody|none)\b[^,;]{1,60}? could\b"
)
_CALLED_OFF: Final = re.compile(r" (?:was|were|had been)\b(?! to\b)")
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
    """Whether the words are a time here: May is a name, 2,000 people no year, "Now …" a start."""
    for name in ("month_month", "month_day_month", "day_month_month", "weekday_day"):
        if match[name] and not text[match.start(name)].isupper():
            return False
    if match["year_year"]:
        return _COUNTED.match(match.string, match.end()) is None
    if match[0] == "now" and text.startswith("Now", match.start()):
        return False
    if match["set_unit"] is None and match["rule_set"]:
        return text[match.start()].islower()
    return True


def tense(match: Match[str]) -> Tense:
    """What the nearest verb or cue of their clause makes of them: one before, or else after."""
    text, start, end = match.string, match.start(), match.end()
    if text.startswith("'s", end) or _CALLED_OFF.match(text, end):
        return "past"
    *_, before = _CLAUSE.split(text[max(0, start - _REACH_BACK) : start])
    before = _COULD_NOT.sub(" did ", before) if "could" in before else before
    cues = list(_CUE.finditer(before))
    cue = cues[-1] if cues else _CUE.search(text, end, _end_of_clause(text, end))
    if cue is None:
        return "untold"
    return "past" if cue["past"] else "ahead"


def _end_of_clause(text: str, start: int) -> int:
    end = _CLAUSE.search(text, start, start + _REACH_ON)
    return end.start() if end else start + _REACH_ON


def bound(match: Match[str]) -> Bound | None:
    """The bound that the word before an expression makes of it, if it makes one."""
    before = match.string[max(0, match.start() - 20) : match.start()]
    if _SINCE.search(before):
        return Bound.SINCE
    return Bound.UNTIL if _UNTIL.search(before) else None
