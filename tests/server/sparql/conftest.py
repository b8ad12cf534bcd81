"""Graphs from anywhere as a release, and the W3C's tests where they are present."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.release.read import SUMMARY, Release, open_release
from kg.store import make_store, nquads
from paths import ROOT
from server import create_app

Publish = Callable[[Mapping[str, bytes]], Release]


@pytest.fixture(scope="session")
def publish(tmp_path_factory: pytest.TempPathFactory) -> Publish:
    """Makes a release of some graphs, given as Turtle by their IRIs."""

    def make(graphs: Mapping[str, bytes]) -> Release:
        releases = tmp_path_factory.mktemp("releases")
        folder = releases / "graphs"
        folder.mkdir()
        (folder / "data.nq").write_bytes(nquads(_quads(graphs)))
        make_store(folder / "store", [folder / "data.nq"])
        known = {"digest": f"sha256:{'0' * 64}", "base": "http://example.org/", "title": "Graphs"}
        summary = dict.fromkeys(SUMMARY) | known
        (folder / "release.json").write_text(json.dumps(summary), "utf-8")
        return open_release(releases, "graphs")

    return make


def _quads(graphs: Mapping[str, bytes]) -> list[Quad]:
    return [
        Quad(q.subject, q.predicate, q.object, NamedNode(iri))
        for iri, content in graphs.items()
        for q in parse(content, format=RdfFormat.TURTLE, base_iri=iri)
    ]


@pytest.fixture(scope="session")
def serve(publish: Publish) -> Callable[[Mapping[str, bytes]], FlaskClient]:
    """A client of a release of some graphs."""
    return lambda graphs: create_app(publish(graphs)).test_client()


@pytest.fixture(scope="session")
def standards() -> Path:
    """The folder of the W3C's tests of SPARQL 1.1, which are not in the repository."""
    shared = Path(os.environ.get("WHOHOLDS_SHARED") or ROOT.parent / "shared")
    folder = shared / "standards" / "w3c-rdf-tests" / "sparql11"
    if not folder.is_dir():
        pytest.skip("needs ../shared/standards: the W3C's tests")
    return folder
