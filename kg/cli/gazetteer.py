"""whoholds gazetteer"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Final

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
        "find", help="show which places a name may mean, and what speaks for each"
    )
    find.add_argument("name")
    find.add_argument("--kind", help="the place type that the words around the name say: city")
    find.add_argument("--country", action="append", default=[], metavar="CC", help="SY, IQ, …")
    find.add_argument("--gazetteer", type=Path, metavar="FILE", help="instead of the one shipped")


def run(args: Namespace) -> int:
    """Makes a gazetteer, or looks a name up in one."""
    return _build(args) if args.part == "build" else _find(args)


def _build(args: Namespace) -> int:
    from kg.files import write_whole
    from kg.gazetteer.build import merge, read_source
    from kg.gazetteer.lookup import write

    groups = [
        [record for file in files for record in read_source(source, Path(file))]
        for source, *files in args.sources
    ]
    records = merge(groups)
    content = write(records)
    write_whole(args.output, content)
    print(f"{args.output}: {len(records):,} places, {len(content) / 1e6:.1f} MB")
    return 0


def _find(args: Namespace) -> int:
    from kg.gazetteer.choose import choose
    from kg.gazetteer.features import Context
    from kg.gazetteer.lookup import load

    choice = choose(load(args.gazetteer), args.name, Context(args.kind, (), tuple(args.country)))
    verdict = "certain" if choice.certain else "not certain"
    print(f"{choice.chosen.id}, {verdict}" if choice.chosen else f"none: {choice.because}")
    for candidate in choice.candidates:
        record = candidate.record
        print(f"{candidate.score:.2f}  {record.id}  {record.label.get('en', '')} ({record.type})")
        for feature in candidate.features:
            print(f"      {feature.name:9}  {feature.value:.2f}  {feature.because}")
    return 0
