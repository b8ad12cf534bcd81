"""whoholds gazetteer"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import InputError, suggest

if TYPE_CHECKING:
    from kg.gazetteer.choose import Choice

SHOWN: Final = 20
"""Places of a name that are shown unless all are wanted."""
_FORMATS: Final = """\
formats of --from, plain or as .gz, in UTF-8:
  whos-on-first  a table of tabs whose first line names its columns: wof_id, name, placetype,
                 country, lat, lon, region_id, county_id, geonames_id, wikidata_id, is_current,
                 superseded_by, names (eng_x_preferred=Aven | ara_x_variant=…)
  geonames       19 cells between tabs, as cities500.txt or a country's file (SY.txt) of
                 https://download.geonames.org/export/dump/

Give --from once for each format. A place that a later one has under the same GeoNames id adds its
names and inhabitants to the earlier one's record.
"""


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    build = parts.add_parser(
        "build",
        help="make a gazetteer of other countries",
        epilog=_FORMATS,
        formatter_class=RawDescriptionHelpFormatter,
    )
    build.add_argument(
        "--from",
        dest="sources",
        nargs="+",
        action="append",
        required=True,
        metavar=("FORMAT", "FILE"),
        help="whos-on-first or geonames, and files in that format",
    )
    build.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    find = parts.add_parser(
        "find", help="show which places names may mean, and what speaks for each"
    )
    find.add_argument(
        "names", nargs="+", metavar="NAME", help="all names of an article: each helps the others"
    )
    find.add_argument("--kind", help="the place type that the words around the name say: city")
    find.add_argument("--country", action="append", default=[], metavar="CC", help="SY, IQ, …")
    find.add_argument("--all", action="store_true", help=f"all of them, not the first {SHOWN}")
    find.add_argument("--gazetteer", type=Path, metavar="FILE", help="instead of the one shipped")


def run(args: Namespace) -> int:
    """Makes a gazetteer, or looks a name up in one."""
    return _build(args) if args.part == "build" else _find(args)


def _build(args: Namespace) -> int:
    from kg.files import write_output
    from kg.gazetteer.build import merge, read_source
    from kg.gazetteer.lookup import write

    groups = [
        [record for file in files for record in read_source(source, Path(file))]
        for source, *files in args.sources
    ]
    records = merge(groups)
    if not records:
        raise InputError(
            "no place is in what --from names: give a format, then files that have some."
        )
    content = write(records)
    write_output(args.output, content)
    print(f"{args.output}: {len(records):,} places, {len(content) / 1e6:.1f} MB")
    return 0


def _find(args: Namespace) -> int:
    from kg.gazetteer.choose import choose_together
    from kg.gazetteer.lookup import load
    from kg.vocabulary import load_vocabulary

    kinds = load_vocabulary().values["place-type"]
    if args.kind and args.kind not in kinds:
        near = suggest(args.kind, kinds, "types")
        raise InputError(f"--kind {args.kind}: no type of places; {near}.")
    if wrong := [one for one in args.country if len(one) != 2]:
        raise InputError(f"--country {wrong[0]}: expected two letters, as SY.")
    asked = [(name, args.kind) for name in args.names]
    countries = tuple(one.upper() for one in args.country)
    for choice in choose_together(load(args.gazetteer), asked, countries):
        _print(choice, None if args.all else SHOWN)
    return 0


def _print(choice: Choice, most: int | None) -> None:
    """A name's place, with what speaks for each that it may mean: so many at most."""
    verdict = "certain" if choice.certain else "not certain"
    found = f"{choice.chosen.id}, {verdict}" if choice.chosen else f"none: {choice.because}"
    print(f"{choice.name}: {found}")
    shown = choice.candidates[:most]
    for candidate in shown:
        record = candidate.record
        print(f"{candidate.score:.2f}  {record.id}  {record.label.get('en', '')} ({record.type})")
        for feature in candidate.features:
            print(f"      {feature.name:9}  {feature.value:.2f}  {feature.because}")
    if left := len(choice.candidates) - len(shown):
        print(
            f"and {left} more of the name: --all shows them, --kind and --country tell them apart"
        )
