"""Writing files so that a killed process or a full disk never leaves half of one visible."""

from __future__ import annotations

import fcntl
import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError


def write_whole(path: Path, content: bytes) -> None:
    """Replaces a file by its new content in one step: readers see the old one or the new one."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_output(path: Path, content: bytes) -> None:
    """Writes a whole file where somebody wants one. Raises InputError where that cannot be."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}).") from None


class Lines:
    """A file that is only ever added to, a line at a time, open in one process at a time."""

    def __init__(self, path: Path, busy: str) -> None:
        """`busy` is what to say where another process has it open. Raises InputError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = _open_alone(path, busy)

    def read(self) -> list[bytes]:
        """The lines. A last one that a dying machine left unfinished was never acknowledged."""
        self._file.seek(0)
        content = self._file.readall()  # type: ignore[attr-defined]
        whole: bytes = content[: content.rfind(b"\n") + 1]
        if whole != content:
            self._file.truncate(len(whole))
        return whole.splitlines()

    def add(self, *lines: bytes) -> None:
        """Adds lines, which are on the disk then. Raises InputError where the disk has no room."""
        end = self._file.seek(0, os.SEEK_END)
        content = b"".join(line + b"\n" for line in lines)
        try:
            written = self._file.write(content)
            os.fsync(self._file.fileno())
        except OSError as error:
            self._file.truncate(end)
            raise InputError(f"{self.path}: cannot be written ({error.strerror}).") from None
        if written != len(content):
            self._file.truncate(end)
            raise InputError(f"{self.path}: cannot be written (the disk is full).")

    def close(self) -> None:
        """Lets others open it; where nothing was ever added there is no file."""
        if self._file.closed:
            return
        if self._file.seek(0, os.SEEK_END) == 0:
            self.path.unlink(missing_ok=True)
        self._file.close()


def _open_alone(path: Path, busy: str) -> BinaryIO:
    """The file, locked; opened anew where whoever had it has just removed it."""
    while True:
        file = path.open("a+b", buffering=0)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise InputError(f"{path}: {busy}") from None
        if os.fstat(file.fileno()).st_nlink:
            return file
        file.close()
