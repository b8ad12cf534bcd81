"""Withdrawing a thing from every release that has it: each gets a masked successor."""
