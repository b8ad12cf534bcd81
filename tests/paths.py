"""Where things stand."""

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
FIXTURES = TESTS / "fixtures"
GOLDEN = TESTS / "golden"
MEASURED = [name for name in ("invented", "heldout") if (FIXTURES / name).is_dir()]
"""Workspaces that measure proposals: texts that rules were written for, and others."""
