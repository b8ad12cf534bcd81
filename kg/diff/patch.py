"""The difference as an RDF Patch, and a patch applied (https://afs.github.io/rdf-delta/rdf-patch)."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from pyoxigraph import RdfFormat, parse

from kg.diff.lines import changes
from kg.errors import InputError, ReleaseError
from kg.release.read import Release
from kg.runs import Runs
from kg.store import quad_line

DATA: Final = "data.nq"
CHUNK: Final = 50_000
"""How many statements of a patch are sorted in memory at once."""
_HEADER: Final = re.compile(rb"H ([A-Za-z]+) (\S.*?) *\.")
_DIGEST: Final = re.compile(rb"sha256[-:]([0-9a-f]{64})")
_PLACE: Final = re.compile(r"^Parser error at line 1[^:]*: | \(line 1\)$")
"""What a parser of one line says of where it stands, which is not where it stands in the file."""
_CODES: Final = "H, TX, TC, A or D"


def write_patch(old: Release, new: Release, out: BinaryIO) -> None:
    """Writes the patch that makes the new release's data of the old one's.

    H id <…/release/sha256-…new> .
    TX .
    D <…/place/holm> <…#prefLabel> "Holm"@en <…/graph/authorities> .
    TC .
    """
    out.write(f"H id <{release_iri(new)}> .\nH prev <{release_iri(old)}> .\nTX .\n".encode())
    with (old.folder / DATA).open("rb") as before, (new.folder / DATA).open("rb") as after:
        out.writelines(
            (b"A " if change.added else b"D ") + change.line for change in changes(before, after)
        )
    out.write(b"TC .\n")


def release_iri(release: Release) -> str:
    """The IRI of a release: https://w3id.org/whoholds/release/sha256-…"""
    return f"{release.names.base}release/{release.digest.replace(':', '-')}"


@dataclass(slots=True)
class Patch:
    """A patch as it is read: its headers, and its statements, sorted on disk."""

    path: Path
    reverse: bool
    runs: Runs
    headers: dict[bytes, bytes] = field(default_factory=dict)
    _open: bool = False
    _ended: bool = False

    def read(self) -> None:
        """Reads the file. Raises InputError with the line for what is no RDF Patch."""
        with self.path.open("rb") as lines:
            found = self._operations(lines)
            while chunk := list(islice(found, CHUNK)):
                self.runs.add(chunk)
        if self._open or not self._ended:
            wanted = "TC ." if self._open else "a transaction, from TX . to TC ."
            raise InputError(f"{self.path}: the patch ends without {wanted}; it may be cut short.")

    def digest(self, header: bytes) -> str | None:
        """The SHA-256 of the release that a header names: b"id" after, b"prev" before."""
        found = _DIGEST.search(self.headers.get(header, b""))
        return found[1].decode() if found else None

    def before(self) -> str | None:
        """The digest of what the patch is applied to."""
        return self.digest(b"id" if self.reverse else b"prev")

    def after(self) -> str | None:
        """The digest of what it makes."""
        return self.digest(b"prev" if self.reverse else b"id")

    def _operations(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Each statement, then a tab, the number of its line, and A or D."""
        for number, raw in enumerate(lines, 1):
            line = raw.strip()
            if not line or line.startswith(b"#"):
                continue
            code = line.split(maxsplit=1)[0]
            if code in (b"A", b"D"):
                yield self._statement(code, line[1:], number)
            elif code == b"H":
                self._header(line, number)
            elif code in (b"TX", b"TC"):
                self._transaction(code, line, number)
            else:
                shown = code[:20].decode("utf-8", "replace")
                raise self.wrong(number, f"'{shown}' is not read here; expected {_CODES}")

    def _statement(self, code: bytes, text: bytes, number: int) -> bytes:
        if not self._open:
            raise self.wrong(number, "a statement outside a transaction; expected TX . before it")
        try:
            quads = list(parse(text, format=RdfFormat.N_QUADS))
        except (SyntaxError, ValueError) as error:
            reason = _PLACE.sub("", str(error))
            raise self.wrong(number, f"no statement of N-Quads ({reason})") from None
        if not quads:
            raise self.wrong(number, f"no statement after {code.decode()}")
        added = (code == b"A") != self.reverse
        return b"%s\t%012d%s\n" % (
            quad_line(quads[0]).encode()[:-1],
            number,
            b"A" if added else b"D",
        )

    def _header(self, line: bytes, number: int) -> None:
        match = _HEADER.fullmatch(line)
        if not match or self._open or self._ended:
            raise self.wrong(number, "no header; expected H name <iri> . before the first TX .")
        self.headers[match[1]] = match[2]

    def _transaction(self, code: bytes, line: bytes, number: int) -> None:
        wanted = b"TC" if self._open else b"TX"
        if code != wanted or line.replace(b" ", b"") != code + b".":
            found, expected = line[:40].decode("utf-8", "replace"), wanted.decode()
            raise self.wrong(number, f"'{found}'; expected {expected} . here")
        self._open, self._ended = code == b"TX", code == b"TC"

    def wrong(self, number: int, what: str) -> InputError:
        """The error to raise for a line of the patch."""
        return InputError(f"{self.path}:{number}: {what}. Make the patch again, or correct it.")


def apply_patch(release: Release, path: Path, out: BinaryIO, *, reverse: bool = False) -> str:
    """Writes what a patch makes of a release's data; its SHA-256.

    Raises InputError for a patch that is broken or for another release, ReleaseError where what
    it makes is not the release that it names.
    """
    with tempfile.TemporaryDirectory(prefix="whoholds-patch-") as aside:
        patch = Patch(path, reverse, Runs(Path(aside)))
        try:
            patch.read()
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror or error}).") from None
        _for_this(patch, release)
        sha = hashlib.sha256()
        with (release.folder / DATA).open("rb") as data:
            for line in _applied(data, patch):
                out.write(line)
                sha.update(line)
    return _verified(patch, sha.hexdigest())


def _for_this(patch: Patch, release: Release) -> None:
    wanted, found = patch.before(), release.digest.removeprefix("sha256:")
    if wanted and wanted != found:
        hint = "drop --reverse" if patch.reverse else "apply it there, or add --reverse"
        other = "" if patch.after() != found else f"; this one is what it makes: {hint}"
        raise InputError(
            f"{patch.path}: the patch is for release {wanted[:16]}, "
            f"and this is {found[:16]}{other}."
        )


def _applied(data: Iterable[bytes], patch: Patch) -> Iterator[bytes]:
    lines = iter(data)
    line, last = next(lines, None), b""
    for operation in patch.runs.merged():
        quad, _, note = operation.rpartition(b"\t")
        quad, number, added = quad + b"\n", int(note[:-2]), note[-2:-1] == b"A"
        if quad == last:
            raise patch.wrong(number, "a statement that the patch has already")
        last = quad
        while line is not None and line < quad:
            yield line
            line = next(lines, None)
        if added == (line == quad):
            what = "adds what the release has" if added else "deletes what the release has not"
            raise patch.wrong(number, what)
        if added:
            yield quad
        else:
            line = next(lines, None)
    if line is not None:
        yield line
    yield from lines


def _verified(patch: Patch, digest: str) -> str:
    wanted = patch.after()
    if wanted and wanted != digest:
        raise ReleaseError(
            f"{patch.path}: what the patch makes is sha256:{digest[:16]}…, and it should be "
            f"sha256:{wanted[:16]}…. The patch or the release's data is not as it was published."
        )
    return digest
