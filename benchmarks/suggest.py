"""How many articles a second `whoholds suggest` reads on one core, and in what memory.

    taskset -c 1 python benchmarks/suggest.py             # 10,000 without the model, 500 with it
    taskset -c 1 python benchmarks/suggest.py 1000 100    # fewer

What is timed is what the verb does with a text it has read: `propose`, then `draft`. The articles
are generated, of some 700 words in paragraphs of one to three sentences: reports of a war from
kg/synth, and between them sentences of what else such articles tell, which are below. Towns have
names of the shipped gazetteer, so that names are looked up as they would be. Rates are of processor
time: what else the machine does counts little. Memory is the resident set as Linux has it.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # before numpy is loaded

import datetime as dt
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from kg.authority import Authorities
from kg.errors import ModelError
from kg.gazetteer.kinds import SETTLEMENTS
from kg.gazetteer.lookup import load
from kg.mapping.document import Article, Coding, Mapping
from kg.suggest import suggest
from kg.suggest.draft import draft
from kg.suggest.model import Model, load_model
from kg.suggest.names import Known, know
from kg.suggest.naming import Naming
from kg.suggest.reading import Reading, read_text
from kg.suggest.scores import load_scores
from kg.synth.article import write_article
from kg.synth.theatre import Theatre, make_theatre

WORDS: Final = 700
WARM: Final = 20
"""Articles that are read before anything is timed: tables are loaded."""
AT: Final = (100, 500, 1_000, 2_000, 5_000, 10_000)
"""After how many articles memory is looked at."""
AT_ONCE: Final = 20
"""How many articles the verb is given at once."""
SHARE: Final = 0.45
"""How much of an article is not about who holds what."""
LAYERS: Final = {
    "parse": "the model",
    "name": "names",
    "attribute": "utterances",
    "time": "times",
    "figure": "figures",
    "state": "events and states",
    "take_meant": "who is meant",
}
ELSE: Final = (
    "The price of bread in {town} has risen by {n} per cent since {month}.",
    "Schools in the valley reopened on {weekday} after a long summer.",
    "“We have had no water for {n} days,” said {person}, a baker who keeps a shop near the market.",
    "Farmers along the lower river expect a poor harvest this year.",
    "A bus carrying {n} pupils to {town} broke down on the coastal road, and nobody was hurt.",
    "The ministry of health said that it would send two doctors and a nurse.",
    "{person}, who teaches history, remembers a quieter time.",
    "In {year} the railway still ran twice a day between {town} and the coast.",
    "Most shops were closed, and the few that opened sold out of flour before noon.",
    "The committee will meet again next week to discuss the budget.",
    "According to {person}, a retired engineer, the old bridge needs new cables.",
    "Rain is expected in the north on {weekday}.",
    "Her brother left for {town} with his wife and three children last winter.",
    "“Nobody asked us,” {person} told a reporter by telephone.",
    "The hospital treated {n} people, most of them for fever.",
    "Prices of diesel doubled within a month, and the bakeries ran on wood.",
    "The two sides have talked about an exchange of prisoners since {month} {year}.",
    "Aid workers handed out some {n} blankets and tents near {town}.",
    "The club from {town} won its third match in a row.",
    "He did not want his name to be printed, because he feared for his family.",
    "{person} thinks that the talks will lead nowhere.",
    "Diplomats from four countries arrived at the hotel shortly after midnight.",
    "The library, built by a merchant in {year}, lost its roof in the storm.",
    "A spokesman for the electricity company denied that there was any shortage.",
    "The report runs to {n} pages and names no culprit.",
    "Children played among the parked trucks while their parents queued for papers.",
    "It was the coldest night of the year, and the pipes froze.",
    "Economists warn that the currency could lose another tenth of its value by {month}.",
)
"""What else an article tells."""
PERSONS: Final = (
    "Ilse Marden",
    "Tarek Solm",
    "Ana Perrin",
    "Josip Vale",
    "Nura Haddin",
    "Owen Cray",
)
MONTHS: Final = ("January", "March", "April", "June", "September", "November")
WEEKDAYS: Final = ("Monday", "Tuesday", "Thursday", "Friday", "Sunday")


def main(without: int = 10_000, with_model: int = 500) -> None:
    """Prints one table of both, with the time of each layer and the memory on the way."""
    known = know(None, load())
    report("without the model", without, known, None)
    try:
        model = load_model() if with_model else None
    except ModelError as error:
        print(error)
    else:
        report(f"with {model.name} {model.version}" if model else "", with_model, known, model)


def report(what: str, count: int, known: Known, model: Model | None) -> None:
    """Reads so many articles, and prints the rate of each layer and how memory went."""
    if not count:
        return
    seconds: dict[str, float] = defaultdict(float)
    resident: dict[int, float] = {}
    words = 0
    suggest.stand_ready()
    with layers_timed(seconds):
        suggested(articles(range(WARM)), known, model)
        seconds.clear()
        for first in range(0, count, AT_ONCE):
            some = list(articles(range(WARM + first, WARM + min(first + AT_ONCE, count))))
            words += sum(len(reading.text.split()) for reading in some)
            began = time.process_time()
            suggested(some, known, model)
            seconds["all"] += time.process_time() - began
            if (read := first + len(some)) in AT or read == count:
                resident[read] = megabytes()
    show(what, count, words, seconds, resident)


def show(
    what: str, count: int, words: int, seconds: dict[str, float], resident: dict[int, float]
) -> None:
    """Prints the rows of a table."""
    print(f"\n{what}: {count} articles of {words / count:.0f} words\n")
    print("| layer | ms an article | articles a second |\n|---|---:|---:|")
    rest = seconds["all"] - sum(s for layer, s in seconds.items() if layer != "all")
    for layer, spent in {**seconds, "draft and the rest": rest}.items():
        each = spent / count
        print(f"| {LAYERS.get(layer, layer)} | {1000 * each:.2f} | {1 / max(each, 1e-9):.0f} |")
    marks = ", ".join(f"{mb:.0f} after {n:,}" for n, mb in resident.items())
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nresident MB: {marks}; most {most:.0f}")


def suggested(readings: Iterable[Reading], known: Known, model: Model | None) -> None:
    """What the verb does with some articles, but writing the files."""
    article = Article(title="A report", publisher="unstated", language="en")
    mapping = Mapping(1, "draft", article, Coding(), ())
    some = list(readings)
    for reading, found in zip(some, suggest.propose_each(some, known, model), strict=True):
        naming = Naming(Authorities({}, {}), load().record, reading.text)
        draft(found, mapping, reading, naming, load_scores())


@contextmanager
def layers_timed(seconds: dict[str, float]) -> Iterator[None]:
    """While it lasts, the processor time of each layer that `propose` asks is added up."""
    plain = {layer: getattr(suggest, layer) for layer in LAYERS}

    def timed(layer: str) -> object:
        def ask(*given: object) -> object:
            began = time.process_time()
            answer = plain[layer](*given)
            answer = list(answer) if layer == "parse" else answer
            seconds[layer] += time.process_time() - began
            return answer

        return ask

    for layer in LAYERS:
        setattr(suggest, layer, timed(layer))
    try:
        yield
    finally:
        for layer, ask in plain.items():
            setattr(suggest, layer, ask)


def articles(numbers: Iterable[int]) -> Iterator[Reading]:
    """Generated articles, no two alike, each with its day and in paragraphs."""
    for number in numbers:
        rng = Random(number)  # noqa: S311 - the same again
        theatre = _renamed(make_theatre(number, 1), rng)
        sentences, day = _told(theatre, number, rng)
        yield read_text(_paragraphs(sentences, rng), published=(day, day))


def _told(theatre: Theatre, number: int, rng: Random) -> tuple[list[str], dt.date]:
    """The sentences of an article: reports in their order, with what else it tells between."""
    reports, day, told, words = list[str](), dt.date(2019, 5, 2), list[str](), 0
    while words < WORDS:
        if rng.random() < SHARE:
            told.append(_else(rng, theatre))
        else:
            if not reports:
                text, mapping = write_article(theatre, number * 10 + len(told), 1)
                published = mapping.article.published
                day = (published.on if published else None) or day
                reports = text.replace(". ", ".\n").replace(".” ", ".”\n").split("\n")
            told.append(reports.pop(0))
        words += told[-1].count(" ") + 1
    return told, day


def _else(rng: Random, theatre: Theatre) -> str:
    place = rng.choice([place.label for place in theatre.places.values()])
    filled = {"town": place, "person": rng.choice(PERSONS), "month": rng.choice(MONTHS)}
    numbers = {"n": rng.randrange(3, 400), "year": rng.randrange(1890, 2018)}
    return rng.choice(ELSE).format(**filled, **numbers, weekday=rng.choice(WEEKDAYS))


def _paragraphs(sentences: list[str], rng: Random) -> str:
    text, left = "", 0
    for sentence in sentences:
        left = left or rng.choice((1, 2, 2, 3))
        left -= 1
        text += sentence + (" " if left else "\n\n")
    return text.strip()


def _renamed(theatre: Theatre, rng: Random) -> Theatre:
    """The theatre with other names for its towns: those of the gazetteer."""
    drawn = rng.sample(_towns(), len(theatre.places))
    places = {
        slug: replace(place, label=town, alt=(f"{town} town", f"the town of {town}"))
        for (slug, place), town in zip(theatre.places.items(), drawn, strict=True)
    }
    return replace(theatre, places=places)


@cache
def _towns() -> list[str]:
    return [r.label["en"] for r in load() if r.type in SETTLEMENTS[1:] and "en" in r.label]


def megabytes() -> float:
    """The resident set of this process."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
