"""Where things stand."""

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
FIXTURES = TESTS / "fixtures"
GOLDEN = TESTS / "golden"
MEASURED = ("invented", "heldout")
"""Workspaces that measure proposals: texts that rules were written for, and others."""
