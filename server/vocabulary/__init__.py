"""The vocabulary and the shapes as documentation: terms, codebook, constraints."""
