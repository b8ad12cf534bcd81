"""The journal keeps everything that a reviewer did, whatever dies."""

import json
import os
import signal
import subprocess
import sys

import pytest

from kg.errors import InputError
from kg.review.journal import Journal, Record


def record(path: str, judgement: str | None = "positive") -> Record:
    return Record("judge", "reviewer-1", "2026-04-10T08:00:00Z", path, judgement)


def reopened(journal: Journal) -> Journal:
    journal.close()
    return Journal(journal.path)


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "judgements.jsonl")
    yield journal
    journal.close()


def test_what_was_kept_is_read_again(journal):
    journal.append(record("claim/a"))
    journal.append(record("claim/b", "negative"))
    again = reopened(journal)
    assert again.records == journal.records
    assert [r.judgement for r in again.standing()] == ["positive", "negative"]
    again.close()


def test_an_undone_record_stays_in_the_file_and_stands_no_more(journal):
    journal.append(record("claim/a"))
    journal.append(record("claim/b"))
    journal.append(Record("undo", "reviewer-1", "2026-04-10T08:01:00Z", undoes=1))
    assert [r.path for r in journal.standing()] == ["claim/a"]
    assert journal.latest() == (0, journal.records[:1])
    assert len(journal.path.read_bytes().splitlines()) == 3


def test_a_torn_last_line_is_left_out_and_the_next_one_is_whole(journal):
    journal.append(record("claim/a"))
    with journal.path.open("ab") as file:
        file.write(b'{"do": "judge", "who": "revie')
    again = reopened(journal)
    again.append(record("claim/b"))
    assert [r.path for r in again.records] == ["claim/a", "claim/b"]
    lines = journal.path.read_text("utf-8").splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["claim/a", "claim/b"]
    again.close()


def test_a_broken_line_within_is_reported_by_number(journal):
    journal.append(record("claim/a"))
    content = journal.path.read_bytes()
    journal.path.write_bytes(content + b"what?\n" + content)
    journal.close()
    with pytest.raises(InputError, match=r"judgements\.jsonl:2: is no record"):
        Journal(journal.path)


def test_one_review_at_a_time(journal):
    with pytest.raises(InputError, match="another review of this article is open"):
        Journal(journal.path)


DYING = """
import os, pathlib, signal, sys
from kg.review.journal import Journal, Record
journal = Journal(pathlib.Path(sys.argv[1]))
for n in range(3):
    journal.append(Record("judge", "reviewer-1", "2026-04-10T08:00:00Z", f"claim/{n}", "positive"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_acknowledged_outlives_kill_9(tmp_path):
    path = tmp_path / "judgements.jsonl"
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", DYING, str(path)], env=env, check=False)
    assert done.returncode == -signal.SIGKILL
    journal = Journal(path)
    assert [r.path for r in journal.standing()] == ["claim/0", "claim/1", "claim/2"]
    journal.close()
