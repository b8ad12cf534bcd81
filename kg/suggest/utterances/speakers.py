"""Who says it: the words before or after a cue verb that name its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.suggest.reading import Paragraph
from kg.suggest.tokens import Token
from kg.text import Span

_STOPS: Final = re.compile(
    r"[,.;:!?()—–\"“”]|\b(?:in|on|at|during|after|before|when|while|as|from|via|about|last|this|"
    r"that|who|whose|which|where|to|yesterday|earlier|later|with|by|through|into|upon|following|"
    r"adding|referring|speaking|noting|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_LEADING: Final = re.compile(
    r"(?:(?:and|but|as|while|when|where|because|though|although|so|then|still|yet|if|that|which|"
    r"after|before|since|to)\b\s*)+",
    re.IGNORECASE,
)
_SUBORDINATE: Final = re.compile(
    r"\s*(?:and\s+|but\s+)?(?:as|while|when|if|though|although|since|after|before|because)\b",
    re.IGNORECASE,
)
_NOT_A_NAME: Final = re.compile(
    r"(?:in|on|at|during|after|before|when|while|as|from|by|for|with|according|asked|speaking|"
    r"earlier|later|last|this week|instead|however|meanwhile|also|of|since|if|under|about|and|but|"
    r"\w+ing|\w+ly)\b",
    re.IGNORECASE,
)
_TRAILING: Final = re.compile(
    r"(?:[\s,]+(?:has|have|had|was|were|is|are|be|been|being|would|will|could|can|may|might|must|"
    r"should|did|does|do|also|then|later|once|often|never|not|still|first|even|just|recently|"
    r"repeatedly|always|simply|again|further|to|\w+ly|n['’]t|['’]s|['’]d))+\s*$"
)
_PARTICLE: Final = re.compile(r"\s+(?:out|back|in)\s")
_BREAK: Final = re.compile(r"\b(?:that|which|when|where|because|if|while|after|before|whether)\b")
PRONOUNS: Final = frozenset({"he", "she", "they", "it", "i", "we", "you", "who", "one", "both"})


@dataclass(frozen=True, slots=True)
class Speaking:
    """The words for a speaker and, where they stand apart, those for what the speaker is."""

    speaker: Span
    role: Span | None = None


def is_pronoun(words: str) -> bool:
    """Whether the words only point back to somebody named before."""
    return words.lower() in PRONOUNS


def after_cue(text: str, start: int, end: int) -> Speaking | None:
    """The subject that follows a cue: said Colonel Ines Varro, a spokeswoman for the army."""
    particle = _PARTICLE.match(text, start, end)
    start = particle.end() if particle else start
    stop = _STOPS.search(text, start, end)
    span = _trimmed(text, start, stop.start() if stop else end)
    if span is None or not _is_like_a_name(text[span[0] : span[1]]):
        return None
    return Speaking(span, _appositive(text, span[1], end))


def _appositive(text: str, start: int, end: int) -> Span | None:
    """What stands between the comma after a name and the next stop."""
    if text[start : start + 1] != ",":
        return None
    stop = re.compile(r"[,.;:!?\"“]").search(text, start + 1, end)
    role = _trimmed(text, start + 1, stop.start() if stop else end)
    said = text[role[0] : role[1]] if role else ""
    return role if re.match(r"(?:an?|the|its|their|his|her|who|one)\s|[a-z]+ of ", said) else None


def before_cue(text: str, start: int, end: int) -> Speaking | None:
    """The subject that comes before a cue: The colonel, who leads the corps, also told …"""
    trailing = _TRAILING.search(text, start, end)
    end = trailing.start() if trailing else end
    pieces = [p for p in _pieces(text, start, end) if p is not None]
    for i, (low, high) in enumerate(pieces):
        if i + 1 < len(pieces) and _SUBORDINATE.match(text, *_clause_start(text, start, low)):
            continue
        if _is_like_a_name(text[low:high]):
            role = (pieces[i + 1][0], pieces[-1][1]) if i + 1 < len(pieces) else None
            return Speaking(_last_phrase(text, low, high), role)
    return None


def _pieces(text: str, start: int, end: int) -> Iterable[Span | None]:
    """What stands between commas, without the words that only join."""
    for found in re.compile(r"[^,;:()—–]+").finditer(text, start, end):
        leading = _LEADING.match(text, _start(text, *found.span()), found.end())
        yield _trimmed(text, leading.end() if leading else found.start(), found.end())


def _clause_start(text: str, start: int, low: int) -> Span:
    """From the comma before a piece to the piece: where a joining word was passed over."""
    return max(start, *(text.rfind(mark, start, low) + 1 for mark in ",;:(")), low


def _start(text: str, start: int, end: int) -> int:
    return end - len(text[start:end].lstrip(" \t\u00a0\"'“”‘’"))


def _last_phrase(text: str, start: int, end: int) -> Span:
    """The phrase after the last word that begins another clause."""
    breaks = list(_BREAK.finditer(text, start, end))
    low = breaks[-1].end() if breaks else start
    words = list(re.compile(r"[^\s]+").finditer(text, low, end))
    if words and is_pronoun(words[-1].group()):
        return words[-1].span()
    return _trimmed(text, low, end) or (start, end)


def _is_like_a_name(words: str) -> bool:
    """Whether the words can be a subject: not an adverbial, not a whole clause."""
    if is_pronoun(words):
        return True
    return bool(words) and not _NOT_A_NAME.match(words) and len(words.split()) <= 14


def _trimmed(text: str, start: int, end: int) -> Span | None:
    kept = text[start:end].strip(" \t\u00a0,.;:!?\"'“”‘’—–-()[]")
    if not kept:
        return None
    low = start + text[start:end].index(kept)
    return low, low + len(kept)


def token_at(paragraph: Paragraph, start: int) -> Token | None:
    """The model's token at a position of the text, where there is a model."""
    if paragraph.parsed is None:
        return None
    return paragraph.parsed.at(start - paragraph.start)


def subject(paragraph: Paragraph, verb: Token) -> Speaking | None:
    """The subject of a verb as the model sees it, or of the verb that it hangs on."""
    for head in (verb, *_governing(verb)):
        found = [t for t in head.children if t.dep_ in ("nsubj", "nsubjpass")]
        if found:
            return spoken_by(paragraph, found[0])
        if head.dep_ in ("acl", "relcl"):
            return spoken_by(paragraph, head.head)
    return None


def _governing(verb: Token) -> Iterable[Token]:
    """The verbs whose subject a verb without one shares: she came and said, she left saying."""
    if verb.dep_ == "pcomp":
        verb = verb.head
    while verb.dep_ in ("conj", "advcl", "xcomp", "prep") and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
        yield verb


def spoken_by(paragraph: Paragraph, noun: Token) -> Speaking:
    """A noun with what belongs to its name, and with the words for its role where apart."""
    if noun.lower_ in ("who", "that", "which") and noun.head.dep_ == "relcl":
        noun = noun.head.head
    apart = [c for c in noun.children if c.dep_ in ("appos", "relcl", "acl", "advcl")]
    cut = min((c.left_edge.i for c in apart if c.i > noun.i), default=noun.right_edge.i + 1)
    words = [t for t in noun.doc[noun.left_edge.i : cut] if t.i <= noun.i or noun.is_ancestor(t)]
    while words and (words[-1].is_punct or words[-1].is_space):
        words.pop()
    role = next((c for c in apart if c.dep_ == "appos"), None)
    return Speaking(
        _span(paragraph, words[0], words[-1]) if words else _span(paragraph, noun, noun),
        _span(paragraph, role.left_edge, role.right_edge) if role is not None else None,
    )


def _span(paragraph: Paragraph, first: Token, last: Token) -> Span:
    return paragraph.start + first.idx, paragraph.start + last.idx + len(last)
