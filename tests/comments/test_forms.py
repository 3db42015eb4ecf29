import pytest

from comments.comments import EXPERIENCE_FIELDS
from comments.forms import LONGEST_OBJECTION, ObjectionForm, RemarkForm, ReportForm, WritingForm
from comments.text import FAR_TOO_LONG, LONGEST_ANSWER, LONGEST_NAME, LONGEST_TEXT

FILLED = {"kind": "experience", "name": "Ada", "text": "It went well.", "consent": "on"}


def form(*, is_answer=False, has_experience=True, **values):
    sections = [("harms", "Harms")]
    return WritingForm(FILLED | values, sections=sections, is_answer=is_answer, has_experience=has_experience)


def test_filled_form_gives_what_was_written():
    filled = form(text=" One.\r\n\r\nTwo. ", how_given="By drip", section="harms")
    assert filled.is_valid()
    assert filled.written["text"] == "One.\n\nTwo."
    assert (filled.written["how_given"], filled.written["wish_known"]) == ("By drip", "")


@pytest.mark.parametrize("name", ["kind", "name", "text", "consent"])
def test_required_field_that_is_empty_has_the_only_error(name):
    assert list(form(**{name: ""}).errors) == [name]


@pytest.mark.parametrize(
    ("name", "longest"), [("name", LONGEST_NAME), ("text", LONGEST_TEXT), ("how_given", LONGEST_ANSWER)]
)
def test_longest_text_fits_and_one_letter_more_does_not(name, longest):
    assert form(**{name: "é" * longest}).is_valid()
    assert list(form(**{name: "é" * (longest + 1)}).errors) == [name]


def test_text_of_emojis_is_limited_in_bytes():
    assert "text" in form(text="🩸" * LONGEST_TEXT).errors


HOSTILE = {
    "NUL": "a\x00b",
    "escape": "a\x1b[31m",
    "lone surrogate": "a\ud800b",
    "64 KB": "x" * 65_536,
    "marks": "a" + "\u0301" * 10_000,
    "unseen": "\u200b\u2060\u200b",
    "only a bidirectional control": "\u202e",
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", ["name", "text", *EXPERIENCE_FIELDS])
def test_hostile_text_is_refused_at_its_field_and_can_be_shown_again(name, value):
    refused = form(**{name: value})
    assert list(refused.errors) == [name]
    shown = refused.as_div().encode("utf-8")
    assert b"\x00" not in shown


def test_far_too_long_text_is_refused_before_anything_else_is_looked_at():
    errors = form(text="a\x00\u0301" * FAR_TOO_LONG * LONGEST_TEXT).errors
    assert len(errors["text"]) == 1


@pytest.mark.parametrize("name", ["Ada\r\nBcc: x@example.org", "Ada\nB", "Ada\u0085B", "---", "\u202e"])
def test_name_with_more_than_a_line_or_without_a_letter_is_refused(name):
    assert list(form(name=name).errors) == ["name"]


@pytest.mark.parametrize(
    "email",
    [
        "a@example.org\nBcc: b@example.org",
        "a@example.org,b@example.org",
        "a@\ud800.org",
        "a\x00@example.org",
        "a" * 300 + "@example.org",
        "=?utf-8?q?a?= <a@example.org>",
        "ada",
    ],
)
def test_address_that_is_none_is_refused(email):
    refused = form(email=email)
    assert list(refused.errors) == ["email"]
    assert refused.as_div().encode("utf-8")


def test_address_is_kept_in_small_letters():
    filled = form(email=" Ada@Example.ORG ")
    assert filled.is_valid()
    assert filled.cleaned_data["email"] == "ada@example.org"


def test_answers_by_mail_need_an_address():
    assert list(form(follow="on").errors) == ["email"]
    assert form(follow="on", email="a@example.org").is_valid()


def test_answers_about_a_therapy_without_an_experience_are_not_thrown_away():
    filled = form(kind="question", how_given="By drip", wish_known="x" * 9_000)
    assert list(filled.errors) == ["kind"]
    assert "By drip" in str(filled["how_given"])


def test_page_without_experiences_asks_for_none():
    assert set(form(has_experience=False).fields) & set(EXPERIENCE_FIELDS) == set()


def test_answer_has_no_kind_section_or_experience():
    fields = form(is_answer=True).fields
    assert {"kind", "section", *EXPERIENCE_FIELDS} & set(fields) == set()


@pytest.mark.parametrize(("name", "value"), [("kind", "reply"), ("kind", "x\ud800"), ("section", "<b>")])
def test_choice_that_is_not_offered_is_refused_without_repeating_it(name, value):
    refused = form(**{name: value})
    assert list(refused.errors) == [name]
    assert value not in refused.errors[name][0]


def test_lengths_stand_in_the_markup():
    blank = form()
    for name, longest in (("name", LONGEST_NAME), ("text", LONGEST_TEXT), ("how_given", LONGEST_ANSWER)):
        assert f'maxlength="{longest}"' in str(blank[name])


def test_other_forms_refuse_what_cannot_be_kept():
    assert list(ReportForm({"reason": "unkind", "words": "\x00"}).errors) == ["words"]
    assert list(ReportForm({"reason": "because"}).errors) == ["reason"]
    assert list(ObjectionForm({"text": "x" * (LONGEST_OBJECTION + 1)}).errors) == ["text"]
    assert list(RemarkForm({"remark": "\ud800"}, sections=[]).errors) == ["remark"]
