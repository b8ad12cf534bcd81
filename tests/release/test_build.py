"""A release is the same bytes each time, says what is true, and appears whole or not at all."""

import fcntl
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.errors import MappingError, ReleaseError, WorkspaceError
from kg.release import lifting
from kg.release.build import build
from kg.release.read import open_release
from kg.workspace import open_workspace
from paths import FIXTURES, ROOT

VOID = "http://rdfs.org/ns/void#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def files(folder):
    """Every file of a release but the store's, with its digest."""
    return {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.is_file()
    }


def command(workspace, releases):
    return [
        sys.executable,
        *("-c", "import sys; from kg.cli import main; sys.exit(main())", "build", "--quiet"),
        *("--workspace", str(workspace), "--releases", str(releases), "--jobs", "1"),
    ]


def run(workspace, releases, *, limit=None, **environment):
    def limited():
        if limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        command(workspace, releases),
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited,
    )


def edit(workspace, slug, old, new):
    path = workspace.mapping_path(slug)
    source = path.read_text("utf-8")
    assert old in source
    path.write_text(source.replace(old, new), "utf-8")


def overwrite(path, content):
    path.unlink()  # it is read-only
    path.write_bytes(content)


def visible(releases):
    return {p.name for p in releases.iterdir()} - {".lock"} if releases.exists() else set()


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    folder = tmp_path_factory.mktemp("releases")
    build(open_workspace(FIXTURES / "aven"), folder, jobs=1)
    return folder


@pytest.fixture(scope="module")
def made(releases):
    return (releases / "current").resolve()


@pytest.fixture
def again(releases, tmp_path):
    """A copy of the releases that a test may harm."""
    return Path(shutil.copytree(releases, tmp_path / "releases", symlinks=True))


def test_another_process_and_hash_seed_give_the_same_bytes(made, tmp_path):
    done = run(FIXTURES / "aven", tmp_path, PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "current") == files(made)


def test_several_processes_give_the_same_bytes(made, tmp_path, monkeypatch):
    monkeypatch.setattr(lifting, "FEW", 1)
    assert files(build(open_workspace(FIXTURES / "aven"), tmp_path, jobs=2)) == files(made)


def test_the_date_is_the_newest_of_the_workspace(made):
    dates = re.findall(r'terms/date> "([\d-]+)"', (made / "data.nq").read_text("utf-8"))
    assert json.loads((made / "release.json").read_bytes())["date"] == max(dates)


def test_source_date_epoch_is_honoured(aven, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    folder = build(aven, tmp_path / "r", jobs=1)
    assert json.loads((folder / "release.json").read_bytes())["date"] == "1970-01-02"
    assert '"1970-01-02"' in (folder / "metadata.nq").read_text("utf-8")


def test_anyone_can_recompute_the_digest(made):
    data = made / "data.nq"
    ours = hashlib.sha256(b"".join(sorted(set(data.read_bytes().splitlines(keepends=True)))))
    theirs = subprocess.run(
        ["bash", "-c", 'LC_ALL=C sort -u "$0" | sha256sum', str(data)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()[0]
    assert ours.hexdigest() == theirs
    assert made.name == theirs[:16]
    assert json.loads((made / "release.json").read_bytes())["digest"] == f"sha256:{theirs}"


def test_the_counts_are_true(made):
    quads = list(parse(path=str(made / "data.nq"), format=RdfFormat.N_QUADS))
    graphs = Counter(q.graph_name.value for q in quads)
    triples = {q.triple for q in quads}
    told = defaultdict(dict)
    for quad in parse(path=str(made / "metadata.nq"), format=RdfFormat.N_QUADS):
        told[quad.predicate.value.removeprefix(VOID)][quad.subject.value] = quad.object.value
    (node,) = told["classes"]
    assert {iri: int(told["triples"][iri]) for iri in graphs} == graphs
    assert told["triples"][node] == str(len(triples))
    assert told["distinctSubjects"][node] == str(len({t.subject for t in triples}))
    assert partitions(told, "class", "entities") == Counter(
        t.object.value for t in triples if t.predicate == RDF_TYPE
    )
    assert partitions(told, "property", "triples") == Counter(t.predicate.value for t in triples)


def partitions(told, kind, number):
    """What the partitions say of each class or property."""
    return {iri: int(told[number][partition]) for partition, iri in told[kind].items()}


def sums_are_true(release):
    lines = (release / "SHA256SUMS").read_text("utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    found = files(release)
    found.pop("SHA256SUMS")
    return told == found


def test_the_sums_are_true(made):
    assert sums_are_true(made)


def test_the_pointer_moves_and_the_old_release_stays(aven, again):
    old = (again / "current").resolve()
    before = files(old), old.stat().st_mtime_ns
    edit(aven, "aven", "Troops take Aven bridge", "Troops take the bridge")
    new = build(aven, again, jobs=1)
    assert new != old and open_release(again).folder == new.resolve()
    assert (files(old), old.stat().st_mtime_ns) == before


@pytest.mark.slow
def test_a_killed_build_leaves_the_last_release(aven, again):
    old = (again / "current").resolve()
    edit(aven, "aven", "Troops take Aven bridge", "Troops take the bridge")
    for moment in (0.0, 0.1, 0.3, 0.7):
        process = subprocess.Popen(command(aven.root, again), cwd=ROOT)
        until = time.monotonic() + 20
        while process.poll() is None and not list(again.glob(".building-*")):
            assert time.monotonic() < until
            time.sleep(0.005)
        time.sleep(moment)
        process.kill()
        process.wait()
        opened = open_release(again)
        assert opened.folder == old or sums_are_true(opened.folder)
        assert next(opened.store.quads_for_pattern(None, None, None, None))
    new = build(aven, again, jobs=1)
    assert visible(again) == {"current", old.name, new.name}


def refused_for_room(done, folder):
    assert done.returncode == 1, done.stderr
    assert str(folder) in done.stderr and "Make room or choose another folder" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("limit", [20_000, 200_000, 900_000])
def test_a_limit_on_files_leaves_the_last_release(aven, again, limit):
    old = (again / "current").resolve()
    edit(aven, "aven", "Troops take Aven bridge", "Troops take the bridge")
    refused_for_room(run(aven.root, again, limit=limit), again)
    assert open_release(again).folder == old


def test_a_full_disk_is_told(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount")
    try:
        refused_for_room(run(FIXTURES / "aven", disk), disk)
        assert visible(disk) == set()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_second_build_is_refused_while_one_runs(aven, again):
    before = visible(again)
    with (again / ".lock").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ReleaseError, match=r"another build is running in this folder"):
            build(aven, again, jobs=1)
    assert visible(again) == before
    build(aven, again, jobs=1)


def test_two_mappings_of_one_text_are_refused(aven, tmp_path):
    shutil.copytree(aven.root / "articles/aven", aven.root / "articles/twin")
    shutil.copy(aven.root / "texts/aven.txt", aven.root / "texts/twin.txt")
    with pytest.raises(MappingError, match=r"articles/twin/mapping\.toml:1: maps the same text"):
        build(open_workspace(aven.root), tmp_path / "r", jobs=1)
    assert visible(tmp_path / "r") == set()


def test_drafts_alone_make_no_release(aven, tmp_path):
    slugs = list(aven.slugs)
    for slug in slugs:
        edit(aven, slug, 'status = "reviewed"', 'status = "draft"')
    with pytest.raises(WorkspaceError, match=f"found 3 drafts(.|\n)*whoholds review {slugs[0]}"):
        build(aven, tmp_path / "r", jobs=1)
    assert visible(tmp_path / "r") == set()


def test_a_draft_is_not_released(aven, tmp_path):
    edit(aven, "aven-arabic", 'status = "reviewed"', 'status = "draft"')
    folder = build(aven, tmp_path / "r", jobs=1)
    assert json.loads((folder / "release.json").read_bytes())["articles"] == 2
    assert "aven-arabic" not in (folder / "data.nq").read_text("utf-8")


def test_findings_stop_the_build(aven, tmp_path):
    edit(aven, "aven", 'speaker = "ines-varro"', 'speaker = "ines-varo"')
    with pytest.raises(MappingError, match=r"^articles/aven/mapping\.toml:\d+: .*ines-varo"):
        build(aven, tmp_path / "r", jobs=1)
    assert visible(tmp_path / "r") == set()


def test_a_dangling_reference_is_told_where_it_stands(aven, tmp_path):
    edit(aven, "aven-courier", '["aven.reach-holm"]', '["aven.reach-hulm"]')
    with pytest.raises(MappingError) as told:
        build(aven, tmp_path / "r", jobs=1)
    (finding,) = told.value.findings
    lines = aven.source("aven-courier").splitlines()
    assert finding.path == "articles/aven-courier/mapping.toml"
    assert lines[finding.line - 1] == "[claim.reach-holm]"
    assert "aven.reach-hulm" in finding.message


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[]", b"{}"])
def test_a_broken_summary_is_told(again, content):
    overwrite(again / "current" / "release.json", content)
    with pytest.raises(ReleaseError, match=r"release\.json is broken .* Build again"):
        open_release(again)


def test_building_again_mends_a_broken_release(aven, again, made):
    overwrite(again / "current" / "store" / "CURRENT", b"nonsense")
    assert files(build(aven, again, jobs=1)) == files(made)
    assert open_release(again).digest[7:23] == made.name


def test_a_missing_store_is_told(again):
    shutil.rmtree(again / "current" / "store")
    with pytest.raises(ReleaseError, match=r"missing or broken .* Build again"):
        open_release(again)


def test_a_broken_store_is_told(again):
    overwrite(again / "current" / "store" / "CURRENT", b"nonsense")
    with pytest.raises(ReleaseError, match=r"missing or broken .* Build again"):
        open_release(again)


def test_without_a_release_it_says_to_build(tmp_path):
    with pytest.raises(ReleaseError, match="Run `whoholds build` first"):
        open_release(tmp_path)
