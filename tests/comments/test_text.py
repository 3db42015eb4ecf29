import unicodedata
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError

from comments import text
from comments.text import MOST_MARKS, Run, clean_name, clean_text, is_web_address, name_key, paragraphs


def refusal(function, value):
    with pytest.raises(ValidationError) as caught:
        function(value)
    return " ".join(caught.value.messages)


def test_text_is_kept_as_typed_in_nfc():
    assert clean_text("10² mg, TNF‑α, ½, e\u0301, <b>&") == "10² mg, TNF‑α, ½, é, <b>&"


def test_line_ends_become_line_feeds():
    assert clean_text("a\r\nb\rc") == "a\nb\nc"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x85", "\ud800", "\ufffe"])
def test_text_with_what_cannot_be_shown_is_refused(character):
    assert "cannot be shown" in refusal(clean_text, f"before{character}after")


@pytest.mark.parametrize(("length", "is_kept"), [(4_999, True), (5_000, True), (5_001, False), (65_536, False)])
def test_text_has_a_longest_length_in_characters(length, is_kept):
    if is_kept:
        assert len(clean_text("a" * length)) == length
    else:
        assert "5000" in refusal(clean_text, "a" * length)


def test_text_has_a_longest_length_in_bytes():
    assert len(clean_text("😀" * 3_750).encode()) == 15_000
    assert "too much room" in refusal(clean_text, "😀" * 3_751)


def test_accents_that_would_cover_other_lines_are_refused():
    assert clean_text("a" + "\u0334" * MOST_MARKS)
    assert "accents" in refusal(clean_text, "a" + "\u0334" * (MOST_MARKS + 1))


@pytest.mark.parametrize("name", ["Ada\r\nBcc: x@example.org", "Ada\nLovelace", "\u200b\u202e", "…", "x" * 61])
def test_name_that_is_no_name_is_refused(name):
    assert refusal(clean_name, name)


def test_name_keeps_single_spaces():
    assert clean_name("  Ada \t Lovelace ") == "Ada Lovelace"


@pytest.mark.parametrize("name", ["Ádmin", "ADMIN", "аdmin", "a\u200bd\u202emin", "ａｄｍｉｎ", "a d-m.i_n"])
def test_look_alikes_of_a_name_have_its_key(name):
    assert name_key(name) == name_key("admin")


def test_other_names_have_other_keys():
    assert name_key("Adrian") != name_key("admin")


# Showing


def test_paragraphs_keep_lines():
    assert paragraphs("one\ntwo\n\n\nthree") == [[[Run("one")], [Run("two")]], [[Run("three")]]]


def test_only_the_first_two_addresses_become_links():
    runs = paragraphs("https://a.example.org/ http://b.example.org/x. https://c.example.org/")[0][0]
    assert [run.url for run in runs if run.url] == ["https://a.example.org/", "http://b.example.org/x"]
    assert "".join(run.text for run in runs) == "https://a.example.org/ http://b.example.org/x. https://c.example.org/"


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example.org/x", "/admin/logout/", "ftp://example.org/",
     "https://user:secret@example.org/", "https://example.org:8080/", "https://localhost/", "https://[::1]/",
     "https://exa_mple.org/", "https:///example.org", "https://.example.org", "https://exаmple.org/"],
)  # fmt: skip
def test_what_is_no_plain_public_address_is_no_link(text):
    assert [run for lines in paragraphs(f"see {text} now") for runs in lines for run in runs if run.url] == []


@pytest.mark.parametrize("quote", ['"', "'", "<", ">", "`"])
def test_link_ends_before_quotes_and_brackets(quote):
    runs = paragraphs(f"https://example.org/a{quote}onmouseover=alert(1)")[0][0]
    assert runs[0] == Run("https://example.org/a", "https://example.org/a")


def test_parentheses_of_an_address_stay():
    [[runs]] = paragraphs("(see https://example.org/a_(b)).")
    assert [run.url for run in runs if run.url] == ["https://example.org/a_(b)"]


def test_web_address_with_a_broken_port_is_none():
    assert not is_web_address("https://example.org:99999999/")


def test_nothing_is_lost_when_shown():
    text = unicodedata.normalize("NFC", "a https://example.org/?x=1&y=2, b\nc (http://example.com/) d")
    assert "\n".join("".join(run.text for run in line) for block in paragraphs(text) for line in block) == text


def test_no_web_address_of_a_comment_is_kept_in_memory():
    before = urlsplit.cache_info().misses
    assert is_web_address("https://plum-tree-diaries.example.org/me")
    assert urlsplit.cache_info().misses == before


@pytest.fixture
def never_put_in_order(monkeypatch):
    """Putting a long run of marks in order takes time by its square."""
    known = {name: getattr(unicodedata, name) for name in ("combining", "category")}
    monkeypatch.setattr(text, "unicodedata", SimpleNamespace(normalize=pytest.fail, **known))


def test_marks_are_counted_before_they_are_put_in_order(never_put_in_order):
    with pytest.raises(ValidationError):
        clean_text("\u0315\u0300" * 2_000)


def test_text_that_is_far_too_long_is_not_looked_at(never_put_in_order):
    with pytest.raises(ValidationError, match="20001 characters"):
        clean_text("x" * 20_001)


@pytest.mark.parametrize("path", ["admin/comments/desk/", "ADMIN", "%61dmin/", "/admin/"])
def test_desks_of_this_site_are_never_linked(settings, path):
    settings.SITE_URL = "https://portal.example.org"
    assert not is_web_address(f"https://portal.example.org/{path}")
    assert is_web_address("https://portal.example.org/administration-of-immunoglobulins/")
    assert is_web_address("https://other.example.org/admin/")
