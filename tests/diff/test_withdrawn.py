"""What was withdrawn, merged or split has gone, and the difference says how."""

import datetime as dt
import shutil

import pytest

from kg.diff.compare import compare
from kg.diff.show import show
from kg.release.read import open_release
from kg.withdraw.withdraw import Asked, withdraw

BASE = "https://example.org/valley/"
CLAIM = "claim/aven.bridge-taken"


@pytest.fixture(scope="module")
def found(aven_releases, tmp_path_factory):
    folder = tmp_path_factory.mktemp("withdrawn") / "releases"
    shutil.copytree(aven_releases, folder, symlinks=True)
    withdraw(folder, Asked(BASE + CLAIM, "its speaker asked", dt.date(2026, 11, 21)))
    return compare(open_release(aven_releases), open_release(folder))


def test_a_withdrawn_claim_went_and_did_not_change_into_nothing(found):
    claims = next(section for section in found.sections if section.title == "claims")
    assert claims.counts["went"] == 2, "with the bare denial of it"
    (gone,) = [entry for entry in claims.entries if entry.iri == BASE + CLAIM]
    assert gone.how == "went"
    (why,) = gone.details
    assert why.says == "it was withdrawn on 2026-11-21: its speaker asked"


def test_the_answers_that_changed_say_that_it_was_withdrawn(found):
    said = "claim:aven.bridge-taken was withdrawn on 2026-11-21: its speaker asked"
    assert any(said in change.why for change in found.answers.changes)


@pytest.mark.parametrize("form", ["text", "html", "atom"])
def test_no_form_tells_it_as_a_change(found, form):
    shown = show(found, form)
    assert "its speaker asked" in shown and "deprecated" not in shown
