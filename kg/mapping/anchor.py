"""Words to positions: finding a mapping's phrases in the text, and recording where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.mapping.codec import format_spans, quote
from kg.mapping.document import Anchor, Mapping, Path, anchors
from kg.mapping.lines import Lines, index_lines
from kg.text import Span, fold, occurrences


class NotFound(ValueError):
    """A phrase that does not stand in the text as typed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where everything stands, and what could not be found."""

    spans: dict[Path, tuple[Span, ...]] = field(default_factory=dict)
    problems: dict[Path, str] = field(default_factory=dict)

    def parts(self) -> list[Span]:
        """The stretches that can carry statements, in order."""
        found = [span for path, at in self.spans.items() if path[0] == "part" for span in at]
        return sorted(found)


def locate(mapping: Mapping, text: str) -> Located:
    """Where each phrase of a mapping stands: the parts in the page, the rest in the parts."""
    located = Located()
    whole = [(0, len(text))]
    for wanted in (True, False):
        ranges = whole if wanted else located.parts() or whole
        for path, anchor in anchors(mapping):
            if (path[0] == "part") is wanted:
                _locate_one(located, path, anchor, text, ranges)
    return located


def recorded(mapping: Mapping) -> Located:
    """The positions that the mapping records: what serves where the text is not at hand."""
    located = Located()
    for path, anchor in anchors(mapping):
        if anchor.at:
            located.spans[path] = anchor.at
        else:
            located.problems[path] = (
                "has no recorded position. Attach the text and run `whoholds validate --write`."
            )
    return located


def _locate_one(
    located: Located, path: Path, anchor: Anchor, text: str, ranges: Sequence[Span]
) -> None:
    try:
        located.spans[path] = find(anchor, text, ranges)
    except NotFound as problem:
        located.problems[path] = str(problem)


def find(anchor: Anchor, text: str, ranges: Sequence[Span]) -> tuple[Span, ...]:
    """The spans of an anchor's words. Raises NotFound with what stands there instead."""
    if anchor.words and not (anchor.first or anchor.last):
        return _find_pieces(anchor.words, anchor.nth or (), text, ranges)
    if anchor.first and anchor.last and not anchor.words:
        start = _find_nth(anchor.first, anchor.nth[0] if anchor.nth else None, text, ranges)
        rest = [(max(start, low), high) for low, high in ranges if high > start]
        last = _find_nth(anchor.last, anchor.to_nth or 1, text, rest)
        return ((start, last + len(anchor.last)),)
    raise NotFound("needs its words: either `words`, or `from` and `to`.")


def _find_pieces(
    pieces: tuple[str, ...], nth: tuple[int, ...], text: str, ranges: Sequence[Span]
) -> tuple[Span, ...]:
    """Each piece in turn; a later one without its own nth is the first after the one before."""
    spans: list[Span] = []
    for i, piece in enumerate(pieces):
        if i < len(nth):
            start = _find_nth(piece, nth[i], text, ranges)
        elif spans:
            rest = [(max(spans[-1][1], low), high) for low, high in ranges if high > spans[-1][1]]
            start = _find_nth(piece, 1, text, rest)
        else:
            start = _find_nth(piece, None, text, ranges)
        spans.append((start, start + len(piece)))
    return tuple(spans)


def _find_nth(phrase: str, nth: int | None, text: str, ranges: Sequence[Span]) -> int:
    starts = occurrences(text, phrase, ranges)
    if not starts:
        raise NotFound(_why_missing(phrase, text, ranges))
    if nth is None and len(starts) > 1:
        places = "; ".join(
            f"{n}: …{_around(text, s, len(phrase))}…" for n, s in enumerate(starts[:4], 1)
        )
        raise NotFound(f"'{phrase}' stands {len(starts)} times. Add nth, or more words. {places}")
    if nth is not None and nth > len(starts):
        raise NotFound(f"'{phrase}' stands {len(starts)} times, so there is no number {nth}.")
    return starts[(nth or 1) - 1]


def _around(text: str, start: int, length: int) -> str:
    return re.sub(r"\s+", " ", text[max(0, start - 15) : start + length + 15])


def _why_missing(phrase: str, text: str, ranges: Sequence[Span]) -> str:
    if occurrences(text, phrase, [(0, len(text))]):
        return (
            f"'{phrase}' stands only outside the parts, or before `from` or the piece before. "
            "Check the [[part]] entries and the order."
        )
    near = occurrences(fold(text), fold(phrase), ranges)
    if near:
        there = text[near[0] : near[0] + len(phrase)]
        differing = [(a, b) for a, b in zip(phrase, there, strict=True) if a != b]
        signs = ", ".join(
            f"{_sign(b)} where you typed {_sign(a)}" for a, b in dict.fromkeys(differing)
        )
        return (
            f"'{phrase}' is not in the article as typed: it has {signs}. "
            f"Copy its own signs: {quote(there)}."
        )
    wrapped = re.search(r"\s+".join(map(re.escape, phrase.split())), text)
    if wrapped:
        there = quote(wrapped[0])
        return f"'{phrase}' stands there with other line breaks or spaces. Copy it so: {there}."
    cased = occurrences(text.casefold(), phrase.casefold(), [(0, len(text.casefold()))])
    hint = " (it is there in other capitals)" if cased else ""
    return f"'{phrase}' is not in the article{hint}. Copy the words letter for letter."


def _sign(char: str) -> str:
    names = {
        "'": "straight '",
        '"': 'straight "',
        " ": "a space",
        "\u00a0": "a no-break space",
        "\n": "a line break",
        "\t": "a tab",
    }
    return names.get(char, f"{char} (U+{ord(char):04X})")


def fill(source: str, spans: Mapped[Path, tuple[Span, ...]], digest: str | None) -> str:
    """The TOML text with every `at` and the digest recorded; all else, comments too, untouched."""
    lines = index_lines(source)
    out = source.split("\n")
    edits: list[tuple[int, int, str]] = []
    for path, at in spans.items():
        if path[:2] in lines.tables:
            edits.append(_edit(lines, path[:2], _position_key(path), format_spans(at)))
    if digest and ("article",) in lines.tables:
        edits.append(_edit(lines, ("article",), ("digest", ("language", "title")), f'"{digest}"'))
    for first, last, line in sorted(edits, reverse=True):
        column = _value_column(out[first if last > first else first - 1])
        key, _, value = line.partition(" = ")
        comment = _comment(out[last - 1]) if last > first else ""
        out[first:last] = [f"{key:<{column}} = {value}{comment}"]
    return "\n".join(out)


def _position_key(path: Path) -> tuple[str, tuple[str, ...]]:
    if path[-1] == "cue" and len(path) == 3:
        return "cue-at", ("cue-nth", "cue")
    return "at", ("to-nth", "to", "nth", "words", "from")


def _edit(
    lines: Lines, table: tuple[str, ...], keys: tuple[str, tuple[str, ...]], value: str
) -> tuple[int, int, str]:
    """The lines to replace (from 0, half-open: empty to insert), and the line to put there."""
    known = lines.keys
    key, neighbours = keys
    if (table, key) in known:
        first, last = known[table, key]
        return first - 1, last, f"{key} = {value}"
    before = [known[table, n][1] for n in neighbours if (table, n) in known]
    after = max(before, default=lines.tables[table])
    return after, after, f"{key} = {value}"


def _comment(line: str) -> str:
    """The comment at the end of a line of positions or a digest, with the space before it."""
    match = re.search(r"\s*#.*$", line)
    return match[0] if match else ""


def _value_column(line: str) -> int:
    """The width to which a line pads its key, so that the file stays aligned."""
    match = re.match(r"([A-Za-z0-9_.-]+\s*) =", line)
    return len(match[1]) if match else 0
