"""Words as they are compared: without case, marks, hyphens and the variants of letters. Pure."""

from __future__ import annotations

import unicodedata
from typing import Final

_LETTERS: Final = {
    "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "æ": "ae",
    "œ": "oe",
}
"""Letters that people type for one another and that Unicode does not take apart."""
_SILENT: Final = frozenset("\N{ARABIC TATWEEL}ʿʾʼ‘’'`´")
"""The tatweel, and the signs that transcriptions write or leave out."""


class _Folding(dict[int, str]):
    """What each character becomes, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(map(_folded, unicodedata.normalize("NFKD", chr(code)).casefold()))
        return self[code]


def _folded(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    kind = unicodedata.category(character)
    if character in _SILENT or kind in ("Mn", "Cf"):
        return ""
    if kind == "Nd":
        return str(unicodedata.digit(character))
    return character if kind[0] in "LNM" else " "


_FOLDED: Final = _Folding()


def fold(text: str) -> str:
    """Words for comparison, one space between them.

    >>> fold("Al-Ḥasakah,  the GOVERNORATE")
    'al hasakah the governorate'
    >>> fold("الرَّمـادى") == fold("الرمادي")
    True
    """
    return " ".join(text.translate(_FOLDED).split())


def cut(text: str, words: str) -> tuple[str, str, str]:
    """The text before, in and after the first place where it has the folded words.

    All of it is before where they are not together in it.

    >>> cut("The Al-Ḥasakah road", "al hasakah")
    ('The ', 'Al-Ḥasakah', ' road')
    """
    folded, places = "", []
    for place, character in enumerate(text):
        for sign in character.translate(_FOLDED):
            if sign != " " or folded[-1:] not in ("", " "):
                folded += sign
                places.append(place)
    at = folded.find(words) if words else -1
    if at < 0:
        return text, "", ""
    start, end = places[at], places[at + len(words) - 1] + 1
    while end < len(text) and not text[end].translate(_FOLDED):
        end += 1
    return text[:start], text[start:end], text[end:]
