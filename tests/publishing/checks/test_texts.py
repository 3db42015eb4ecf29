"""How stored rich text is read: what is cited where, and what stands in front of a table."""

from publishing.checks.texts import Text
from tests.publishing.checks.contents import cite


def sentences_of(html):
    text = Text("body", "", html)
    return [(each.text, each.is_cited) for block in text.blocks for each in block.sentences]


def test_citation_covers_what_stands_before_it_in_its_paragraph():
    html = f"<p>One. Two.{cite()} Three.</p><p>Four.</p>"
    assert sentences_of(html) == [("One.", True), ("Two.", True), ("Three.", False), ("Four.", False)]


def test_citation_before_the_full_stop_counts_for_its_sentence():
    assert sentences_of(f"<p>One{cite()}. Two.</p>") == [("One.", True), ("Two.", False)]


def test_citation_inside_emphasis_counts():
    assert sentences_of(f"<p><strong>One.{cite()}</strong> Two.</p>") == [("One.", True), ("Two.", False)]


def test_citation_before_a_list_covers_the_list_it_introduces():
    assert sentences_of(f"<p>Signs are:{cite()}</p><ul><li>fever</li></ul>")[1] == ("fever", True)
    assert sentences_of(f"<p>This is known.{cite()}</p><ul><li>fever</li></ul>")[1] == ("fever", False)
    assert sentences_of(f"<p>Signs are:{cite()}</p><p>Other.</p><ul><li>fever</li></ul>")[2] == ("fever", False)


def test_citation_in_a_row_of_a_table_covers_the_row():
    html = f"<table><tbody><tr><td>a</td><td>b{cite()}</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>"
    assert sentences_of(html) == [("a", True), ("b", True), ("c", False), ("d", False)]


def test_citation_in_the_head_or_caption_of_a_table_covers_all_of_it():
    body = "<tbody><tr><td>a</td></tr></tbody>"
    head = f'<thead><tr><th scope="col">A{cite()}</th></tr></thead>'
    assert sentences_of(f"<table>{head}{body}</table>")[-1] == ("a", True)
    assert sentences_of(f"<table><caption>A{cite()}</caption>{body}</table>")[-1] == ("a", True)


def test_every_word_is_read_once():
    html = (
        "<h3>One</h3><p>two <em>three</em></p>"
        "<ul><li>four<ul><li>five</li></ul></li><li><p>six</p><p>seven</p></li></ul>"
        "<blockquote><p>eight</p></blockquote>"
        "<table><caption>nine</caption><tbody><tr><th>ten</th><td>eleven</td></tr></tbody></table>"
        '<div data-help="urgent"><h3>twelve</h3><p>thirteen</p></div>'
        f'<figure data-image="{"0" * 32}"><figcaption>fourteen</figcaption></figure>'
    )
    expected = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    assert " ".join(Text("body", "", html).words) == expected


def test_headings_inside_help_boxes_are_no_part_of_the_outline():
    html = '<h3>One</h3><div data-help="urgent"><h3>Two</h3><p>x</p></div>'
    assert [heading.text for heading in Text("body", "", html).headings] == ["One"]
