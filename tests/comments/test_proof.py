import hashlib
from itertools import count

import pytest

from comments.proof import has_worked


def solution(token: str, bits: int) -> str:
    for number in count():
        digest = hashlib.sha256(f"{token}:{number}".encode()).digest()
        if int.from_bytes(digest) < 1 << (256 - bits):
            return str(number)
    raise AssertionError


def test_nothing_is_said_where_no_work_is_asked_for():
    assert has_worked("token", "") is None


def test_work_is_known_by_its_zero_bits(settings):
    settings.COMMENT_PROOF_OF_WORK = 10
    found = solution("token", 10)
    assert has_worked("token", found) is True
    assert has_worked("another token", found) is False


@pytest.mark.parametrize("answer", ["", "x", "-1", "٣", "1" * 21, "\ud800", "\x00", "1 "])
def test_odd_answers_are_no_work(settings, answer):
    settings.COMMENT_PROOF_OF_WORK = 1
    assert has_worked("token", answer) is False
