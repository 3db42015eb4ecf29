"""Proof of work: where the settings ask for it, a browser shows that it has calculated for a moment."""

import hashlib

from django.conf import settings

LONGEST_ANSWER = 20


def has_worked(token: str, answer: str) -> bool | None:
    """Whether the answer makes so many leading zero bits with the form's token; nothing where no work is asked for."""
    bits = settings.COMMENT_PROOF_OF_WORK
    if not bits:
        return None
    if not (answer.isascii() and answer.isdecimal() and len(answer) <= LONGEST_ANSWER):
        return False
    digest = hashlib.sha256(f"{token}:{answer}".encode()).digest()
    return int.from_bytes(digest) >> (256 - bits) == 0
