"""A file is replaced whole or not at all."""

import os

import pytest

from kg.errors import InputError
from kg.files import Lines, write_whole


def test_a_file_is_made_with_its_folders(tmp_path):
    write_whole(tmp_path / "a" / "b.txt", b"new")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"new"


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_lines_to_which_none_was_added_is_gone_when_it_is_closed(tmp_path):
    path = tmp_path / "lines"
    lines = Lines(path, "busy")
    assert lines.read() == []
    lines.close()
    assert list(tmp_path.iterdir()) == []
    lines.close()
    lines = Lines(path, "busy")
    lines.add(b"one")
    lines.close()
    assert path.read_bytes() == b"one\n"


def test_who_removes_an_empty_file_does_not_take_it_from_who_has_just_opened_it(tmp_path):
    path = tmp_path / "lines"
    first = Lines(path, "busy")
    with pytest.raises(InputError, match="busy"):
        Lines(path, "busy")
    first.close()
    second = Lines(path, "busy")
    first.close()
    second.add(b"one")
    assert path.read_bytes() == b"one\n"
    second.close()
