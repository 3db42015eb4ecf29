"""Finds the names of entities in text and decides which of them link.

Pure functions of (text, vocabulary): nothing here knows of pages, databases or Django. Read in this order: `terms`
(what goes in and comes out), `spelling` (one form for each word), `reading` (a text as words), `vocabulary` (the trie),
`finding` (names in a text, longest first), `compounds`, `definitions` and `deciding` (the rules of ambiguity).
"""

from crosslinks.matching.matching import match
from crosslinks.matching.reading import Reading, index_words, read
from crosslinks.matching.terms import Linking, Span, Term
from crosslinks.matching.vocabulary import Vocabulary, blocked_term, phrases

__all__ = [
    "Linking",
    "Reading",
    "Span",
    "Term",
    "Vocabulary",
    "blocked_term",
    "index_words",
    "match",
    "phrases",
    "read",
]
