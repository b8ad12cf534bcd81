"""A language model elsewhere that proposes claims: off unless the workspace names its server.

It is asked for words as they stand in the article, and each is looked up there: what does not stand
in the text is dropped and counted, so that nothing is proposed that the article does not print.
"""

from kg.suggest.proposer.propose import Proposer, proposer_of

__all__ = ["Proposer", "proposer_of"]
