"""Retired ids enter the release; none of them is used, and what replaces them exists."""

import json

import pytest
from pyoxigraph import NamedNode

from kg.cli import main
from kg.errors import MappingError
from kg.release.build import build
from kg.release.read import open_release
from kg.release.retired import retired_of
from kg.workspace import open_workspace

BASE = "https://example.org/valley/"


def retire(workspace, *entries):
    tables = [
        f'[[retired]]\nid = "{one}"\nstate = "{state}"\ninto = {json.dumps(into)}\n'
        'on = 2026-11-20\nbecause = "coded twice"\n'
        for one, state, into in entries
    ]
    (workspace.root / "retired.toml").write_text("\n".join(tables), "utf-8")
    return open_workspace(workspace.root)


def test_they_stand_in_a_graph_of_their_own(aven, tmp_path):
    workspace = retire(
        aven,
        ("event/aven-bridge-battle", "merged", ["event/aven-bridge-takeover"]),
        ("claim/aven.gone", "withdrawn", []),
    )
    build(workspace, tmp_path, jobs=1)
    release = open_release(tmp_path)
    found = [(one.id, one.state, one.into) for one in retired_of(release.store, release.names)]
    assert found == [
        ("claim/aven.gone", "withdrawn", ()),
        ("event/aven-bridge-battle", "merged", ("event/aven-bridge-takeover",)),
    ]
    graph = NamedNode(f"{BASE}graph/retired")
    assert len(list(release.store.quads_for_pattern(None, None, None, graph))) == 7
    assert f"<{BASE}graph/retired>" in (release.folder / "data.nq").read_text("utf-8")


@pytest.mark.parametrize(
    ("used", "path", "line"),
    [
        ("claim/aven.bridge-taken", "articles/aven/mapping.toml", "[claim.bridge-taken]"),
        ("voice/aven.varro", "articles/aven/mapping.toml", "[voice.varro]"),
        ("mention/aven.varro", "articles/aven/mapping.toml", "[mention.varro]"),
        ("article/aven", "articles/aven/mapping.toml", "format = 1"),
        (
            "event/aven-bridge-retaking",
            "articles/aven-arabic/mapping.toml",
            "[claim.bridge-retaken]",
        ),
        ("actor/aven.local-doctors", "articles/aven/mapping.toml", "local doctors"),
        ("actor/radio-tarn", "authorities/actors.toml", "[actor.radio-tarn]"),
        ("place/aven-bridge", "authorities/places.toml", "[place.aven-bridge]"),
    ],
)
def test_an_id_still_used_is_told_where_it_stands(aven, tmp_path, used, path, line):
    workspace = retire(aven, (used, "withdrawn", []))
    with pytest.raises(MappingError) as told:
        build(workspace, tmp_path / "r", jobs=1)
    (finding,) = told.value.findings
    assert finding.path == path
    assert line in (workspace.root / path).read_text("utf-8").splitlines()[finding.line - 1]
    assert "was withdrawn on 2026-11-20: coded twice. Remove it." in finding.message


def test_what_replaces_must_exist(aven, tmp_path):
    workspace = retire(aven, ("event/old", "merged", ["event/nowhere"]))
    with pytest.raises(MappingError, match=r"retired\.toml:1: .*'event/nowhere', which nothing"):
        build(workspace, tmp_path / "r", jobs=1)


def test_validate_tells_it_too(aven, capsys):
    retire(aven, ("claim/aven.bridge-taken", "merged", ["claim/aven.both-banks"]))
    assert main(["validate", "-w", str(aven.root)]) == 1
    assert "Use claim/aven.both-banks." in capsys.readouterr().err
