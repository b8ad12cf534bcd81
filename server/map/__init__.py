"""The map of a day: who held which place on one day, by one account, as SVG and as data.

- simplify, frame, day, marks, picture: pure, values in, values out
- holdings, places, base, atlas: read the release and the shipped lines, once
- page, forms: what is sent
- prepare: makes the shipped lines from public data (python -m server.map.prepare SHARED OUT)
"""

from server.map.page import blueprint, svg_of

__all__ = ["blueprint", "svg_of"]
