"""How a claim stands, in words: what its voice says of it, and how surely. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_FACTUALITY: Final = {
    "Asserted": "Asserted",
    "Planned": "Planned",
    "Conditional": "Said under a condition",
    "Feared": "Feared",
    "Predicted": "Predicted",
}
_COMPLETION: Final = {
    "Completed": "as done",
    "Ongoing": "as going on",
    "Failed": "as failed",
    "Unspecified": "",
}
_CERTAINTY: Final = {
    "Certain": "for certain",
    "Probable": "as probable",
    "Possible": "as no more than possible",
    "Underspecified": "",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The names of the four values: Positive, Completed, Asserted, Underspecified."""

    polarity: str
    completion: str
    factuality: str
    certainty: str


def in_words(standing: Standing) -> str:
    """One phrase: "Asserted as done", "Denied", "Asserted not to be so, as probable".

    What is only planned, feared or conditional has not happened, so "as done" is left out there.
    """
    real = standing.factuality == "Asserted"
    first = _FACTUALITY.get(standing.factuality, standing.factuality)
    if standing.polarity == "Negative":
        parts = [f"{first} not to be so"]
    else:
        parts = [f"{first} {_COMPLETION.get(standing.completion, '') if real else ''}".strip()]
    parts.append(_CERTAINTY.get(standing.certainty, standing.certainty))
    return ", ".join(part for part in parts if part)
