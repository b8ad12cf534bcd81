"""Questions to any SPARQL endpoint that show whether its answers can be trusted.

What is asked, and what is expected, stands in cases/*.toml and w3c's manifest as far as single
requests can say it, else in honesty, strain and described. Nothing is sent to other people's
machines that could change, read or keep busy what is theirs.
"""
