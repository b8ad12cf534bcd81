"""Our endpoint and one in Wikidata's shape, each behind a door that counts what is asked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from federation.counted import Counted, counted
from federation.oxigraph import PROGRAM, oxigraph
from federation.shaped import statements
from kg.wikidata.record import record_of
from kg.workspace import SHIPPED
from paths import FIXTURES, ROOT
from serving import serving
from wikidata.replay import slice_of_wikidata

SHARED = ("wd_shaped_from_wof.nt", "Q42.ttl", "RdfRepositoryUpdaterIntegrationTest.Q513-munged.ttl")
"""Items of Who's On First in Wikidata's shape, and two as Wikidata's service has them."""


@pytest.fixture(scope="session")
def known() -> Store:
    """What the other endpoint knows: the repository's slices, and those of ../shared if present."""
    store = Store()
    for entity in slice_of_wikidata().values():
        store.extend(Quad(*t) for t in statements(record_of(entity)))
    shared = Path(os.environ.get("WHOHOLDS_SHARED") or ROOT.parent / "shared") / "wikidata"
    for path in (FIXTURES / "wikidata" / "shaped.nt", *(shared / name for name in SHARED)):
        if path.is_file():
            form = RdfFormat.from_extension(path.suffix[1:])
            store.extend(parse(path.read_bytes(), format=form, lenient=True))
    return store


@pytest.fixture(scope="session")
def oxigraph_address(known: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Oxigraph server that knows it, with no door."""
    if PROGRAM is None:
        pytest.skip("needs oxigraph, the server: pip install oxigraph")
    folder = tmp_path_factory.mktemp("oxigraph")
    path = folder / "slices.nt"
    known.dump(path, format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    with oxigraph(path, folder / "store") as address:
        yield address


@pytest.fixture
def wikidata(oxigraph_address: str) -> Iterator[Counted]:
    """The same, behind a door."""
    with counted(oxigraph_address) as door:
        yield door


@pytest.fixture(scope="session")
def inner_door(oxigraph_address: str) -> Iterator[Counted]:
    """The door that our endpoint may go through: its address stands in the settings."""
    with counted(oxigraph_address) as door:
        yield door


@pytest.fixture(scope="session")
def our_address(
    inner_door: Counted, shipped_releases: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The endpoint of the shipped release, which may ask the other one."""
    root = tmp_path_factory.mktemp("served") / "corpus"
    shutil.copytree(SHIPPED, root)
    shutil.copytree(shipped_releases, root / "releases", symlinks=True)
    with serving(root, f'services = ["{inner_door.address}"]') as server:
        yield f"http://127.0.0.1:{server.port}/sparql"


@pytest.fixture
def ours(our_address: str) -> Iterator[Counted]:
    """The same, behind a door."""
    with counted(our_address) as door:
        yield door
