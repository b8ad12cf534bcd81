"""Named places found: re3d's locations that a proper name names.

re3d marks as Location anything that lies somewhere: "the library", "here", "30% of territory".
Wanted is a Location that its annotators confirmed (confidence .5 or more) and that holds a name: a
capitalised word that does not only open the sentence and is not inside the name of an actor or a
people ("an ISIL-held building", "the Turkish border"); coordinates are no names. It is found when
a proposed place covers one of those words. A proposed place is right when it shares a word with
any confirmed Location. A country that re3d confirms as an Organisation, or not at all, makes the
proposal wrong; so does a place inside the name of an organisation.

re3d also keeps Locations that its first pass proposed and nobody confirmed (confidence under .5):
plain misses ("Near Mosul, seven strikes"), and places within the description of an actor ("the
people of Mosul"), as confirmed spans do not nest. The first measure leaves a proposal aside that
meets only such a one; the second counts every one of them as wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import kg
from kg.authority import read_authorities
from kg.errors import TextError
from kg.evaluate.counts import Measured
from kg.suggest.found import Named
from kg.suggest.names import Known, know, name
from kg.suggest.reading import Reading, read_text
from kg.text import Span, overlaps
from kg.vocabulary import load_vocabulary

FILE: Final = "re3d/articles.jsonl"
_CONFIRMED: Final = 0.5
_WORD: Final = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*")
_OPENING: Final = frozenset({"a", "an", "the", "this", "that", "these", "those", "here", "there"})
_WHOSE: Final = frozenset({"Organisation", "Nationality", "Person"})


def measure(folder: Path) -> list[Measured]:
    """How many named places are found without a model and, where one is installed, with it."""
    articles = list(_articles(folder / FILE))
    readings = [read_text(article["text"]) for article in articles]
    known = _known()
    found = [("without a model", readings), *_with_model(readings)]
    return [
        measured
        for layer, read in found
        for measured in _measured(layer, articles, [name(r, known) for r in read])
    ]


def _known() -> Known:
    """What the project's own corpus knows: its authority files, the gazetteer, the world."""
    from kg.gazetteer.lookup import load

    files = sorted((Path(kg.__file__).parent / "corpus" / "authorities").glob("*.toml"))
    sources = {str(file): file.read_text("utf-8") for file in files}
    return know(read_authorities(sources, load_vocabulary()), load())


def _with_model(readings: list[Reading]) -> Iterator[tuple[str, list[Reading]]]:
    from kg.errors import ModelError
    from kg.suggest.model import load_model, parse

    try:
        model = load_model()
    except ModelError:
        return
    yield "with the model", list(parse(model, readings))


def _articles(file: Path) -> Iterator[dict[str, Any]]:
    """The articles of re3d. Raises TextError where they are not."""
    if not file.is_file():
        raise TextError(f"{file}: no such file. It is one of the gold sets; give their folder.")
    for line in file.read_text("utf-8").splitlines():
        yield json.loads(line)


def _measured(
    layer: str, articles: list[dict[str, Any]], proposed: list[list[Named]]
) -> list[Measured]:
    lenient = Measured(f"named places, {layer}")
    strict = Measured(f"named places, {layer}, unconfirmed ones wrong")
    for article, names in zip(articles, proposed, strict=True):
        places = [n for n in names if n.kind == "place"]
        confirmed = _spans(article, {"Location"}, confirmed=True)
        wanted = [span for span in confirmed if _name_words(article, span)]
        found = sum(_is_found(article, span, places) for span in wanted)
        judged = [(p, overlaps(p.span, confirmed)) for p in places]
        sure = [(p.by.rule, right) for p, right in judged if right or not _is_open(article, p)]
        lenient.add(sure, found, len(wanted))
        strict.add([(p.by.rule, right) for p, right in judged], found, len(wanted))
    return [lenient, strict]


def _spans(
    article: dict[str, Any], types: set[str] | frozenset[str], *, confirmed: bool
) -> list[Span]:
    return [
        (e["begin"], e["end"])
        for e in article["entities"]
        if e["type"] in types and (not confirmed or e["confidence"] >= _CONFIRMED)
    ]


def _name_words(article: dict[str, Any], span: Span) -> list[Span]:
    """The capitalised words of a Location that are its own and not an actor's or a people's."""
    text, (start, end) = article["text"], span
    within = [w for w in _spans(article, _WHOSE, confirmed=False) if w[0] > start or w[1] < end]
    words = [m.span() for m in _WORD.finditer(text, start, end)]
    names = [w for w in words if _is_capitalised(text, w, end) and not overlaps(w, within)]
    opening = names == words[:1] and len(words) > 1 and _opens_sentence(text, start)
    return [] if opening or _is_coordinate(text[start:end]) else names


def _is_capitalised(text: str, word: Span, end: int) -> bool:
    """Whether a word is a name's: not "The", "ISIL-held", nor an initialism before its noun."""
    written = text[word[0] : word[1]]
    before_noun = written.isupper() and text[word[1] : end].strip()[:1].islower()
    held = re.search(r"-(?:held|controlled|led|based)$", written)
    return written[0].isupper() and written.casefold() not in _OPENING and not (before_noun or held)


def _opens_sentence(text: str, at: int) -> bool:
    return at == 0 or re.search(r"[.!?\n\"“][\"”\s]*$", text[max(0, at - 4) : at]) is not None


def _is_coordinate(words: str) -> bool:
    return re.search(r"\d°|\d\.\d{3}", words) is not None


def _is_found(article: dict[str, Any], span: Span, places: list[Named]) -> bool:
    own = _name_words(article, span)
    return any(overlaps(place.span, own) for place in places)


def _is_open(article: dict[str, Any], place: Named) -> bool:
    """Whether re3d leaves open that a place is one: only its first pass has it as a Location.

    Confirmed spans do not nest, so a place within the description of an actor ("the people of
    Aven") is open, too; within a name, which has other capitalised words, it is not.
    """
    if not overlaps(place.span, _spans(article, {"Location"}, confirmed=False)):
        return False
    every = {e["type"] for e in article["entities"]} - {"Location"}
    around = [s for s in _spans(article, every, confirmed=True) if overlaps(place.span, [s])]
    return all(_only_describes(article["text"], span, place.span) for span in around)


def _only_describes(text: str, around: Span, place: Span) -> bool:
    outside = text[around[0] : place[0]], text[place[1] : around[1]]
    words = [word for words in outside for word in _WORD.findall(words)]
    plain = [word for word in words if word.casefold() not in _OPENING]
    return bool(plain) and not any(word[0].isupper() for word in plain)
