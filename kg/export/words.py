"""The words of a claim, quotation or mention, and where they stand."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.export.facts import Facts, Term, written


def words(facts: Facts, spans: list[Term]) -> list[str]:
    """The words of each span, in the order of the text: "took the bridge", "first … last"."""
    return [_words(facts, span) for span in _in_order(facts, spans)]


def positions(facts: Facts, spans: list[Term]) -> list[str]:
    """Where each span stands, in the order of the text: 41-61"""
    return ["-".join(map(str, _position(facts, span))) for span in _in_order(facts, spans)]


def parts(facts: Facts, spans: list[Term]) -> list[str]:
    """The parts of the article that they stand in: Body"""
    found = (part for span in _in_order(facts, spans) for part in facts.of(span, "wh:inPart"))
    return list(dict.fromkeys(written(part).rpartition("/")[2] for part in found))


def quoted(facts: Facts, spans: list[Term]) -> list[Term]:
    """A quotation's spans without those that only say who speaks."""
    purpose = NamedNode(facts.iri("oa:identifying"))
    own = [s for s in spans if purpose not in facts.of(s, "oa:hasPurpose")]
    return own or spans


def _in_order(facts: Facts, spans: list[Term]) -> list[Term]:
    return sorted(spans, key=lambda span: _position(facts, span))


def _position(facts: Facts, span: Term) -> tuple[int, int]:
    ends = (facts.first(span, f"oa:hasSelector/oa:{end}") for end in ("start", "end"))
    start, end = (int(written(found)) if found else 0 for found in ends)
    return start, end


def _words(facts: Facts, span: Term) -> str:
    if exact := facts.first(span, "oa:hasSelector/oa:exact"):
        return written(exact)
    ends = (f"oa:hasSelector/oa:has{end}Selector/oa:exact" for end in ("Start", "End"))
    return " … ".join(written(found) for path in ends if (found := facts.first(span, path)))
