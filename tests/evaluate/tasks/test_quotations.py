"""Quotations and attributions against PolNeAR: the reader, what counts, and the floors."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from kg.evaluate.counts import Measured
from kg.evaluate.tasks.polnear import Attributed, read_polnear, read_standoff
from kg.evaluate.tasks.quotations import ARCHIVE, is_speaker_right, match, measure_with
from kg.suggest.found import By, Utterance
from tests.paths import ROOT

GOLD = Path(os.environ.get("WHOHOLDS_SHARED") or ROOT.parent / "shared") / "gold"
TEXT = "“We hold the old ford,” said Ines Varro. The mill burned, the monitor reported.\n"
STANDOFF = """\
T1\tContent 0 23\t“We hold the old ford,”
T2\tCue 24 28\tsaid
T3\tSource 29 39\tInes Varro
T4\tAttribution 24 28\tsaid
E1\tAttribution:T4 Content:T1 Cue:T2 Source:T3
T5\tContent 41 49;50 56\tThe mill burned
T6\tCue 70 78\treported
T7\tAttribution-no-source 70 78\treported
E2\tAttribution-no-source:T7 Content:T5 Cue:T6
T8\tDiscuss 0 4\t“We
E3\tDiscuss:T8
"""
FLOORS = {
    False: {"quotation": 0.95, "quotation-speaker": 0.9, "attribution": 0.38},
    True: {"quotation": 0.95, "quotation-speaker": 0.9, "attribution": 0.665},
}
"""The lowest F, without the model and with it."""


def archive(folder: Path) -> Path:
    """An archive of one article of ours that two people annotated."""
    files = {
        "text/ford.txt": TEXT,
        "attributions/ford_a1.ann": STANDOFF,
        "attributions/ford_b2.ann": "",
    }
    path = folder / ARCHIVE
    path.parent.mkdir(parents=True)
    with tarfile.open(path, "w:xz") as packed:
        for name, content in files.items():
            encoded = content.encode()
            member = tarfile.TarInfo(f"./{name}")
            member.size = len(encoded)
            packed.addfile(member, io.BytesIO(encoded))
    return path


def utterance(content: tuple[int, int], speaker: tuple[int, int] | None = None) -> Utterance:
    return Utterance("direct", (content,), By("utterances.direct.test", "ours"), speaker=speaker)


def test_stand_off_gives_content_source_and_cue_in_their_pieces():
    assert read_standoff(STANDOFF) == [
        Attributed(((0, 23),), ((29, 39),), ((24, 28),)),
        Attributed(((41, 49), (50, 56)), (), ((70, 78),)),
    ]


def test_the_first_of_several_annotators_counts(tmp_path):
    (article,) = read_polnear(archive(tmp_path))
    assert (article.name, article.text, len(article.attributions)) == ("ford", TEXT, 2)


def test_contents_are_the_same_when_they_share_half_and_only_once():
    wanted = [Attributed(((0, 23),), (), ())]
    near, nearer, far = utterance((1, 16)), utterance((1, 22)), utterance((1, 7))
    assert match(TEXT, [near, nearer, far], wanted) == [(nearer, wanted[0])]
    assert match(TEXT, [far], wanted) == []


def test_a_speaker_is_right_by_place_or_by_its_last_word():
    text = "Ines Varro came. “Yes,” said Colonel Varro. He left. “No,” he said."
    varro = (text.index("Colonel"), text.index(". He"))
    wanted = Attributed(((17, 23),), (varro,), ())
    assert is_speaker_right(text, utterance((17, 23), varro), wanted)
    assert is_speaker_right(text, utterance((17, 23), (0, 10)), wanted)
    he = (text.index("He left"), text.index("He left") + 2)
    assert not is_speaker_right(text, utterance((17, 23), he), wanted)
    assert not is_speaker_right(text, utterance((17, 23)), wanted)


def test_measures_of_an_archive_of_ours(tmp_path):
    archive(tmp_path)
    measured = {m.name: m for m in measure_with(None, tmp_path)}
    assert list(measured) == ["quotation", "quotation-speaker", "quotation-strict", "attribution"]
    assert measured["quotation"].total.f == measured["quotation-speaker"].total.f == 1.0
    assert measured["attribution"].total.recall == 0.5
    assert measured["attribution"].rules["utterances.direct.cue-after"].right == 1


@pytest.mark.skipif(not (GOLD / ARCHIVE).exists(), reason="../shared/gold/polnear is absent")
@pytest.mark.parametrize("parsed", [False, True])
def test_floors_on_polnear(parsed):
    if parsed:
        pytest.importorskip("spacy")
        from kg.suggest.model import load_model

        measured = measure_with(load_model(), GOLD)
    else:
        measured = measure_with(None, GOLD)
    for name, floor in FLOORS[parsed].items():
        assert f_of(measured, name) >= floor, name


def f_of(measured: list[Measured], name: str) -> float:
    return next(m.total.f for m in measured if m.name == name)
