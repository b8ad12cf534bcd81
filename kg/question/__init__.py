"""The questions that the graph answers: one SPARQL file each, with a typed head.

The head of a file, in comments, says what is asked, which parameters it takes and what its columns
mean. Parameters are bound as RDF terms (https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0007/sep-0007.md),
never pasted into the text; an optional one that is not given stays open.
"""

from kg.question.ask import Answer, ask
from kg.question.read import Column, Parameter, Question, load_question, load_questions

__all__ = [
    "Answer",
    "Column",
    "Parameter",
    "Question",
    "ask",
    "load_question",
    "load_questions",
]
