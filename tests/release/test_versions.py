"""A version names one release for ever; a source that forbids publication cannot enter one."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from kg.errors import MappingError, ReleaseError, WorkspaceError
from kg.export.dataset import About
from kg.release.build import build
from kg.release.read import open_release
from kg.release.versions import give, named, previous
from kg.workspace import FILE, open_workspace
from paths import FIXTURES, ROOT


def edit(workspace, old, new):
    path = workspace.mapping_path("aven")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def with_settings(workspace, **settings):
    return replace(workspace, settings=replace(workspace.settings, **settings))


@pytest.fixture
def releases(tmp_path):
    return tmp_path / "releases"


@pytest.fixture
def versioned(aven):
    return with_settings(aven, version="2026.1")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    workspace = with_settings(open_workspace(FIXTURES / "aven"), version="2026.1")
    return build(workspace, tmp_path_factory.mktemp("built") / "releases", jobs=1)


@pytest.fixture
def first(built, releases):
    """The release of the version, in a folder that a test may change."""
    shutil.copytree(built.parent, releases, symlinks=True)
    return releases / built.name


def test_a_version_names_the_release(first, releases):
    assert (releases / "versions" / "2026.1").readlink().as_posix() == f"../{first.name}"
    found = open_release(releases, "2026.1")
    assert found.folder == first.resolve()
    assert found.version == "2026.1"


def test_without_a_setting_there_is_none(aven, releases):
    folder = build(aven, releases, jobs=1)
    assert json.loads((folder / "release.json").read_bytes())["version"] is None
    assert "dcat#version" not in (folder / "metadata.nq").read_text("utf-8")
    assert not (releases / "versions").exists()


def test_building_the_same_again_changes_nothing(first, versioned, releases):
    told = []
    assert build(versioned, releases, jobs=1, warn=told.append) == first
    assert told == []
    assert {p.name for p in releases.iterdir()} == {".lock", "current", "versions", first.name}


def test_a_version_that_is_taken_stays_and_the_new_release_has_none(first, versioned, releases):
    edit(versioned, "Troops take Aven bridge", "Troops take the bridge")
    told = []
    second = build(versioned, releases, jobs=1, warn=told.append)
    assert second != first and open_release(releases).folder == second.resolve()
    assert open_release(releases).version is None
    assert open_release(releases, "2026.1").folder == first.resolve()
    assert len(told) == 1
    assert f"version 2026.1 already names release {first.name}" in told[0]
    assert f"set another version in {FILE}" in told[0]


def test_the_same_quads_described_otherwise_are_another_release(first, versioned, releases):
    told = []
    renamed = with_settings(versioned, title="Another title")
    second = build(renamed, releases, jobs=1, warn=told.append)
    assert second.name == f"{first.name}.2"
    assert open_release(releases).version is None and len(told) == 1
    assert "2026.1" not in (second / "metadata.nq").read_text("utf-8")
    assert open_release(releases, "2026.1").folder == first.resolve()
    assert build(renamed, releases, jobs=1) == second


def test_the_next_version_knows_the_one_before(versioned, releases):
    build(versioned, releases, jobs=1)
    edit(versioned, "Troops take Aven bridge", "Troops take the bridge")
    digest = open_release(releases, "2026.1").digest
    second = build(with_settings(versioned, version="2026.2"), releases, jobs=1)
    before = About(versioned.names, {"digest": digest}, "", None).node
    assert f"dcat:previousVersion {before}" in (second / "dataset.ttl").read_text("utf-8")
    assert build(with_settings(versioned, version="2026.2"), releases, jobs=1) == second


def test_versions_are_ordered_as_numbers(releases):
    for name in ("2026.2", "2026.10", "2025.9.1"):
        folder = releases / f"r{name}"
        folder.mkdir(parents=True)
        (folder / "release.json").write_text(json.dumps({"digest": f"of {name}"}), "utf-8")
        give(releases, name, folder.name)
    assert previous(releases, "2026.11") == "of 2026.10"
    assert previous(releases, "2026.10") == "of 2026.2"
    assert previous(releases, "2026.1") == "of 2025.9.1"
    assert previous(releases, "2025.1") is None


def test_a_version_is_given_once(releases):
    releases.mkdir()
    give(releases, "2026.1", "a")
    give(releases, "2026.1", "b")
    assert named(releases, "2026.1") == "a"


def test_a_build_killed_after_it_took_its_version_is_finished_by_the_next(
    first, versioned, releases
):
    shutil.rmtree(first)  # as if the move had not happened yet
    with pytest.raises(ReleaseError, match="there is no release"):
        open_release(releases, "2026.1")
    told = []
    assert build(versioned, releases, jobs=1, warn=told.append) == first
    assert told == [] and open_release(releases, "2026.1").folder == first.resolve()


def test_the_command_says_so_even_when_quiet(aven, releases):
    with (aven.root / FILE).open("a", encoding="utf-8") as settings:
        settings.write('version = "2026.1"\n')
    words = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())", "build"]
    words += ["--quiet", "-w", str(aven.root), "--releases", str(releases), "--jobs", "1"]

    def run():
        return subprocess.run(
            words, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=True
        ).stderr

    assert run() == ""
    edit(aven, "Troops take Aven bridge", "Troops take the bridge")
    assert "set another version in whoholds.toml" in run()


@pytest.mark.parametrize("version", ["1", "2026", "2026.01", "v2026.1", "2026.1/..", "../x", " "])
def test_what_is_no_version_is_refused(aven, version):
    with (aven.root / FILE).open("a", encoding="utf-8") as settings:
        settings.write(f'version = "{version}"\n')
    with pytest.raises(WorkspaceError, match=r"expected a year and a number, as 2026\.1"):
        open_workspace(aven.root)


def licences(workspace, *lines):
    with (workspace.root / FILE).open("a", encoding="utf-8") as settings:
        settings.write("\n".join(["[licences]", *lines]) + "\n")
    return open_workspace(workspace.root)


def test_a_source_that_forbids_it_cannot_enter_a_release(aven, releases):
    line = len((aven.root / FILE).read_text("utf-8").splitlines()) + 2
    with pytest.raises(MappingError) as refused:
        build(licences(aven, 'aven-courier = "forbidden"'), releases, jobs=1)
    (finding,) = refused.value.findings
    assert (finding.path, finding.line) == (FILE, line)
    assert "licence of 'aven-courier' is 'forbidden'" in finding.message
    assert not (releases / "current").exists()


def test_a_draft_of_such_a_source_is_left_out_as_any_draft(aven, releases):
    workspace = licences(aven, 'aven-arabic = "forbidden"')
    path = workspace.mapping_path("aven-arabic")
    path.write_text(path.read_text("utf-8").replace('"reviewed"', '"draft"', 1), "utf-8")
    assert "aven-arabic" not in (build(workspace, releases, jobs=1) / "metadata.nq").read_text()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('avn = "forbidden"', "licence of the unknown article 'avn'; nearest articles: aven"),
        ('aven = "no"', "the licence of 'aven' is 'no'; expected its http IRI, or 'forbidden'."),
        ("aven = 1", "the licence of 'aven' is 1; expected its http IRI"),
        ('aven = "javascript:x"', "expected its http IRI"),
    ],
)
def test_a_wrong_licence_is_refused(aven, line, said):
    number = len((aven.root / FILE).read_text("utf-8").splitlines()) + 2
    with pytest.raises(WorkspaceError) as refused:
        licences(aven, line)
    assert str(refused.value).startswith(f"{aven.root / FILE}:{number}: ")
    assert said in str(refused.value)
