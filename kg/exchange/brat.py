"""A mapping as brat stand-off (https://brat.nlplab.org/standoff.html).

    T1  claim_capture 30 51  took the Aven bridge      an entry: its section, and what it is
    A1  factuality T1 asserted                         a value of a scheme
    R1  voice Arg1:T1 Arg2:T2                          another entry that it refers to
    #1  AnnotatorNotes T1  {"id": "bridge-taken", …}   its name and all its other keys, as JSON

Each key stands in one place only, so that what is edited there is what comes back. A passage that
is given by its first and last words is marked at its two ends: the file has no other words of it.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

from kg.exchange.carried import NUMBERED, Carried, Piece
from kg.exchange.fragments import BREAKS, cut_lines, fragments, kept
from kg.mapping.check import VALUES

TYPED: Final = {"part": "kind", "voice": "form", "claim": "type"}
"""The key that an entry's type says after its section, as in claim_capture."""
ATTRIBUTES: Final = {key: scheme for key, scheme in VALUES.items() if key not in TYPED.values()}
"""The keys of a claim that are attributes, and the schemes of their values."""
RELATIONS: Final = {
    "voice": ("claim", "voice"),
    "relayed-by": ("voice", "voice"),
    "denies": ("claim", "claim"),
    "corrects": ("claim", "claim"),
    "on-condition": ("claim", "claim"),
}
"""The keys that refer to another entry of the article: the sections of both."""
CUE: Final = "cue"


def write_brat(carried: list[Carried]) -> str:
    """The text of an .ann file."""
    writing = _Writing({(one.section, one.name): f"T{n}" for n, one in enumerate(carried, 1)})
    for one in carried:
        writing.entry(one)
    return "".join(f"{line}\n" for line in writing.lines)


class _Writing:
    """Writes one file, line by line, and counts its marks."""

    def __init__(self, marks: dict[tuple[str, str], str]) -> None:
        self.marks = marks
        self.lines: list[str] = []
        self.counts = Counter({"T": len(marks)})

    def mark(self, kind: str) -> str:
        """A new mark: A1, A2, …"""
        self.counts[kind] += 1
        return f"{kind}{self.counts[kind]}"

    def entry(self, one: Carried) -> None:
        """The lines of one entry."""
        mark = self.marks[one.section, one.name]
        keys = dict(one.keys)
        subtype = keys.pop(TYPED.get(one.section, ""), None)
        self.bound(mark, f"{one.section}_{subtype}" if subtype else one.section, fragments(one))
        if one.section == "claim":
            for key in ATTRIBUTES:
                if key in keys:
                    self.lines.append(f"{self.mark('A')}\t{key} {mark} {keys.pop(key)}")
        for key, (source, target) in RELATIONS.items():
            other = self.marks.get((target, str(keys.get(key))))
            if source == one.section and other not in (None, mark):
                self.relation(key, mark, str(other))
                del keys[key]
        if one.cue:
            cue = self.mark("T")
            self.bound(cue, CUE, tuple(cut for piece in one.cue for cut in cut_lines(piece)))
            self.relation(CUE, mark, cue)
        note = ({} if one.section in NUMBERED else {"id": one.name}) | keys | kept(one)
        if note:
            self.lines.append(f"{self.mark('#')}\tAnnotatorNotes {mark}\t{_in_a_line(note)}")

    def bound(self, mark: str, kind: str, marked: tuple[Piece, ...]) -> None:
        """The line of a span, or of several."""
        at = ";".join(f"{piece.at[0]} {piece.at[1]}" for piece in marked)
        words = " ".join(piece.words for piece in marked)
        self.lines.append(f"{mark}\t{kind} {at}\t{words}")

    def relation(self, kind: str, one: str, other: str) -> None:
        """The line of a relation."""
        self.lines.append(f"{self.mark('R')}\t{kind} Arg1:{one} Arg2:{other}")


def _in_a_line(note: dict[str, Any]) -> str:
    """JSON without what any reader takes for a line break."""
    line = json.dumps(note, ensure_ascii=False)
    for char in BREAKS:
        line = line.replace(char, f"\\u{ord(char):04x}")
    return line
