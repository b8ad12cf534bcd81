"""Who asks, where a proxy stands between: what it forwards is believed if it is one we trust.

Anybody can send X-Forwarded-For. What our own proxy has added stands at its end; what stands before
that is what the client claims. https://www.rfc-editor.org/rfc/rfc7239#section-8.1
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, Final

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
LONGEST: Final = 80
"""Signs of an address at most, with brackets, a zone and a port."""
_SCHEMES: Final = ("http", "https")


class Forwarded:
    """An application behind proxies: it sees the address and scheme of who asked the first."""

    def __init__(self, application: Application, trusted: Sequence[str]) -> None:
        self._application = application
        self._trusted = [ip_network(network, strict=False) for network in trusted]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """What the application answers."""
        if self._trusted and self._trusts(_address(environ.get("REMOTE_ADDR", ""))):
            environ["REMOTE_ADDR"] = self._client(environ)
            scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").strip().lower()
            if scheme in _SCHEMES:
                environ["wsgi.url_scheme"] = scheme
        return self._application(environ, start_response)

    def _client(self, environ: dict[str, Any]) -> str:
        """The last hop that is no proxy of ours; the proxy itself where it names none."""
        client = str(environ["REMOTE_ADDR"])
        for hop in reversed(environ.get("HTTP_X_FORWARDED_FOR", "").split(",")):
            address = _address(hop)
            if address is None:
                return client
            client = str(address)
            if not self._trusts(address):
                return client
        return client

    def _trusts(self, address: IPv4Address | IPv6Address | None) -> bool:
        return address is not None and any(address in network for network in self._trusted)


def _address(hop: str) -> IPv4Address | IPv6Address | None:
    """The address of a hop, which may have a port; None for what is none."""
    text = hop.strip()
    return _read(text) if len(text) <= LONGEST else None


@lru_cache(maxsize=1_024)
def _read(text: str) -> IPv4Address | IPv6Address | None:
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
