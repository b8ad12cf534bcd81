"""From an article to proposals: what its words seem to say, for a person to judge.

`reading` is what every rule reads and `found` what it gives. Each folder is one kind of finding and
has a function of the same form: names/, utterances/, times/, figures/, control/. `suggest` asks
them in turn; `draft` writes what they found as a mapping. No rule decides: a person does.
"""
