"""Addresses that people write into files: the web's, which may be shown as links. Pure."""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import NamedNode

_WEB: Final = re.compile(r"https?://[^/?#]")
_HIDDEN: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
"""What no eye sees, or what turns the direction of what follows."""


_MAIL: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+")
"""An e-mail address as people give theirs: no quoted part, no comment, no display name."""

_ENDPOINT: Final = re.compile(
    r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>[1-9][0-9]{0,4}))?([/?][!-\"$-~]*)?"
)
"""An address in ASCII, without a user's name and a fragment."""


def is_address(text: str) -> bool:
    """Whether it is an http IRI (https://www.rfc-editor.org/rfc/rfc3987), and shows itself whole.

    >>> is_address("https://example.org/courier/bridge"), is_address("javascript:alert(1)")
    (True, False)
    """
    try:
        NamedNode(text)
    except ValueError:
        return False
    return bool(_WEB.match(text)) and not _HIDDEN.search(text)


def is_service(text: object) -> bool:
    """Whether it is the address of an endpoint that can be asked, as it stands.

    >>> is_service("http://127.0.0.1:7878/query"), is_service("https://me@example.org/sparql")
    (True, False)
    """
    found = _ENDPOINT.fullmatch(text) if isinstance(text, str) else None
    return found is not None and is_address(found[0]) and int(found["port"] or 1) < 2**16


def is_contact(text: str) -> bool:
    """Whether one can write there: an http IRI or an e-mail address, and nothing hidden in it.

    >>> is_contact("desk@example.org"), is_contact("ask at the desk")
    (True, False)
    """
    return is_address(text) or bool(_MAIL.fullmatch(text) and not _HIDDEN.search(text))
