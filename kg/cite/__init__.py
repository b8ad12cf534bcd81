"""Citing a release, a statement in it, or the result of a query, so that others can check it."""
