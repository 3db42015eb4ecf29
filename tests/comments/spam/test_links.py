import pytest

from comments.spam.links import links, says_little, suspicion, taken_apart


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://example.org/leaflet.pdf, it helped.", ["https://example.org/leaflet.pdf"]),
        ("Look at www.example.org!", ["www.example.org"]),
        ("order at pill-box.example today", ["pill-box.example"]),
        ("short: bit.ly/3xYz", ["bit.ly/3xYz"]),
        ("http://192.0.2.7:8080/x", ["http://192.0.2.7:8080/x"]),
        ("two: https://a.example https://b.example", ["https://a.example", "https://b.example"]),
        ("I take 0.4 g/kg, e.g. in the morning.The nurse said so", []),
        ("at 5 p.m./6 p.m. and/or later", []),
        ("write to anna@example.org", []),
    ],
)
def test_links_are_found_with_and_without_http(text, expected):
    assert links(text) == expected


@pytest.mark.parametrize(
    "link",
    [
        "https://bit.ly/abc",
        "http://192.0.2.7/x",
        "https://[2001:db8::1]/",
        "http://example.org:8081/",
        "https://nhs.uk@example.org/",
        "https://xn--exmple-cua.org/",
        "https://exаmple.org/",
        "https://best-casino.example/",
        "https://meds.top/",
        "https://shop.example/?aff=12",
        "http://[/",
    ],
)
def test_links_that_hide_or_sell_are_suspicious(link):
    assert suspicion(link)


@pytest.mark.parametrize(
    "link",
    [
        "https://www.ema.europa.eu/en/medicines",
        "https://example.org:443/a?b=c",
        "www.example.org",
        "https://müller.example/",
        "https://clinicaltrials.gov/study/NCT01234567",
    ],
)
def test_ordinary_links_are_not_suspicious(link):
    assert suspicion(link) == ""


@pytest.mark.parametrize("text", ["go to cheap-meds dot com", "hxxp://a.example", "pills(dot)net", "site . com"])
def test_links_that_were_taken_apart_are_found(text):
    assert taken_apart(text)


@pytest.mark.parametrize("text", ["A dot on my arm. Company or not.", "It was fine . Come again."])
def test_ordinary_dots_are_no_links(text):
    assert taken_apart(text) == ""


def test_a_link_with_hardly_a_word_says_little():
    assert says_little("Cool page https://things.example/x")
    assert not says_little("My doctor gave me https://things.example/x")
    assert not says_little("The leaflet: https://society.example.org/x")
