"""Which places articles name together: what lies near what, where no point is known. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from kg.mapping import document

Beside = Mapping[str, tuple[Collection[str], Collection[str]]]
"""By place: those of the same claims, and those of the same articles."""


def beside(mappings: Iterable[document.Mapping]) -> Beside:
    """The places that stand beside each place of some mappings."""
    in_claims, in_articles = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for mapping in mappings:
        claims = [set(_places(claim)) for claim in mapping.claims.values()]
        everywhere = set(chain.from_iterable(claims))
        for group, found in (*((one, in_claims) for one in claims), (everywhere, in_articles)):
            for place in group:
                found[place] |= group - {place}
    return {place: (in_claims[place], others) for place, others in in_articles.items()}


def _places(claim: document.Claim) -> Iterator[str]:
    """The ids of a claim's places; what only its article knows has no point anywhere."""
    for role in document.PLACE_ROLES:
        for reference in getattr(claim, role) or ():
            if isinstance(reference, str):
                yield reference
