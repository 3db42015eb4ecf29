from hypothesis import given
from hypothesis import strategies as st

from comments.spam import bayes
from comments.spam.bayes import GENUINE, SPAM, Filter, train
from comments.verdicts import Candidate

TEXTS = {
    SPAM: ["cheap pills online, order today", "order cheap pills now", "cheap loans online, apply today"] * 3,
    GENUINE: ["my infusion took five hours", "the nurse was kind today", "my second infusion was easier"] * 3,
}


def score(trained, text, name="Anna"):
    return trained.score(Candidate(name=name, text=text))


def test_what_was_learnt_is_recognised():
    trained = train(TEXTS)

    assert score(trained, "order cheap pills online")[0] > score(trained, "order a pump")[0]
    assert score(trained, "order cheap pills online, cheap loans, apply today")[0] > 0.5
    assert score(trained, "my infusion was easier")[0] < 0.01


def test_the_words_that_speak_for_advertising_are_named():
    words = score(train(TEXTS), "the nurse has cheap pills")[1]

    assert "cheap" in words
    assert "nurse" not in words


def test_unknown_words_say_nothing():
    assert score(train(TEXTS), "Zwölf Boxkämpfer") == (0.0, ())


def test_names_are_no_evidence():
    trained = train(TEXTS)

    assert score(trained, "hello there", name="cheap pills") == score(trained, "hello there")


def test_answers_about_a_therapy_are_read_too():
    answered = Candidate(name="Anna", text="hello", experience=("", "cheap pills online"))

    assert "cheap" in train(TEXTS).score(answered)[1]


def test_a_word_seen_once_is_chance():
    assert "unique" not in train({SPAM: ["unique cheap", "cheap"], GENUINE: ["kind", "kind"]}).words


def test_the_most_telling_words_are_kept(monkeypatch):
    monkeypatch.setattr(bayes, "MOST_WORDS", 2)

    assert len(train(TEXTS).words) == 2


def test_top_words_stand_on_both_sides():
    for_spam, against = train(TEXTS).top_words(5)

    assert "cheap" in for_spam
    assert "infusion" in against


def test_a_filter_survives_being_stored():
    trained = train(TEXTS)

    assert Filter.from_json(trained.to_json()) == trained


def test_nothing_to_learn_from_makes_a_filter_that_passes_all():
    assert score(train({}), "cheap pills") == (0.0, ())


@given(st.text(max_size=300))
def test_any_text_has_a_probability(text):
    probability, _ = score(train_once(), text)

    assert 0 <= probability <= 1


def train_once(trained=train(TEXTS)):  # noqa: B008 (made once on purpose)
    return trained
