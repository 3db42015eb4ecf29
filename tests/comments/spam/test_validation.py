from comments.spam.bayes import GENUINE, SPAM
from comments.spam.validation import cross_validated


def test_what_is_alike_is_recognised_without_having_been_learnt():
    texts = {SPAM: ["order cheap pills online today"] * 20, GENUINE: ["my infusion took five hours"] * 20}

    shares = cross_validated(texts, least=0.5)

    assert (shares.held, shares.wrong) == (1, 0)


def test_what_stands_alone_is_not_recognised():
    texts = {SPAM: ["order cheap pills online today"], GENUINE: ["my infusion took five hours"] * 20}

    assert cross_validated(texts, least=0.5).held == 0


def test_nothing_to_judge_is_no_share():
    shares = cross_validated({SPAM: [], GENUINE: []}, least=0.5)

    assert (shares.held, shares.wrong) == (0, 0)
