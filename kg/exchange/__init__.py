"""Mappings as other tools keep annotations: W3C Web Annotation and brat stand-off, out and in.

What goes out and comes back unchanged is the same mapping; what moved unsaid is refused.
"""
