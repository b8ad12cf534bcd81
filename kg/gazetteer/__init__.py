"""Places as gazetteers list them: their names, where they are, and which one a name means.

No network: `load()` reads one file that ships with the package, or another that
`whoholds gazetteer build` made. A record is evidence for a link, never the link: people judge.
"""
