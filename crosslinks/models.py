"""The tables of this room. Each lives in the module named after it."""

from crosslinks.byhand import HandLink
from crosslinks.mentions import Mention
from crosslinks.names import Block, Name
from crosslinks.vocabulary import VocabularyState

__all__ = ["Block", "HandLink", "Mention", "Name", "VocabularyState"]
