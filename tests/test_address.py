"""Only what is an address of the web, and looks like it, is taken for one."""

import pytest

from kg.address import is_address
from kg.errors import MappingError
from kg.mapping.read import read
from paths import FIXTURES

WRONG = (
    "javascript:alert(1)",
    "JavaScript:alert(1)//https://example.org/",
    "data:text/html,x",
    "//example.org/",
    "https://",
    "https:///x",
    'https://example.org/"><svg onload=alert(1)>',
    "https://example.org/a b",
    "https://example.org/%zz",
    "https://example.org/\u202egro.live",
    "https://example.org/\u2066x",
    "https://example.org/\nSet-Cookie:x",
    "https://[/",
)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_address_is_refused_where_it_stands(text):
    assert not is_address(text)
    source = (FIXTURES / "aven/articles/aven-courier/mapping.toml").read_text("utf-8")
    told = source.replace('"https://example.org/courier/bridge"', repr_toml(text))
    with pytest.raises(MappingError, match="expected an http address") as refused:
        read(told, "mapping.toml")
    assert [finding.line for finding in refused.value.findings] == [
        1 + source[: source.index("url ")].count("\n")
    ]


def repr_toml(text):
    """A TOML string of any characters."""
    return '"' + "".join(f"\\u{ord(one):04x}" for one in text) + '"'


@pytest.mark.parametrize("text", ["http://example.org", "https://مثال.example/جسر?a=b#c"])
def test_addresses_in_any_script_are_addresses(text):
    assert is_address(text)
