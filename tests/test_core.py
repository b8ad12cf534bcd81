"""The core is pure: values in, values out; no files, network, clock, randomness, printing or log.

Imports are lint-imports' business (pyproject.toml); here it is what built-ins and methods could do.
"""

import ast

import pytest

from paths import ROOT

CORE = [ROOT / "kg" / name for name in ("text.py", "names.py", "errors.py")]
CORE += [p for folder in ("mapping", "lift") for p in (ROOT / "kg" / folder).glob("*.py")]
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "breakpoint"}
IMPURE_METHODS = {"now", "today", "utcnow", "read_text", "read_bytes", "write_text", "write_bytes"}
IMPURE_METHODS |= {"unlink", "mkdir", "getenv", "urandom", "glob", "iterdir"}


def _is_impure(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in IMPURE_CALLS
    return isinstance(called, ast.Attribute) and called.attr in IMPURE_METHODS


@pytest.mark.parametrize("path", CORE, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_in_the_core_touches_the_world(path):
    found = [
        f"line {node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _is_impure(node.func)
    ]
    assert found == []


@pytest.mark.parametrize("path", CORE, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_function_of_the_core_changes_a_global(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert not [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Global | ast.Nonlocal)]
