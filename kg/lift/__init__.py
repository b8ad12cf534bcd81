"""Mappings, authority files and links to quads. Pure: values in, quads out; the same values, the same quads."""
