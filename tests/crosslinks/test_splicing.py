"""Anchors go around text; an independent parser finds the same tree besides them."""

import re

import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslinks import layout
from crosslinks.splicing import splice
from tests.crosslinks.test_layout import bodies

WORD = st.integers(0, 200)


def tree(html, *, without=None):
    """The nodes as nested tuples, neighbouring texts joined; elements of class `without` replaced by their content."""
    fragment = html5lib.parseFragment(html, treebuilder="dom", namespaceHTMLElements=False)
    return shape(fragment, without)


def anchors(html):
    """Address and text of each crosslink."""
    nodes = [html5lib.parseFragment(html, treebuilder="dom", namespaceHTMLElements=False)]
    while nodes:
        node = nodes.pop(0)
        nodes = [*node.childNodes, *nodes]
        if node.nodeType == node.ELEMENT_NODE and node.getAttribute("class") == "crosslink":
            yield node.getAttribute("href"), "".join(child.data for child in node.childNodes)


def shape(node, without):
    found = []
    for child in node.childNodes:
        if child.nodeType == child.TEXT_NODE:
            parts = [child.data]
        elif child.nodeType == child.COMMENT_NODE:
            parts = [("comment", child.data)]
        elif without and child.getAttribute("class") == without:
            assert dict(child.attributes.items()).keys() == {"class", "href"}
            parts = shape(child, without)
        else:
            parts = [(child.tagName, tuple(sorted(child.attributes.items())), tuple(shape(child, without)))]
        for part in parts:
            if found and isinstance(found[-1], str) and isinstance(part, str):
                found[-1] += part
            else:
                found.append(part)
    return found


@settings(max_examples=300, deadline=None)
@given(bodies, st.lists(WORD, max_size=6))
def test_spliced_html_is_the_same_tree_with_anchors(html, picks):
    read = layout.read(html)
    words = list(re.finditer(r"[^\W_]+", read.text))
    places = sorted({words[pick % len(words)].span() for pick in picks}) if words else []
    usable = [span for span in places if not read.zone(*span)]
    links = [(read.in_html(start), read.end_in_html(end), '/t/?a="1"&b=<2>/') for start, end in usable]
    spliced = splice(html, links)
    assert tree(spliced, without="crosslink") == tree(html)
    assert spliced.count('<a class="crosslink"') == len(usable)
    assert list(anchors(spliced)) == [('/t/?a="1"&b=<2>/', read.text[start:end]) for start, end in usable]


def test_nothing_to_link_changes_nothing():
    assert splice("<p>a &amp; b</p>", []) == "<p>a &amp; b</p>"
