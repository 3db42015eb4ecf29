import pytest

from comments.spam.markup import markup


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//x.example>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        '<a href="http://x.example">bags</a>',
        "<b>bold</b>",
        "[url=http://x.example]x[/url]",
        "[b]x[/b]",
        "[click](javascript:alert(1))",
        '" onmouseover="alert(1)',
        '"><i',
        "javascript:alert(1)",
        "&lt;script&gt;",
        "%3Cscript%3E",
        "{{ 7*7 }}",
        "${7*7}",
        "' OR 1=1 --",
        "1; DROP TABLE comments",
        "<!-- x -->",
        "hello\nBcc: all@example.org",
        "../../etc/passwd",
    ],
)
def test_markup_and_code_are_found(text):
    assert markup(text)


@pytest.mark.parametrize(
    "text",
    [
        "It was significant (p<0.05).",
        "Keep it <5 mg/kg, x < y and y > z.",
        "<3 thank you",
        "CRP fell from 48 -> 6",
        "I was on 20 mg [prednisolone] and felt <b than before",
        "a & b; 100% sure",
        "online = no, on time = yes",
        "My onset: 2012. Conclusion = good.",
        "We drop off the table at noon",
        "To: everybody who is new here",
    ],
)
def test_signs_of_medicine_are_no_markup(text):
    assert markup(text) == ()
