"""A permalink: an address that holds a query, the release it was asked of, and the result's digest.

No database stands behind it. The code in the address is, as base64url without padding
(https://www.rfc-editor.org/rfc/rfc4648#section-5): a byte for the version, the two digests of 32
bytes, the 8 bytes of the release's edition, then deflated JSON: the query, and the graphs that its
request named. In version 1 no edition is named.
"""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from dataclasses import dataclass
from typing import Final

from kg.errors import CitationError
from kg.sparql.dataset import Dataset
from kg.sparql.refuse import LONGEST

UNNAMED: Final = 1
VERSION: Final = 2
"""Of codes: without the name of an edition, and with it."""
PATH: Final = "q"
LONGEST_CODE: Final = 6_000
"""Characters of a code: what every server on the way lets through as an address."""
_DIGEST: Final = 32
_FORMS: Final = {UNNAMED: f"B{_DIGEST}s{_DIGEST}s", VERSION: f"B{_DIGEST}s{_DIGEST}s8s"}
_CODE: Final = re.compile(f"[A-Za-z0-9_-]{{1,{LONGEST_CODE}}}")


@dataclass(frozen=True, slots=True)
class Permalink:
    """A query, the graphs that its request named, a release's digest, and its result's there."""

    query: str
    dataset: Dataset
    release: str
    result: str
    edition: str = ""
    """Which release of the digest it is, as kg.release.read tells them apart; "" for any."""

    @property
    def code(self) -> str:
        """The code. Raises CitationError where it is too long for an address."""
        said = [self.query, *map(list, (self.dataset.default, self.dataset.named))]
        packed = _deflate(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
        digests = _bytes(self.release) + _bytes(self.result) + _bytes(self.edition)
        version = VERSION if self.edition else UNNAMED
        content = bytes([version]) + digests + packed
        code = base64.urlsafe_b64encode(content).decode().rstrip("=")
        if len(code) > LONGEST_CODE:
            raise CitationError(
                f"the query is too long for an address: its code has {len(code):,} characters, "
                f"and {LONGEST_CODE:,} are the most. Shorten it; or cite the release by its "
                "digest, and keep the query in a file."
            )
        return code


def read_code(code: str) -> Permalink:
    """What a code holds. Raises CitationError where it holds nothing whole."""
    found = _CODE.fullmatch(code)
    try:
        content = base64.urlsafe_b64decode(f"{code}{'=' * (-len(code) % 4)}" if found else "")
        form = _FORMS[content[0]]
        _, release, result, *edition = struct.unpack_from(form, content)
        query, default, named = _read(_inflate(content[struct.calcsize(form) :]))
    except (ValueError, TypeError, LookupError, RecursionError, struct.error, zlib.error):
        raise CitationError(
            "this is no whole permalink: perhaps its end was cut off. Copy all of it."
        ) from None
    dataset, named_edition = Dataset(default, named), b"".join(edition).hex()
    return Permalink(query, dataset, _digest(release), _digest(result), named_edition)


def _read(content: bytes) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    query, *graphs = json.loads(content)
    default, named = (tuple(map(str, found)) for found in graphs)
    if not isinstance(query, str):
        raise TypeError(query)
    "".join((query, *default, *named)).encode()  # JSON can spell half a character: "\ud800"
    return query, default, named


def code_in(address: str) -> str:
    """The code of a permalink, whatever stands around it: https://example.org/q/AbC.csv → AbC"""
    return address.strip().rstrip("/").rpartition("/")[2].partition(".")[0]


def _deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _inflate(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    content = unpacker.decompress(packed, 4 * LONGEST)
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError(packed)
    return content


def _bytes(digest: str) -> bytes:
    return bytes.fromhex(digest.removeprefix("sha256:"))


def _digest(content: bytes) -> str:
    return f"sha256:{content.hex()}"
