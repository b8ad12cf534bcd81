"""The floor under dates, where the gold sets are beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.evaluate.tasks.dates import measure
from tests.paths import ROOT

GOLD = Path(os.environ.get("WHOHOLDS_SHARED", ROOT.parent / "shared")) / "gold"


def test_dates_are_as_good_as_measured():
    if not (GOLD / "timeml").is_dir():
        pytest.skip("the gold sets are not beside the repository")
    dates, printed, durations = (one.total for one in measure(GOLD))
    assert dates.precision >= 0.845 and dates.recall >= 0.865
    assert printed.precision >= 0.82 and printed.recall >= 0.84
    assert durations.precision >= 0.62 and durations.recall >= 0.76
