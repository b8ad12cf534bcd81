"""What spaCy's small English model says of an article's paragraphs, in a third of spaCy's own time.

The answers are those of `pipeline.pipe`: the same tags, heads, labels, parts of speech, lemmas and
names, from the same weights. All paragraphs are read at once; `vectors` computes the two encoders
that take most of the time, `forms` looks up parts of speech and lemmas that were seen before, and
`recognised` takes the decisions of the name recogniser that are alike for all words together. A
pipeline of another make is left to spaCy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from kg.suggest.parsing.forms import Forms, forms_of
from kg.suggest.parsing.recognised import Recogniser, recogniser_of
from kg.suggest.parsing.vectors import Encoder, encoder_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_COMPONENTS: Final = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")

__all__ = ["Steps", "read", "steps_of"]


@dataclass(frozen=True, slots=True)
class Steps:
    """What a pipeline does, taken apart."""

    pipeline: Language
    encoder: Encoder
    tagger: Any
    parser: Any
    forms: Forms
    recogniser: Recogniser


def steps_of(pipeline: Language) -> Steps | None:
    """The steps of a pipeline, None where it is not of the make of the small English models."""
    if tuple(pipeline.pipe_names) != _COMPONENTS:
        return None
    parts: dict[str, Any] = dict(pipeline.pipeline)
    encoder = encoder_of(parts["tok2vec"].model)
    forms = forms_of(pipeline)
    recogniser = recogniser_of(parts["ner"])
    if encoder is None or forms is None or recogniser is None:
        return None
    return Steps(pipeline, encoder, parts["tagger"], parts["parser"], forms, recogniser)


def read(steps: Steps, texts: Sequence[str]) -> list[Doc]:
    """The parsed texts, in their order."""
    docs = [steps.pipeline.make_doc(text) for text in texts]
    told = [doc for doc in docs if len(doc)]
    if not told:
        return docs
    for doc, rows in zip(told, steps.encoder.encode(told), strict=True):
        cast("Any", doc).tensor = rows
    for component in (steps.tagger, steps.parser):
        component.set_annotations(told, component.predict(told))
    for doc in told:
        steps.forms.assign(doc)
    steps.recogniser.recognise(told)
    return docs
