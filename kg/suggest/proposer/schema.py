"""What a proposer is told and what it may answer: a JSON Schema of claims in the article's words.

https://json-schema.org/draft/2020-12/schema
"""

from __future__ import annotations

from typing import Any, Final

from kg.vocabulary import load_vocabulary

ROLES: Final = (
    "gained-by",
    "lost-by",
    "agent",
    "affected",
    "supported-by",
    "controller",
    "place",
    "departure",
    "destination",
)
STANDING: Final = {
    "polarity": "polarity",
    "completion": "completion",
    "factuality": "factuality",
    "certainty": "voice-certainty",
}
"""What a claim says of its standing, and the scheme that has the values."""

INSTRUCTIONS: Final = """\
You read a news article and list what it says about control of places: events (a place taken, lost,
left, attacked, besieged) and states (who holds a place). For each, copy letter for letter from the
article: `words`, at most twelve, that say it; for each role the words that fill it; `sentence`, the
first six words of the sentence. Give `type` for an event, `degree` for a state, never both. Do not
add what the article does not print. Say apart whether it is denied (polarity), done (completion),
asserted, planned or feared (factuality), and how sure its speaker is (certainty)."""


def schema() -> dict[str, Any]:
    """The schema of an answer, with the values of this ontology's schemes."""
    values = load_vocabulary().values
    verbatim = {"type": "string", "minLength": 1}
    roles = {role: {"type": "array", "items": verbatim} for role in ROLES}
    claim = {
        "words": verbatim,
        "sentence": verbatim,
        "type": {"enum": [*sorted(values["event-type"]), None]},
        "degree": {"enum": [*sorted(values["degree"]), None]},
        "roles": _table(roles),
        **{key: {"enum": sorted(values[scheme])} for key, scheme in STANDING.items()},
    }
    return _table({"claims": {"type": "array", "items": _table(claim)}})


def _table(properties: dict[str, Any]) -> dict[str, Any]:
    """An object with all of some properties and no other, as servers of strict schemas want it."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
