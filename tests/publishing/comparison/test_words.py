from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.comparison import words
from publishing.comparison.tokens import html_tokens, text_tokens
from publishing.comparison.words import Run, compare_tokens, compare_words, for_display

SIGNS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}", "folded": "<{}>"}
# Few words, so that texts have much in common; every kind of token among them.
WORDS = st.sampled_from(
    [
        "the",
        "patient",
        "not",
        "5 mg",
        "0.5 ml",
        "IL-6",
        ",",
        ".",
        " ",
        " ",
        " ",
        "\n",
        "\xa0",
        "(",
        "µ",
        "\u200b",
        "é",
        "",
    ]
)
TEXTS = st.lists(WORDS, max_size=60).map("".join) | st.text(max_size=60)


def marked(runs) -> str:
    return "".join(SIGNS[run.kind].format(run.text) for run in runs)


def compared(before: str, after: str) -> str:
    return marked(compare_words(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", "", ""),
        ("Same.", "Same.", "Same."),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
        ("one two", "one new two", "one {+new +}two"),
        ("one old two", "one two", "one [-old -]two"),
        # A number stands with its unit.
        ("Take 5 mg now.", "Take 5 µg now.", "Take [-5 mg-]{+5 µg+} now."),
        ("Take 5 mg now.", "Take 50 mg now.", "Take [-5 mg-]{+50 mg+} now."),
        ("0.5 mg/kg", "0.5 mg/l", "[-0.5 mg/kg-]{+0.5 mg/l+}"),
        ("It isn't.", "It is.", "It [-isn't-]{+is+}."),
        # What a person reads as one change is one.
        ("Take one tablet daily.", "Take two drops daily.", "Take [-one tablet-]{+two drops+} daily."),
        ("one of ten", "two of nine", "[-one of ten-]{+two of nine+}"),
        ("mild pain and high fever", "bad pain and low fever", "[-mild-]{+bad+} pain and [-high-]{+low+} fever"),
        # A line or sentence that came in begins where it begins for a reader.
        ("A.\nC.", "A.\nB.\nC.", "A.\n{+B.\n+}C."),
        ("One. Two. Three.", "One. Three.", "One. [-Two. -]Three."),
        ("A.\nB.", "C.\nD.", "[-A-]{+C+}.\n[-B-]{+D+}."),
        ("a b", "a  b", "a[- -]{+  +}b"),
    ],
)
def test_changes_read_as_a_person_would_say_them(before, after, shown):
    assert compared(before, after) == shown


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_runs_give_both_texts_exactly(before, after):
    runs = compare_words(before, after)
    assert "".join(run.text for run in runs if run.kind != "added") == before
    assert "".join(run.text for run in runs if run.kind != "removed") == after
    assert all(run.text for run in runs)
    assert (before == after) == all(run.kind == "same" for run in runs)
    kinds = [run.kind for run in runs]
    assert ("added", "removed") not in list(pairwise(kinds))
    assert not any(one == other for one, other in pairwise(kinds))


@given(TEXTS)
def test_tokens_are_the_whole_text(text):
    assert "".join(text_tokens(text)) == text


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_long_texts_are_compared_line_by_line_first_and_exactly(before, after):
    before, after = before * 2, after * 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "MOST_PAIRS", 20)
        runs = compare_words(before, after)
    assert "".join(run.text for run in runs if run.kind != "added") == before
    assert "".join(run.text for run in runs if run.kind != "removed") == after


def test_changed_line_of_a_long_text_is_compared_by_words(monkeypatch):
    monkeypatch.setattr(words, "MOST_PAIRS", 150)
    lines = [f"Line {number} stays.\n" for number in range(10)]
    after = [line.replace("5 stays", "5 goes") for line in lines]
    assert compared("".join(lines), "".join(after)) == "".join(
        line.replace("stays", "[-stays-]{+goes+}") if "5" in line else line for line in lines
    )


# Folding


def numbered(start: int, end: int) -> str:
    return " ".join(f"word{number}" for number in range(start, end))


def test_long_unchanged_stretches_are_folded_beside_changes():
    before = f"{numbered(0, 100)} old {numbered(100, 200)} old {numbered(200, 300)}"
    runs = for_display(compare_words(before, before.replace("old", "new")))
    folded = [run for run in runs if run.kind == "folded"]
    assert [run.words for run in folded] == [88, 76, 88]
    assert folded[0].folded_words == "88 words unchanged"
    first, last = runs[1], runs[-2]
    assert first == Run("same", f"{numbered(88, 100)} ")
    assert last == Run("same", f" {numbered(200, 212)}")


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_folding_loses_nothing(before, after, around):
    runs = compare_words(around * 9 + before + around * 9, around * 9 + after + around * 9)
    shown = for_display(runs)
    kept = {"same", "folded"}
    end = "\n" if runs and runs[-1].kind == "same" and runs[-1].text.endswith("\n") else ""
    unchanged = "".join(run.text for run in runs if run.kind == "same")
    assert "".join(run.text for run in shown if run.kind in kept) + end == unchanged
    assert sum(run.kind not in kept for run in shown) == sum(run.kind != "same" for run in runs)


def test_short_unchanged_stretches_are_not_folded():
    before = f"old {numbered(0, 30)} old"
    assert "folded" not in {run.kind for run in for_display(compare_words(before, before.replace("old", "new")))}


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("a b", "a  b", "a[-[space]-]{+[space][space]+}b"),
        ("a\nb", "a b", "a[-[line break]\n-]{+[space]+}b"),
        ("5 mg", "5\xa0mg", "[-5[space]mg-]{+5[no-break space]mg+}"),
        ("5 µg", "5 μg", "[-5[space][micro sign]g-]{+5[space][greek small letter mu]g+}"),
        ("word", "wo\u200brd", "[-word-]{+wo[zero width space]rd+}"),
        ("one", "two", "[-one-]{+two+}"),
        ("a b c", "a c", "a [-b -]c"),
    ],
)
def test_changes_that_cannot_be_seen_are_named(before, after, shown):
    assert marked(for_display(compare_words(before, after))) == shown


# Rich text


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("<p>A b.</p>", "<p>A <strong>b</strong>.</p>", "A {+[bold: +}b{+]+}.\n"),
        ("<p>A <em>b</em>.</p>", "<p>A b.</p>", "A [-[italics: -]b[-]-].\n"),
        ("<p>A.</p>", "<h3>A.</h3>", "[-¶ -]{+[heading 3] +}A.\n"),
        ("<h2>A</h2>", "<h3>A</h3>", "[-[heading 2] -]{+[heading 3] +}A\n"),
        ("<p>A.</p><p>C.</p>", "<p>A.</p><p>B.</p><p>C.</p>", "A.\n{+¶ B.\n+}C.\n"),
        (
            '<p><a href="https://a.example/">Site</a></p>',
            '<p><a href="https://b.example/">Site</a></p>',
            "[-[link to https://a.example/: -]{+[link to https://b.example/: +}Site\n",
        ),
        ('<p>So<sup data-ref="a"></sup>.</p>', '<p>So<sup data-ref="b"></sup>.</p>', "So[-[a]-]{+[b]+}.\n"),
        ("<p>109</p>", "<p>10<sup>9</sup></p>", "[-109-]{+10^(9)+}\n"),
        ("<p>A<br>B</p>", "<p>A B</p>", "A[-[line break]\n-]{+ +}B\n"),
        (
            "<p>Call.</p>",
            '<div data-help="emergency"><p>Call.</p></div>',
            "{+[box: emergency advice]\n+}Call.\n{+[end of the box]\n+}",
        ),
        (
            "<ul><li>A</li></ul>",
            '<ul><li>A</li></ul><div data-help="emergency"><p>Call.</p></div>',
            "• A\n{+[box: emergency advice]\n¶ Call.\n[end of the box]\n+}",
        ),
        (
            '<div data-help="urgent"><p>Call.</p></div>',
            '<div data-help="non-urgent"><p>Call.</p></div>',
            "[-[box: urgent advice]\n-]{+[box: non-urgent advice]\n+}Call.\n[end of the box]\n",
        ),
        ("<ul><li>A</li></ul>", "<ul><li>A</li><li>B</li></ul>", "• A\n{+• B\n+}"),
        ("<ul><li>A</li></ul>", "<ol><li>A</li></ol>", "[-[list] -]{+[numbered list] +}1. A\n"),
        # Numbers that only moved on are no change.
        ("<ol><li>A</li><li>C</li></ol>", "<ol><li>B</li><li>A</li><li>C</li></ol>", "{+1. B\n+}2. A\n3. C\n"),
        (
            "<table><tbody><tr><td>A</td><td>1</td></tr></tbody></table>",
            "<table><tbody><tr><td>A</td><td>2</td></tr></tbody></table>",
            "[table]\n | A | [-1-]{+2+}\n[end of the table]\n",
        ),
        (
            "<table><tbody><tr><td>A</td></tr></tbody></table>",
            '<table><tbody><tr><td colspan="2">A</td></tr></tbody></table>',
            "[table]\n[- | -]{+ | [colspan 2] +}A\n[end of the table]\n",
        ),
        (f'<figure data-image="{"0" * 32}"></figure>', "", "[-[picture: A drip]\n-]"),
    ],
)
def test_markup_is_never_invisible(before, after, shown):
    images = {"0" * 32: {"alt": "A drip"}}
    assert marked(compare_tokens(html_tokens(before, images), html_tokens(after, images))) == shown


def test_unchanged_markup_reads_like_the_page():
    html = (
        '<h2>Title</h2><p>A <strong>b</strong> <a href="https://a.example/">c</a>.</p>'
        '<ol start="4"><li>One<ul><li>In it</li></ul></li><li>Two</li></ol><p>End<br>here</p>'
    )
    assert marked(compare_tokens(html_tokens(html), html_tokens(html))) == (
        "[heading 2] Title\nA b c.\n4. One\n• In it\n5. Two\nEnd\nhere\n"
    )
