"""Only what is an address of the web, and looks like it, is taken for one."""

import pytest

from kg.address import is_address, is_contact
from kg.errors import MappingError, WorkspaceError
from kg.mapping.read import read
from kg.workspace import open_workspace
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


@pytest.mark.parametrize("text", ["https://example.org/write", "desk@example.org", "a+b@c.d.org"])
def test_where_one_can_write_is_a_contact(text):
    assert is_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "ask at the desk",
        "desk@",
        "@example.org",
        "desk@example",
        "Desk <desk@example.org>",
        "desk@exam\u202eple.org",
        "desk@example.org?bcc=all@example.org/",
        "a@b@c.org",
        *WRONG,
    ],
)
def test_what_is_no_contact_is_refused_in_the_settings(text, tmp_path):
    assert not is_contact(text)
    (tmp_path / "whoholds.toml").write_text(f"contact = {repr_toml(text)}\n", "utf-8")
    with pytest.raises(WorkspaceError, match="contact is"):
        open_workspace(tmp_path)
