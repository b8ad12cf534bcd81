"""What spaCy's small English model says of an article's paragraphs, in a quarter of its time.

The answers are those of `pipeline.pipe`: the same tags, heads, labels, parts of speech, lemmas and
names, from the same weights. All paragraphs are read at once; `vectors` computes the two encoders
that take most of the time, `arcs` takes the parser's steps, `forms` looks up parts of speech and
lemmas that were seen before, and `recognised` takes the decisions of the name recogniser for all
words and names together. A pipeline of another make is left to spaCy. `values` keeps of either what
the rules read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from kg.suggest.parsing.arcs import Parser, parser_of
from kg.suggest.parsing.forms import Forms, forms_of
from kg.suggest.parsing.recognised import Recogniser, recogniser_of
from kg.suggest.parsing.values import Said, taken_from
from kg.suggest.parsing.vectors import Encoder, encoder_of, written

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.suggest.tokens import Parsed

_COMPONENTS: Final = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")

__all__ = ["Steps", "read", "steps_of", "taken_from"]


@dataclass(frozen=True, slots=True)
class Steps:
    """What a pipeline does, taken apart."""

    pipeline: Language
    encoder: Encoder
    tagger: Any
    parser: Parser
    forms: Forms
    recogniser: Recogniser


def steps_of(pipeline: Language) -> Steps | None:
    """The steps of a pipeline, None where it is not of the make of the small English models."""
    if tuple(pipeline.pipe_names) != _COMPONENTS:
        return None
    parts: dict[str, Any] = dict(pipeline.pipeline)
    encoder = encoder_of(parts["tok2vec"].model)
    forms = forms_of(pipeline)
    parser, recogniser = parser_of(parts["parser"]), recogniser_of(parts["ner"])
    if encoder is None or forms is None or parser is None or recogniser is None:
        return None
    return Steps(pipeline, encoder, parts["tagger"], parser, forms, recogniser)


def read(steps: Steps, texts: Sequence[str], docs: Sequence[Doc]) -> list[Parsed]:
    """What the model says of some texts that were cut into words, in their order."""
    told = [doc for doc in docs if len(doc)]
    return taken_from(texts, docs, _said(steps, told) if told else Said([], []))


def _said(steps: Steps, docs: list[Doc]) -> Said:
    """What the steps say of texts that have words."""
    words = written(docs)
    rows = steps.encoder.encode(words)
    for doc, own in zip(docs, np.split(rows, words.ends[:-1]), strict=True):
        cast("Any", doc).tensor = own
    steps.tagger.set_annotations(docs, steps.tagger.predict(docs))
    steps.parser.parse(docs)
    return Said(steps.forms.of(docs), steps.recogniser.recognise(docs, words))
