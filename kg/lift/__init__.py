"""Mappings, authority files and links to quads. Pure: the same values give the same quads."""
