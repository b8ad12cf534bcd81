"""A release is found by what people call it, and a wrong name suggests the nearest."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import ReleaseError
from kg.release.build import build
from kg.release.find import find_editions, find_release
from kg.release.read import METADATA, open_release
from kg.workspace import open_workspace
from paths import FIXTURES


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """A folder of releases: one that has a version, and the current one after it."""
    root = Path(shutil.copytree(FIXTURES / "aven", tmp_path_factory.mktemp("named") / "aven"))
    workspace, releases = open_workspace(root), root / "releases"
    for version in ("2026.1", ""):
        settings = replace(workspace.settings, version=version)
        build(replace(workspace, settings=settings), releases, jobs=1)
        shutil.rmtree(root / "articles" / "aven-courier", ignore_errors=True)
    return releases


@pytest.fixture
def first(named):
    return open_release(named, "2026.1")


def test_every_kind_of_name_finds_it(named, first):
    digest = first.digest
    short = digest[7:13]
    path = str(first.folder)
    for name in ("2026.1", short, digest, digest[7:], f"sha256-{digest[7:]}", digest[7:23], path):
        assert find_release(named, name).digest == digest
    assert find_release(named, "current").folder.name in {p.name for p in named.iterdir()}


@pytest.mark.parametrize(("name", "near"), [("curent", "current"), ("2026.2", "2026.1")])
def test_an_unknown_name_suggests_the_nearest(named, name, near):
    with pytest.raises(ReleaseError, match=f"no release '{name}'; nearest releases: .*{near}"):
        find_release(named, name)


def test_a_wrong_digest_is_no_release(named, first):
    with pytest.raises(ReleaseError, match="no release"):
        find_release(named, first.digest[:-1] + ("0" if first.digest[-1] != "0" else "1"))


def test_the_begin_of_two_is_refused(tmp_path, first):
    for name in (first.folder.name, f"{first.folder.name}.2"):
        shutil.copytree(first.folder, tmp_path / name)
    with pytest.raises(ReleaseError, match="the beginning of 2 releases"):
        find_release(tmp_path, first.folder.name[:8])
    assert find_release(tmp_path, first.folder.name).digest == first.digest


def test_all_releases_of_a_digest_are_found_the_named_one_first(tmp_path, first):
    names = [first.folder.name, f"{first.folder.name}.2", f"{first.folder.name}.10"]
    for name in names:
        shutil.copytree(first.folder, tmp_path / name)
    described = tmp_path / names[1] / METADATA
    described.chmod(0o644)
    described.write_bytes(described.read_bytes() + b"# another title\n")
    found = find_editions(tmp_path, first.digest)
    assert [one.folder.name for one in found] == names
    second = found[1].edition
    assert second != first.edition == found[2].edition
    assert find_editions(tmp_path, first.digest, second)[0].folder.name == names[1]
    with pytest.raises(ReleaseError, match="no release"):
        find_editions(tmp_path, f"sha256:{'0' * 64}")
