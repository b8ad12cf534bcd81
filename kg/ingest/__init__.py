"""Taking articles in: files, pages and feeds become private texts and drafts of mappings.

`sources` finds articles, `plain`, `pages`, `feeds` and `jsonlines` read them, `parts` tells the
story from what stands around it, `near` finds texts that repeat each other, `draft` writes how the
mapping begins. What cannot be known is left out. No text enters the repository: the store is
git-ignored.
"""
