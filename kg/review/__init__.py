"""Review: a person judges proposals, one by one, and what is accepted becomes the mapping.

A draft says what is proposed. A journal keeps every judgement, so that nothing is lost when a
browser or a process dies; the desk is the draft with its journal read into it. The page (`app`)
and the terminal show the same desk. Nothing here is part of the public server.
"""
