"""brat stand-off, read back: what was marked, moved, added or taken away there arrives as that."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kg.errors import ExchangeError, Finding, suggest
from kg.exchange.brat import ATTRIBUTES, CUE, RELATIONS, TYPED
from kg.exchange.carried import KINDS, NUMBERED, Carried, Piece
from kg.exchange.fragments import joined, passage_of, pieces_of

_BOUND: Final = re.compile(r"(\S+) ([0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*)")
_ATTRIBUTE: Final = re.compile(r"(\S+) (\S+) (\S+)")
_RELATION: Final = re.compile(r"(\S+) Arg1:(\S+) Arg2:(\S+)")
_NOTE: Final = re.compile(r"(\S+) (\S+)")
_ADVICE: Final = "Save the file again with brat, or correct the line."


@dataclass(slots=True)
class _Marked:
    """One span of the file, and what other lines say of it."""

    kind: str
    pieces: tuple[Piece, ...]
    line: int
    keys: dict[str, Any] = field(default_factory=dict)
    note: dict[str, Any] = field(default_factory=dict)
    cue: tuple[Piece, ...] = ()

    @property
    def section(self) -> str:
        """The section of the entry that it is; or a cue."""
        return self.kind.partition("_")[0]


def read_brat(source: str, path: str, text: str | None = None) -> list[Carried]:
    """The entries of an .ann file. `text` is the article's, where it is attached.

    Raises ExchangeError with every finding of form.
    """
    reading = _Reading(path, text)
    lines = [(n, line) for n, line in enumerate(source.split("\n"), 1) if line.strip()]
    for number, line in lines:
        reading.line(number, line.removesuffix("\r"), spans=True)
    for number, line in lines:
        reading.line(number, line.removesuffix("\r"), spans=False)
    carried = [reading.entry(mark) for mark, one in reading.marked.items() if one.section != CUE]
    reading.check_cues()
    if reading.findings:
        raise ExchangeError(sorted(reading.findings, key=lambda finding: finding.line))
    return carried


class _Reading:
    """Reads one file and collects its findings."""

    def __init__(self, path: str, text: str | None) -> None:
        self.path = path
        self.text = text
        self.marked: dict[str, _Marked] = {}
        self.relations: list[tuple[int, str, str, str]] = []
        self.cues: set[str] = set()
        self.begun: dict[str, int] = {}
        self.findings: list[Finding] = []

    def report(self, line: int, message: str) -> None:
        """Keeps a finding."""
        self.findings.append(Finding(self.path, line, message))

    def line(self, number: int, line: str, *, spans: bool) -> None:
        """One line: spans at first, then what is said of them."""
        mark, _, rest = line.partition("\t")
        said, _, tail = rest.partition("\t")
        kind = mark[:1]
        if (kind == "T") is not spans:
            return
        if (first := self.begun.setdefault(mark, number)) != number:
            message = f"{mark} stands twice, first on line {first}. Number one of them anew."
            self.report(number, message)
            return
        readers = {"T": self.bound, "A": self.attribute, "R": self.relation, "#": self.note}
        if kind in readers and re.fullmatch(r"\d+", mark[1:]):
            readers[kind](number, mark, said, tail)
        else:
            message = f"{mark!r} begins no line that a mapping has; expected T, A, R or # with"
            self.report(number, f"{message} a number, then a tab. Take the line away.")

    def bound(self, number: int, mark: str, said: str, words: str) -> None:
        """T1, a tab, claim_capture 30 51, a tab, took the Aven bridge"""
        match = _BOUND.fullmatch(said)
        if not match:
            self.report(number, f"{mark} is no span: expected TYPE START END. {_ADVICE}")
            return
        pairs = (pair.split() for pair in match[2].split(";"))
        spans = [(int(start), int(end)) for start, end in pairs]
        length = sum(end - start for start, end in spans) + len(spans) - 1
        if any(end <= start for start, end in spans) or length != len(words):
            message = f"{mark} marks {length} characters, but has {len(words)}: {words[:60]!r}"
            self.report(number, f"{message}. Correct the positions or the words.")
            return
        section = match[1].partition("_")[0]
        if section not in (*KINDS, CUE):
            near = suggest(section, (*KINDS, CUE), "types")
            self.report(number, f"{mark} is a {match[1]}, which no mapping has; {near}.")
            return
        self.marked[mark] = _Marked(match[1], _pieces(spans, words), number)

    def attribute(self, number: int, mark: str, said: str, _: str) -> None:
        """A1, a tab, factuality T1 asserted"""
        match = _ATTRIBUTE.fullmatch(said)
        if not match or match[1] not in ATTRIBUTES:
            expected = f"NAME T1 VALUE, the name one of {', '.join(ATTRIBUTES)}"
            self.report(number, f"{mark} is {said!r}; expected {expected}. {_ADVICE}")
        elif one := self.target(number, mark, match[2], "claim"):
            self.put(number, one.keys, match[1], match[3])

    def relation(self, number: int, mark: str, said: str, _: str) -> None:
        """R1, a tab, voice Arg1:T1 Arg2:T2"""
        match = _RELATION.fullmatch(said)
        known = {**RELATIONS, CUE: ("voice", CUE)}
        if not match or match[1] not in known:
            expected = f"NAME Arg1:T1 Arg2:T2, the name one of {', '.join(known)}"
            self.report(number, f"{mark} is {said!r}; expected {expected}. {_ADVICE}")
            return
        source, other = known[match[1]]
        one = self.target(number, mark, match[2], source)
        two = self.target(number, mark, match[3], other)
        if one and two and match[1] == CUE:
            if one.cue:
                self.report(number, f"{match[2]} has two cues. Keep one, or mark both as one span.")
            one.cue = two.pieces
            self.cues.add(match[3])
        elif one and two:
            self.relations.append((number, match[1], match[2], match[3]))

    def note(self, number: int, mark: str, said: str, tail: str) -> None:
        """#1, a tab, AnnotatorNotes T1, a tab, JSON; plain words say why."""
        match = _NOTE.fullmatch(said)
        if not match:
            self.report(number, f"{mark} is {said!r}; expected a note of a span. {_ADVICE}")
        elif one := self.target(number, mark, match[2], None):
            if not tail.lstrip().startswith("{"):
                self.put(number, one.keys, "because", tail.strip())
                return
            try:
                one.note |= json.loads(tail)
            except (json.JSONDecodeError, RecursionError) as error:
                message = f"the note of {match[2]} is no JSON ({error}). Correct it, or write plain"
                self.report(number, f"{message} words: they become `because`.")

    def target(self, number: int, mark: str, target: str, section: str | None) -> _Marked | None:
        """The span that a line is about, or None with a finding."""
        one = self.marked.get(target)
        if one and section in (None, one.section):
            return one
        what = f"a {one.kind}" if one else "not in the file"
        wanted = f"a {section}" if section else "a span"
        self.report(number, f"{mark} is about {target}, which is {what}; expected {wanted}.")
        return None

    def put(self, number: int, keys: dict[str, Any], key: str, value: str) -> None:
        """Keeps a key that only one line may give."""
        if key in keys:
            self.report(number, f"{key} is given twice: {keys[key]!r} and {value!r}. Keep one.")
        keys[key] = value

    def check_cues(self) -> None:
        """Finds cues that belong to no voice."""
        for mark, one in self.marked.items():
            if one.section == CUE and mark not in self.cues:
                message = f"{mark} is a cue of no voice. Draw the relation `cue` from its voice"
                self.report(one.line, f"{message} to it.")

    def entry(self, mark: str) -> Carried:
        """A span and all that is said of it, as an entry."""
        one = self.marked[mark]
        note = dict(one.note)
        words, cue = note.pop("words", None), note.pop("cue", None)
        subtype = one.kind.partition("_")[2]
        typed = {TYPED[one.section]: subtype} if subtype and one.section in TYPED else {}
        keys = note | one.keys | typed | self.referred(mark)
        name = "" if one.section in NUMBERED else str(keys.pop("id", ""))
        made_up = not name and any(mark == other for *_, other in self.relations)
        name = self.name(mark) if made_up else name
        cued = self.words(cue, one.cue)
        found = Carried(one.section, name, keys, cue=cued, line=one.line, made_up=made_up)
        if passage := passage_of(found, one.pieces):
            return passage
        pieces = self.words(words, one.pieces)
        rest = {k: v for k, v in keys.items() if k not in ("from", "to", "to-nth")}
        return replace(found, keys=rest, pieces=pieces)

    def words(self, words: Any, marked: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """The words of a note, if brat still marks them; else what brat marks."""
        if isinstance(words, list) and all(isinstance(one, str) for one in words):
            found = pieces_of(words, marked)
            if found:
                return found
        return joined(marked, self.text)

    def referred(self, mark: str) -> dict[str, Any]:
        """The keys of an entry that refer to others."""
        found: dict[str, Any] = {}
        for number, key, one, other in self.relations:
            if one == mark:
                self.put(number, found, key, self.name(other))
        return found

    def name(self, mark: str) -> str:
        """The name of an entry that another refers to: without a note, made of its mark."""
        one = self.marked[mark]
        return str(one.note.get("id") or f"{one.section}-{mark.lower()}")


def _pieces(spans: list[tuple[int, int]], words: str) -> tuple[Piece, ...]:
    """Each span with its words: brat writes a space between two."""
    found: list[Piece] = []
    start = 0
    for at in spans:
        end = start + at[1] - at[0]
        found.append(Piece(words[start:end], at))
        start = end + 1
    return tuple(found)
