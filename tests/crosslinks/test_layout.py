"""The text of a body, and the way back from it into the HTML."""

from html import unescape

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslinks import layout

TEXT = st.text(alphabet='aé Z9.-’<>&"\u00a0α\n', min_size=1, max_size=12)
INLINE = st.sampled_from(["strong", "em", "a", "code", "sup", "q"])
BLOCK = st.sampled_from(["p", "h2", "blockquote", "li", "figcaption", "div"])


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")


inline = st.recursive(
    TEXT.map(escaped),
    lambda inner: st.tuples(INLINE, st.lists(inner, max_size=3)).map(lambda p: f"<{p[0]}>{''.join(p[1])}</{p[0]}>"),
    max_leaves=6,
)
bodies = st.lists(
    st.one_of(
        st.tuples(BLOCK, st.lists(inline, max_size=3)).map(lambda p: f"<{p[0]}>{''.join(p[1])}</{p[0]}>"),
        st.just("<!--rows:indications-->"),
        st.just("<p>one<br>two</p>"),
    ),
    max_size=5,
).map("".join)


def text_nodes(html):
    tree = html5lib.parseFragment(html, treebuilder="dom", namespaceHTMLElements=False)
    nodes = [tree]
    while nodes:
        node = nodes.pop(0)
        if node.nodeType == node.TEXT_NODE:
            yield node.data
        nodes = [*node.childNodes, *nodes]


@settings(max_examples=200, deadline=None)
@given(bodies)
def test_every_character_is_found_again_in_the_html(html):
    read = layout.read(html)
    for number, start in enumerate(read.text_starts):
        end = read.text_starts[number + 1] if number + 1 < len(read.text_starts) else len(read.text)
        run = read.text[start:end].removesuffix(layout.BARRIER).rstrip("\n") or read.text[start : start + 1]
        for position in range(start, start + len(run)):
            if read.run_at(position) == number and position < start + len(run):
                written = html[read.in_html(position) : read.end_in_html(position + 1)]
                assert unescape(written) == read.text[position]


@pytest.mark.parametrize(
    ("html", "zone"),
    [
        ("<p>immunoglobulin</p>", ""),
        ("<p><strong>immunoglobulin</strong></p>", ""),
        ('<h3 id="x">immunoglobulin</h3>', "heading"),
        ('<p><a href="/x/">immunoglobulin</a></p>', "link"),
        ('<p><a href="/x/"><em>immunoglobulin</em></a></p>', "link"),
        ("<figure><figcaption>immunoglobulin</figcaption></figure>", "caption"),
        ("<table><caption>immunoglobulin</caption></table>", "caption"),
        ("<table><tr><th>immunoglobulin</th></tr></table>", "table heading"),
        ("<table><tr><td>immunoglobulin</td></tr></table>", ""),
        ("<blockquote><p>immunoglobulin</p></blockquote>", "quotation"),
        ("<p><q>immunoglobulin</q></p>", "quotation"),
        ("<p><code>immunoglobulin</code></p>", "code"),
        ("<p><cite>immunoglobulin</cite></p>", "citation"),
        ("<p><sup>immunoglobulin</sup></p>", "citation"),
        ('<div class="help" data-level="emergency"><p>immunoglobulin</p></div>', "emergency"),
        ('<div class="help" data-level="urgent"><p>immunoglobulin</p></div>', ""),
        ("<p>immuno<em>globulin</em></p>", "markup"),
        ('<p><a href="/x/">y</a> immunoglobulin</p>', ""),
    ],
)
def test_place_in_which_nothing_is_linked_is_known(html, zone):
    read = layout.read(html)
    start = read.text.index("immunoglobulin")
    assert read.zone(start, start + len("immunoglobulin")) == zone


def test_blocks_are_kept_apart_and_inline_markup_is_not():
    read = layout.read("<p>severe <em>combined</em></p><ul><li>immuno<strong>deficiency</strong></li></ul>")
    assert read.text.split() == ["severe", "combined", "immunodeficiency"]
    assert "combined\n\n" in read.text


def test_words_and_headings_are_counted_from_the_start():
    read = layout.read('<h2 id="a">One two</h2><p>three don’t (T-cell) six</p><h3 id="b">seven</h3><p>eight</p>')
    assert read.word_numbers([read.text.index(word) for word in ("One", "(T", "T-cell", "six", "eight")]) == [
        *(1, 5, 5, 6, 8)
    ]
    assert read.count_words() == 8
    assert [read.heading_number(read.text.index(word)) for word in ("One", "six", "eight")] == [1, 1, 2]


def test_sentence_around_a_mention_ends_where_it_ends():
    read = layout.read("<p>First one. Some people get IVIG at home (e.g. weekly)! Others do not.</p><p>More.</p>")
    start = read.text.index("IVIG")
    sentence = read.sentence(start, start + 4)
    assert (sentence.before, sentence.mention, sentence.after) == (
        "Some people get ",
        "IVIG",
        " at home (e.g. weekly)!",
    )


def test_long_sentence_is_cut_at_words():
    read = layout.read(f"<p>{'long ' * 60}IVIG{' long' * 60}</p>")
    start = read.text.index("IVIG")
    sentence = read.sentence(start, start + 4)
    assert sentence.before.startswith("…long")
    assert sentence.after.endswith("long…")
    assert len(sentence.before + sentence.after) < 340
