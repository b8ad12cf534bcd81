"""Two releases with the tables and maps made of them: the shipped one, the invented one."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.export import geo, tables
from kg.release.read import Release, open_release


@dataclass(frozen=True)
class Exported:
    """A release and a folder with its tables and maps."""

    release: Release
    folder: Path

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def exported(release: Release, folder: Path) -> Exported:
    (folder / "release.json").write_text(json.dumps(release.summary), "utf-8")
    tables.write(release.store, release.names, folder)
    geo.write(release.store, release.names, folder)
    return Exported(release, folder)


@pytest.fixture(scope="session", params=["invented", "shipped"])
def each_export(request) -> Exported:
    """The tables of both releases, one after the other."""
    return request.getfixturevalue(f"{request.param}_export")


@pytest.fixture(scope="session")
def invented_export(tmp_path_factory: pytest.TempPathFactory, aven_releases: Path) -> Exported:
    return exported(open_release(aven_releases), tmp_path_factory.mktemp("invented-tables"))


@pytest.fixture(scope="session")
def shipped_export(tmp_path_factory: pytest.TempPathFactory, shipped_releases: Path) -> Exported:
    return exported(open_release(shipped_releases), tmp_path_factory.mktemp("shipped-tables"))
