"""A mapping as W3C Web Annotations in JSON-LD (https://www.w3.org/TR/annotation-model/).

One annotation an entry. Its targets hold the words that the mapping holds, and no others: neither
prefix nor suffix, nor the inside of a passage that is given by its first and last words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from kg.errors import ExchangeError, Finding
from kg.exchange.carried import NUMBERED, Carried, Piece
from kg.exchange.lined import Lined, read_lined
from kg.exchange.terms import Terms, context
from kg.names import owned
from kg.text import Span

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_CLASSES: Final = {"voice": "wh:Quotation", "claim": "wh:Claim", "mention": "wh:Mention"}
_VALUES: Final = {"part": "kind", "nothing": "because"}
"""Entries that have one word to say: it is the value of a textual body."""
_PURPOSES: Final = {
    "part": "tagging",
    "voice": "describing",
    "claim": "describing",
    "mention": "identifying",
    "nothing": "commenting",
}
_BODY: Final = ("id", "type", "purpose")


def write_annotations(
    carried: list[Carried], terms: Terms, title: str | None = None, digest: str | None = None
) -> str:
    """The JSON-LD text of an annotation collection with one page; it tells its text's digest.

    { "type": "AnnotationCollection", "first": { "type": "AnnotationPage", "items": [
        { "id": "…/article/aven#claim.bridge-taken", "type": "Annotation", "body": { … },
          "target": [ { "type": "SpecificResource", "selector": [ … ] } ] } ] } }
    """
    iri = terms.names.iri("article", terms.article)
    items = [_annotation(one, iri, terms) for one in carried]
    whole, only = f"{iri}#annotations", f"{iri}#page-1"
    page = {"id": only, "type": "AnnotationPage", "partOf": whole, "startIndex": 0, "items": items}
    collection = {
        "@context": [CONTEXT, context(terms.names)],
        "id": whole,
        "type": "AnnotationCollection",
        **({"label": title} if title else {}),
        **({"digest": digest} if digest else {}),
        "total": len(items),
        "first": page,
        "last": only,
    }
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _annotation(one: Carried, iri: str, terms: Terms) -> dict[str, Any]:
    return {
        "id": f"{iri}#{one.section}.{one.name}",
        "type": "Annotation",
        "motivation": _PURPOSES[one.section],
        "body": _body(one, terms),
        "target": [*_targets(one, iri), *(_target(p, iri, "cue") for p in one.cue)],
    }


def _body(one: Carried, terms: Terms) -> dict[str, Any]:
    if one.section in NUMBERED:
        key = _VALUES[one.section]
        rest = {k: v for k, v in one.keys.items() if k != key}
        head = {"type": "TextualBody", "purpose": _PURPOSES[one.section]}
        return head | {"value": one.keys.get(key, "")} | rest
    iri = terms.names.iri(one.section, owned(terms.article, one.name))
    return {"id": iri, "type": _CLASSES[one.section]} | terms.spelt(one.section, one.keys)


def _targets(one: Carried, iri: str) -> Iterator[dict[str, Any]]:
    if one.passage:
        yield _resource(iri, [_position(one.passage)])
    yield from (_target(piece, iri) for piece in one.pieces)


def _target(piece: Piece, iri: str, style: str | None = None) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": piece.words}
    return _resource(iri, [_position(piece.at), quote], style)


def _position(at: Span) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": at[0], "end": at[1]}


def _resource(iri: str, selector: list[Any], style: str | None = None) -> dict[str, Any]:
    styled = {"styleClass": style} if style else {}
    return {"type": "SpecificResource", "source": iri, "selector": selector} | styled


def read_annotations(source: str, path: str, terms: Terms, digest: str | None) -> list[Carried]:
    """The entries of a collection, a page or a list of annotations, made on a text's digest.

    Raises ExchangeError with every finding of form.
    """
    found = read_lined(source, path)
    reading = _Reading(path, terms)
    reading.same_text(found, digest)
    carried = [one for item in reading.items(found) if (one := reading.entry(item))]
    if reading.findings:
        raise ExchangeError(sorted(reading.findings, key=lambda finding: finding.line))
    return carried


class _Reading:
    """Reads one file and collects its findings."""

    def __init__(self, path: str, terms: Terms) -> None:
        self.path = path
        self.terms = terms
        self.iri = terms.names.iri("article", terms.article)
        self.findings: list[Finding] = []

    def report(self, line: int, message: str) -> None:
        """Keeps a finding."""
        self.findings.append(Finding(self.path, line, message))

    def same_text(self, found: Any, digest: str | None) -> None:
        """Finds that a collection was made on another text, where both digests are known."""
        told = found.get("digest", digest) if isinstance(found, Lined) else digest
        if told != digest:
            message = f"made on the text {_shown(told)}; the mapping's is {digest}"
            self.report(found.line, f"{message}. Make the annotations on that text.")

    def items(self, found: Any) -> list[Lined]:
        """The annotations of whatever holds them."""
        while isinstance(found, Lined) and "items" not in found and "first" in found:
            found = found["first"]
        items = found.get("items") if isinstance(found, Lined) else found
        if not isinstance(items, list) or not all(isinstance(one, Lined) for one in items):
            line = found.line if isinstance(found, Lined) else 1
            message = "no annotations: expected an AnnotationCollection, whose first page has items"
            self.report(line, f"{message}. Save the file again as one.")
            return []
        return items

    def entry(self, item: Lined) -> Carried | None:
        """One annotation as an entry, or None with findings."""
        before = len(self.findings)
        body = item.get("body")
        if isinstance(body, list) and len(body) == 1:
            body = body[0]
        if not isinstance(body, Lined):
            self.report(item.line, f"body is {_shown(body)}; expected one object. Give it one.")
            return None
        section = self.section(item, body)
        targets = self.targets(item)
        if section is None or len(self.findings) > before:
            return None
        keys = self.keys(section, body)
        words = [at for cue, at in targets if not cue]
        spans = [found for found in words if isinstance(found, tuple)]
        pieces = tuple(found for found in words if isinstance(found, Piece))
        if spans and (pieces or len(spans) > 1 or not {"from", "to"} <= set(keys)):
            message = "a target has no TextQuoteSelector. Add one with the exact words."
            self.report(item.line, message)
            return None
        if pieces:
            keys = {k: v for k, v in keys.items() if k not in ("from", "to", "to-nth")}
        cue = tuple(found for is_cue, found in targets if is_cue and isinstance(found, Piece))
        passage = spans[0] if spans else None
        return Carried(section, self.name(item), keys, pieces, passage, cue, item.line)

    def section(self, item: Lined, body: Lined) -> str | None:
        """Which kind of entry an annotation is: by its body's class, or by its purpose."""
        kinds = body.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        for section, name in _CLASSES.items():
            if name in kinds or name.removeprefix("wh:") in kinds:
                return section
        purpose = body.get("purpose") or item.get("motivation")
        for section in NUMBERED:
            if "TextualBody" in kinds and purpose == _PURPOSES[section]:
                return section
        expected = "wh:Claim, wh:Quotation, wh:Mention, or a TextualBody for tagging or commenting"
        message = f"the body is a {_shown(body.get('type'))}; expected {expected}. Correct its type"
        self.report(body.line, f"{message} or purpose.")
        return None

    def name(self, item: Lined) -> str:
        """The entry's name, or nothing where its annotation was added elsewhere."""
        begin, _, name = str(item.get("id", "")).partition("#")
        return name.partition(".")[2] if begin == self.iri else ""

    def keys(self, section: str, body: Lined) -> dict[str, Any]:
        """The keys that the body of an entry has."""
        rest = {key: value for key, value in body.items() if key not in _BODY}
        if section not in NUMBERED:
            return self.terms.read(rest)
        value = rest.pop("value", "")
        return ({_VALUES[section]: value} if value != "" else {}) | rest

    def targets(self, item: Lined) -> list[tuple[bool, Piece | Span]]:
        """Each target: whether it is a cue, and its words with their span, or the bare span."""
        found = item.get("target")
        targets = found if isinstance(found, list) else [found]
        return [read for one in targets if (read := self.target(item, one))]

    def target(self, item: Lined, target: Any) -> tuple[bool, Piece | Span] | None:
        """One target, or None with a finding."""
        if not isinstance(target, Lined):
            self.report(item.line, f"target is {_shown(target)}; expected a SpecificResource.")
            return None
        if target.get("source") != self.iri:
            message = f"target has source {_shown(target.get('source'))}; expected {self.iri}."
            self.report(target.line, f"{message} Bring it in with the article it is of.")
            return None
        selector = target.get("selector")
        selectors = selector if isinstance(selector, list) else [selector]
        by_type = {str(one.get("type")): one for one in selectors if isinstance(one, Lined)}
        position = by_type.get("TextPositionSelector", Lined())
        start, end = position.get("start"), position.get("end")
        if not (type(start) is int and type(end) is int and 0 <= start < end):
            expected = "a TextPositionSelector with start and end in code points"
            self.report(target.line, f"target has no {expected}. Add it.")
            return None
        return self.placed(target, by_type, (start, end))

    def placed(
        self, target: Lined, by_type: dict[str, Lined], at: Span
    ) -> tuple[bool, Piece | Span] | None:
        """A target's words with their span, or the bare span."""
        is_cue = target.get("styleClass") == "cue"
        if "TextQuoteSelector" not in by_type:
            if is_cue:
                self.report(target.line, "a cue has no TextQuoteSelector. Add its exact words.")
            return is_cue, at
        quote = by_type["TextQuoteSelector"]
        words = quote.get("exact")
        if not isinstance(words, str) or len(words) != at[1] - at[0]:
            length = f"{len(words)} code points" if isinstance(words, str) else "no text"
            message = f"exact has {length}, but [{at[0]}, {at[1]}] has {at[1] - at[0]}."
            units = isinstance(words, str) and len(words.encode("utf-16-le", "replace")) // 2
            count = "Count code points, not UTF-16 units." if units == at[1] - at[0] else ""
            self.report(quote.line, f"{message} {count or 'Correct the positions or the words.'}")
            return None
        return is_cue, Piece(words, at)


def _shown(found: Any) -> str:
    return "missing" if found is None else repr(found)[:80]
