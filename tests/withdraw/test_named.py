"""A withdrawal rewrites nobody's words; who carries it out is told where a name still stands."""

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from kg.cli import main
from kg.release.read import open_release
from kg.withdraw.named import names_of, still_named
from kg.withdraw.withdraw import Asked, withdraw

BASE = "https://example.org/valley/"
BRIDGE = f"{BASE}place/aven-bridge"


@pytest.fixture
def releases(aven_releases, tmp_path):
    return Path(shutil.copytree(aven_releases, tmp_path / "releases", symlinks=True))


def test_a_thing_is_called_by_its_labels_in_all_languages(releases):
    assert names_of(releases, BRIDGE) == {"Aven bridge", "جسر آفن", "the bridge"}
    assert names_of(releases, f"{BASE}claim/aven.bridge-taken") == frozenset()


def test_titles_and_quotations_that_hold_a_name_are_told_and_stay(releases):
    names = names_of(releases, BRIDGE)
    done = withdraw(releases, Asked(BRIDGE, "its owner asked", dt.date(2026, 11, 21)))
    found = still_named(releases, done, names)
    assert f"{BASE}article/aven" in found and found == sorted(found)
    assert BRIDGE not in found, "its own address answers with the reason only"
    text = (open_release(releases).folder / "asserted.nq").read_text("utf-8")
    assert '"Troops take Aven bridge"' in text


def test_a_name_within_a_word_is_none(releases):
    done = withdraw(releases, Asked(BRIDGE, "its owner asked", dt.date(2026, 11, 21)))
    assert still_named(releases, done, {"ridg"}) == []
    assert still_named(releases, done, ()) == []


def test_the_command_tells_it(releases, aven, capsys):
    words = ["--because", "its owner asked", "--quiet", "--releases", str(releases)]
    assert main(["withdraw", BRIDGE, *words, "-w", str(aven.root)]) == 0
    said = capsys.readouterr().err
    assert re.search(rf"withdraw these too:\n(  .*\n)*  {BASE}article/aven\n", said)
