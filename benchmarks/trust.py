r"""Checks the endpoint, `oxigraph serve-read-only` and Virtuoso as `whoholds check-endpoint` does.

    python benchmarks/trust.py WORKSPACE FOLDER --oxigraph oxigraph --virtuoso virtuoso-t

Each serves the current release of a workspace, such as one of `whoholds synth 400`. What the others
need is kept in FOLDER; a copy of it is asked, since probes may write. The W3C's tests are those of
--manifest FILE (sparql11/protocol/manifest.ttl of https://github.com/w3c/rdf-tests), or of
../shared/standards. What strains a server is left to benchmarks/hurt.py. Prints, for each group of
probes, how many passed, failed, could not tell, and did not apply; then the names of those that
failed or could not tell.
"""

from __future__ import annotations

import shutil
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from peers import Server, oxigraph, rest, virtuoso, whoholds

from kg.probe.check import Wanted, check
from kg.probe.found import Checked, Outcome
from kg.probe.manifest import usual_manifest
from kg.probe.report import WORDS
from kg.release.read import open_release

SECONDS: Final = 5
"""How long a request may take."""
SHOWN: Final = (Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL, Outcome.INAPPLICABLE)
"""What is counted; of the second and the third the names are told."""
LEFT_OUT: Final = frozenset({"strain"})


def checked(server: Server, manifest: Path | None) -> list[Checked]:
    """What came of every probe of a server that computes nothing else."""
    rest(server)
    wanted = Wanted(operated=True, manifest=manifest, seconds=SECONDS, without=LEFT_OUT)
    found = check(f"http://127.0.0.1:{server.port}{server.path}", wanted)
    return [one for one in found if one.probe.group not in LEFT_OUT]


def table(found: dict[str, list[Checked]]) -> Iterator[str]:
    """A row for each group of probes, a column for each server, each with four numbers."""
    yield f"| group | probes | {' | '.join(found)} |"
    yield f"|---|---:|{'---:|' * len(found)}"
    probes = next(iter(found.values()))
    groups = Counter(one.probe.group for one in probes)
    for group, number in (*groups.items(), ("all", len(probes))):
        cells = []
        for some in found.values():
            came = Counter(one.found.outcome for one in some if group in (one.probe.group, "all"))
            cells.append(" / ".join(str(came[outcome]) for outcome in SHOWN))
        yield f"| {group} | {number} | {' | '.join(cells)} |"


def told(found: dict[str, list[Checked]]) -> Iterator[str]:
    """The names of the probes that failed, or could not tell, server by server."""
    for server, some in found.items():
        for outcome in SHOWN[1:3]:
            these = [one.probe for one in some if one.found.outcome is outcome]
            names = ", ".join(f"{probe.group}/{probe.name}" for probe in these)
            yield f"- {server}, {WORDS[outcome]}: {names or 'none'}"


def measure(args: Namespace) -> None:
    """Prints both."""
    release = open_release(args.workspace / "releases").folder
    args.folder.mkdir(exist_ok=True)
    found = {}
    with TemporaryDirectory() as copied:
        folder = Path(shutil.copytree(args.folder, Path(copied) / "peers"))
        for begins in (
            partial(whoholds, args.workspace),
            partial(oxigraph, args.oxigraph, release, folder),
            partial(virtuoso, args.virtuoso, release, folder),
        ):
            with begins() as server:
                found[server.name] = checked(server, args.manifest)
    print("\n".join([*table(found), "", *told(found)]))


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("workspace", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--oxigraph", default="oxigraph", help="the program")
    parser.add_argument("--virtuoso", default="virtuoso-t", help="the program; isql-vt beside it")
    parser.add_argument("--manifest", type=Path, default=usual_manifest(), help="the W3C's")
    measure(parser.parse_args())
