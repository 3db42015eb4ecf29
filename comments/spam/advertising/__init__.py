"""Phrases of advertising and of swindles, as frames in which the thing that is sold may change."""

from comments.spam.advertising.goods import GOODS
from comments.spam.advertising.healers import HEALERS
from comments.spam.advertising.languages import OTHER_LANGUAGES
from comments.spam.advertising.messengers import MESSENGERS
from comments.spam.advertising.money import MONEY
from comments.spam.advertising.promotion import LINKED_SALE, PROMOTION, SALE
from comments.spam.advertising.services import SERVICES

__all__ = ["GOODS", "HEALERS", "LINKED_SALE", "MESSENGERS", "MONEY", "OTHER_LANGUAGES", "PROMOTION", "SALE", "SERVICES"]
