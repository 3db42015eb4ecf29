import pytest

from comments import rules
from comments.text import name_key
from comments.verdicts import Candidate, Circumstances, Flag, Outcome

pytestmark = pytest.mark.django_db

PLAIN = "My infusions take about five hours, and I bring a book."
CRISIS = "I want to die and I do not know who to tell."


def judged(text=PLAIN, name="Anna", **came):
    return rules.judge(Candidate(name=name, text=text, circumstances=Circumstances(**({"form_age": 60} | came))))


def names_of(judgement):
    return [each["rule"] for each in judgement.findings]


def test_what_readers_write_passes():
    assert judged() == rules.Judgement(Outcome.PASS, [], (), rules.NORMAL)


@pytest.mark.parametrize(
    ("came", "rule", "outcome"),
    [
        ({"honeypot": "x"}, "honeypot", Outcome.REJECT),
        ({"form_age": 2.9}, "sent_too_fast", Outcome.HOLD),
        ({"has_worked": False}, "no_proof_of_work", Outcome.HOLD),
        ({"blocked": ("Sends adverts.", False)}, "blocked_sender", Outcome.HOLD),
        ({"blocked": ("Sends adverts.", True)}, "blocked_sender", Outcome.REJECT),
        ({"on_page": 30}, "rush", Outcome.HOLD),
        ({"on_site": 120}, "rush", Outcome.HOLD),
        ({"duplicates": 1}, "duplicates", Outcome.HOLD),
        ({"duplicates": 2}, "duplicates", Outcome.HOLD),
        ({"duplicates": 3}, "duplicates", Outcome.REJECT),
    ],
)
def test_how_it_came_is_judged(came, rule, outcome):
    judgement = judged(**came)

    assert (names_of(judgement), judgement.outcome) == ([rule], outcome)


@pytest.mark.parametrize(
    "came",
    [
        {"form_age": 3},
        {"form_age": None},
        {"has_worked": True},
        {"has_worked": None},
        {"on_page": 29, "on_site": 119},
        {"blocked": None},
        {"duplicates": 0},
    ],
)
def test_what_came_as_usual_passes(came):
    assert judged(**came).outcome == Outcome.PASS


def test_a_stored_comment_has_no_circumstances_to_judge():
    assert rules.judge(Candidate(name="Anna", text=PLAIN)).outcome == Outcome.PASS


@pytest.mark.parametrize(
    ("phrase", "text", "is_found"),
    [
        ("miracle root", "This Miracle, root works", True),
        ("miracle root", "This miracle rooted in faith", False),
        ("miracle root*", "This miracle rooted in faith", True),
        ("root", "uproot it", False),
        ("ro\u200bot", "the root", False),
        ("root", "the ro\u200bot", True),
        ("c++", "I like c or d", True),
        ("(.*)", "I like it", False),
        ("☎☎", "call ☎☎ me", True),
    ],
)
def test_blocked_phrases_are_whole_words(phrase, text, is_found):
    found = judged(text, blocked_phrases=((phrase, "Staff said so.", False),))

    assert ("blocked_phrases" in names_of(found)) is is_found


def test_the_strictest_blocked_phrase_decides_and_gives_its_reason():
    phrases = (("kettle", "Asks for a look.", False), ("teapot", "Is refused.", True))
    judgement = judged("The kettle and the TEAPOT.", blocked_phrases=phrases)

    assert judgement.outcome == Outcome.REJECT
    assert judgement.findings[0] == {
        "rule": "blocked_phrases",
        "outcome": "reject",
        "reason": "Is refused.",
        "words": ["kettle", "TEAPOT"],
        "flag": "",
    }


def test_blocked_phrases_are_looked_for_in_the_name():
    assert judged(name="Teapot Tom", blocked_phrases=(("teapot", "No.", False),)).outcome == Outcome.HOLD


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("My doctor said see https://bit.ly/x", "strange_links"),
        ("My nurse told me of https://a.org https://b.org and https://c.org", "strange_links"),
        ("My nurse told me of https://a.org and a discount there", "strange_links"),
        ("I felt <b>better</b>", "markup_in_text"),
        ("I felt\u202e better", "unseen_signs"),
        ("Лучшие предложения для вас", "foreign_script"),
        ("sdfkjh wqertz lkjhgf", "gibberish"),
        ("tea cup " * 10, "gibberish"),
        ("HURRY EVERYBODY TO OUR SHOP", "shouting_sale"),
        ("I was cured of herpes by a herbal doctor", "advertising_phrases"),
        ("Apply for payday loans with bad credit", "advertising_phrases"),
    ],
)
def test_what_it_looks_like_and_says_is_judged(text, rule):
    judgement = judged(text)

    assert rule in names_of(judgement)
    assert judgement.outcome == Outcome.HOLD


@pytest.mark.parametrize(
    ("name", "rule"), [("Moderator", "staff_name"), ("Adа Writer", "staff_name"), ("SEO Expert", "advert_name")]
)
def test_names_are_judged(name, rule):
    assert names_of(judged(name=name, staff_names=frozenset({name_key("Ada Writer")}))) == [rule]


def test_answers_about_a_therapy_are_judged_too():
    answered = Candidate(name="Anna", text=PLAIN, experience=("", "Buy tramadol online, no prescription needed."))

    assert "advertising_phrases" in names_of(rules.judge(answered))


@pytest.mark.parametrize(
    "text",
    [
        "THIS HELPED ME SO MUCH THANK YOU SO MUCH!!!",
        "The leaflet is here: https://www.example.org/leaflet.pdf",
        "p<0.05 does not mean that it works for everybody, and 3 < 4.",
        "👍👍👍",
        "Thanks!",
        "Ich habe seit 2015 Immunglobuline, danke für die gute Seite!",
    ],
)
def test_unusual_looks_of_readers_pass(text):
    assert judged(text).outcome == Outcome.PASS


def test_words_that_were_learnt_are_named(monkeypatch):
    class Learnt:
        def score(self, candidate):
            return 0.9, ("zebra",)

    monkeypatch.setattr(rules, "current_filter", Learnt)
    monkeypatch.setattr(rules.likeness, "ordinary", lambda candidate: 0.5)

    (finding,) = judged().findings

    assert (finding["rule"], finding["words"], finding["outcome"]) == ("learned_words", ["zebra"], "hold")


def test_a_flag_gives_the_place_in_the_queue():
    judgement = judged(CRISIS)

    assert (judgement.outcome, judgement.flags[0], judgement.priority) == (Outcome.HOLD, Flag.EMERGENCY, 1)


def test_what_is_held_without_a_flag_comes_last():
    assert judged(form_age=1).priority == rules.SUSPECTED_SPAM


@pytest.mark.parametrize("came", [{"honeypot": "x"}, {"duplicates": 9}, {"blocked": ("Sends adverts.", True)}])
def test_a_cry_for_help_is_never_refused(came):
    judgement = judged(CRISIS, **came)

    assert (judgement.outcome, judgement.priority) == (Outcome.HOLD, 1)
    assert "reject" in {each["outcome"] for each in judgement.findings}


@pytest.mark.parametrize(
    ("flag", "outcome"),
    [
        (Flag.EMERGENCY, Outcome.HOLD),
        (Flag.SIDE_EFFECT, Outcome.HOLD),
        (Flag.DOSE_ADVICE, Outcome.HOLD),
        (Flag.ADVICE_REQUEST, Outcome.HOLD),
        (Flag.PERSONAL_DATA, Outcome.REJECT),
        (Flag.MIRACLE_CURE, Outcome.REJECT),
    ],
)
def test_flags_of_adverts_do_not_protect(flag, outcome):
    refused = {"rule": "honeypot", "outcome": "reject", "flag": ""}
    flagged = {"rule": "some_rule", "outcome": "hold", "flag": flag}

    assert rules.concluded([refused, flagged]).outcome == outcome


def test_flags_stand_in_the_order_of_the_queue():
    findings = [{"rule": "x", "outcome": "hold", "flag": flag} for flag in ("miracle-cure", "dose-advice", "")]

    judgement = rules.concluded(findings)

    assert (judgement.flags, judgement.priority) == (("dose-advice", "miracle-cure"), 3)


def test_each_flag_has_a_place_of_its_own():
    places = [rules.concluded([{"rule": "x", "outcome": "hold", "flag": flag}]).priority for flag in Flag.values]

    assert places == [1, 2, 3, 4, 5, 6]


def test_every_rule_has_a_name_of_its_own_that_the_log_can_keep():
    found = [rule.__name__ for rule in rules.RULES]

    assert len(set(found)) == len(found)
    assert max(map(len, found)) <= 40


@pytest.mark.parametrize(
    "text",
    [
        "a" * 60_000,
        "<" * 60_000,
        "a-" * 30_000,
        "a.b." * 15_000,
        "[" * 30_000 + "{" * 30_000,
        "buy now " * 8_000,
        "http://" * 9_000,
        "e\u0301" + "\u0301" * 10_000,
        "\u202e\u200b" * 20_000,
        "on" * 30_000 + "=",
        "&#x" * 20_000,
        "\x00" * 100,
        "@" * 60_000,
        "'" * 60_000,
        "W " * 30_000,
    ],
)
def test_hostile_texts_are_judged(text):
    assert judged(text, name=text[:60]).outcome in Outcome


@pytest.mark.parametrize(("sure", "expected"), [(0.5, "hold"), (0.7, "pass")])
def test_words_do_not_count_where_the_second_reader_is_sure(monkeypatch, sure, expected):
    class Learnt:
        def score(self, candidate):
            return 0.95, ("zebra",)

    monkeypatch.setattr(rules, "current_filter", Learnt)
    monkeypatch.setattr(rules.likeness, "ordinary", lambda text: sure)
    judgement = judged("How long does one infusion take?")
    assert [(each["rule"], each["outcome"]) for each in judgement.findings] == [("learned_words", expected)]
    assert judgement.outcome == expected


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("I want to kill myself.", "emergency"),
        ("Her throat is swelling and she can't breathe.", "emergency"),
        ("I took all my tablets an hour ago.", "emergency"),
        ("Stop taking your methotrexate, it is poison.", "dose-advice"),
    ],
)
def test_friendly_words_around_it_take_no_flag_away(text, flag):
    friendly = "Thank you for this lovely page about how the immune system works, my book club enjoyed the drawings."
    for padded in (f"{friendly} {text}", f"{text} {friendly} {friendly}", f"{friendly} {text} {friendly}"):
        assert flag in judged(padded).flags


def test_a_long_text_keeps_what_its_phrases_say(monkeypatch):
    monkeypatch.setattr(rules.likeness, "ordinary", lambda candidate: 0.99)
    kind = "Thank you for this page, it has helped us a lot over the years. "
    assert "emergency" in names_of(judged(7 * kind + "I want to kill myself tonight."))
