"""Queries that somebody else wrote: what may be asked of a release, and in which formats.

The text is taken apart into tokens, what it must not do is refused, and only then does the engine
see it: text → tokens → prepared → result → bytes. What it would read otherwise than the standard is
said in its own words before (`standard`); most queries are answered without it (`columns`).
"""
