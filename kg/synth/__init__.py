"""Generated corpora of any size, as dense, nested and contradictory as real ones: for measuring.

Everything in them is invented. The same seed writes the same bytes.
"""

from kg.synth.corpus import write_corpus

__all__ = ["write_corpus"]
