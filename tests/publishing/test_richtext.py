import re
import unicodedata
from urllib.parse import urlsplit

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publishing.richtext import (
    FigureFacts,
    RichTextError,
    assign_heading_ids,
    citation_link,
    citations,
    clean,
    dress,
    images,
    links,
    mark_citations,
    safe,
    text_of,
)

NAME = "0123456789abcdef" * 2
OTHER = "f" * 32
CITED = '<sup data-ref="ema-kiovig"></sup>'

# Rules of the stored form.

INLINE = {
    "b and i": ("<p><b>a</b> <i>b</i></p>", "<p><strong>a</strong> <em>b</em></p>"),
    "styles and classes": ('<p class="x" style="color:red" id="y" title="z" lang="de">a</p>', "<p>a</p>"),
    "spans and fonts": ('<p>a<span style="x">b</span><font color="red">c</font></p>', "<p>abc</p>"),
    "text without a paragraph": ("a", "<p>a</p>"),
    "empty paragraphs": ("<p></p><p> </p><p>&nbsp;</p><p><br></p><p><strong></strong></p><p>a</p>", "<p>a</p>"),
    "blanks": ("<p> a \n\t b<strong> c </strong> d </p>\n\n", "<p>a b<strong> c </strong>d</p>"),
    "line break": ("<p>a <br> b<br></p>", "<p>a<br>b</p>"),
    "two line breaks": ("<p>a<br><br>b</p>", "<p>a</p><p>b</p>"),
    "neighbours": ("<p><b>a</b><strong>b</strong></p>", "<p><strong>ab</strong></p>"),
    "nested twice": ("<p><strong>a<b>b</b></strong></p>", "<p><strong>ab</strong></p>"),
    "an emphasised block": ("<b><p>a</p><p>b</p></b>", "<p>a</p><p>b</p>"),
    "comments": ("<p>a<!-- b -->c</p>", "<p>ac</p>"),
    "conditional comments": ("<!--[if gte mso 9]><xml><w:a/></xml><![endif]--><p>a<o:p></o:p></p>", "<p>a</p>"),
    "sections": ("<section>a</section><section>b</section>", "<p>a</p><p>b</p>"),
    "definitions": ("<dl><dt>a</dt><dd>b</dd></dl>", "<p><strong>a</strong></p><p>b</p>"),
    "lines of code": ("<pre>a\n b</pre>", "<p>a<br>b</p>"),
    "rule": ("<p>a</p><hr><p>b</p>", "<p>a</p><p>b</p>"),
    "composed letters": ("<p>e<span>&#769;</span></p>", "<p>\xe9</p>"),
    "line ends": ("<p>a\r\nb\rc&#13;d</p>", "<p>a b c d</p>"),
}

NO_BREAK_SPACES = {
    "between words": ("<p>a&nbsp;b</p>", "<p>a b</p>"),
    "number and unit": (
        "<p>5&nbsp;mg, 7\xa0%, 3\xa0°C, 2\xa0µg, 4\xa0Ω</p>",
        "<p>5&nbsp;mg, 7&nbsp;%, 3&nbsp;°C, 2&nbsp;µg, 4&nbsp;Ω</p>",
    ),
    "number and unit in two elements": ("<p><strong>5</strong>&nbsp;mg</p>", "<p><strong>5</strong>&nbsp;mg</p>"),
    "two of them": ("<p>5&nbsp;&nbsp;mg</p>", "<p>5 mg</p>"),
    "between digits": ("<p>10&nbsp;000</p>", "<p>10 000</p>"),
}
HEADINGS = {
    "h1": ("<h1>a</h1><h2>b</h2>", "<h2>a</h2><h3>b</h3>"),
    "gap": ("<h2>a</h2><h5>b</h5><h6>c</h6>", "<h2>a</h2><h3>b</h3><h4>c</h4>"),
    "begins low": ("<h4>a</h4><h2>b</h2>", "<h2>a</h2><h2>b</h2>"),
    "too low": ("<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4>", "<h2>a</h2><h3>b</h3><h4>c</h4><h4>d</h4>"),
    "empty": ("<h2> </h2><h3>a</h3>", "<h2>a</h2>"),
    "all strong": ("<h2><b>a</b></h2>", "<h2>a</h2>"),
    "in a list": ("<ul><li><h2>a</h2></li></ul>", "<ul><li>a</li></ul>"),
}

LISTS = {
    "from the editor": ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "<ul><li>a</li><li>b</li></ul>"),
    "nested": (
        "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
    ),
    "nested beside an item": ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
    "two paragraphs": ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
    "empty items": ("<ul><li></li><li> a </li></ul><ol><li></li></ol>", "<ul><li>a</li></ul>"),
    "start": (
        '<ol start="3" type="a"><li>a</li></ol><ol start="1"><li>b</li></ol>',
        '<ol start="3"><li>a</li></ol><ol><li>b</li></ol>',
    ),
    "from Word": (
        """<p class="MsoListParagraphCxSpFirst" style="mso-list:l0">
        <![if !supportLists]><span>·<span>&nbsp; </span></span><![endif]>One</p>
        <p class="MsoListParagraphCxSpLast">·&nbsp; <b>Two</b></p><p class="MsoListParagraph">1) Three</p>""",
        "<ul><li>One</li><li><strong>Two</strong></li></ul><ol><li>Three</li></ol>",
    ),
    "list style of Word without a mark": ('<p class="MsoListParagraph">a</p>', "<p>a</p>"),
}

TABLES = {
    "from the editor": (
        """<table style="min-width: 50px"><colgroup><col></colgroup><tbody>
        <tr><th colspan="1" rowspan="1"><p>A</p></th></tr><tr><th><p>r</p></th><td colspan="2"><p>x</p></td></tr>
        </tbody></table>""",
        '<table><thead><tr><th scope="col">A</th></tr></thead>{}</table>'.format(
            '<tbody><tr><th scope="row">r</th><td colspan="2">x</td></tr></tbody>'
        ),
    ),
    "from Markdown": (
        "<table>\n<thead>\n<tr>\n<th>A</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>x</td>\n</tr>\n</tbody>\n</table>",
        '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>x</td></tr></tbody></table>',
    ),
    "empty corner": (
        "<table><tr><th></th><th>A</th></tr><tr><td>x</td><td>y</td></tr></table>",
        "<table><tbody><tr><td></td><th>A</th></tr><tr><td>x</td><td>y</td></tr></tbody></table>",
    ),
    "caption and foot": (
        """<table><caption><p>c</p></caption><thead><tr><td>A</td></tr></thead>
        <tfoot><tr><td>z</td></tr></tfoot><tbody><tr><td>x</td></tr></tbody></table>""",
        '<table><caption>c</caption><thead><tr><th scope="col">A</th></tr></thead>{}</table>'.format(
            "<tbody><tr><td>z</td></tr><tr><td>x</td></tr></tbody>"
        ),
    ),
    "two paragraphs in a cell": (
        "<table><tr><td><p>a</p><p>b</p></td></tr></table>",
        "<table><tbody><tr><td><p>a</p><p>b</p></td></tr></tbody></table>",
    ),
    "a table in a cell": (
        "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td></tr></table>",
        "<table><tbody><tr><td><p>a</p><p>b</p><p>c</p></td></tr></tbody></table>",
    ),
    "a cell that reaches out of the head": (
        '<table><tr><th rowspan="2">A</th><th>B</th></tr><tr><td>x</td></tr></table>',
        '<table><tbody><tr><th scope="row" rowspan="2">A</th><th>B</th></tr><tr><td>x</td></tr></tbody></table>',
    ),
    "without rows": ("<table><caption>c</caption></table>", "<p>c</p>"),
    "wrong spans": (
        '<table><tr><td colspan="999999" rowspan="x">a</td></tr></table>',
        "<table><tbody><tr><td>a</td></tr></tbody></table>",
    ),
}

OWN_NODES = {
    "citation": (f"<p>a{CITED}</p>", f"<p>a{CITED}</p>"),
    "citation with content": ('<p>a<sup data-ref="k">3</sup></p>', '<p>a<sup data-ref="k"></sup></p>'),
    "citation with a bad key": ('<p>a<sup data-ref="K_">3</sup></p>', "<p>a<sup>3</sup></p>"),
    "citation in a link": (
        f'<p><a href="https://e.org">a{CITED}</a></p>',
        f'<p><a href="https://e.org">a</a>{CITED}</p>',
    ),
    "help box": (
        '<div data-help="urgent" class="x"><h4>Call if</h4><ul><li><p>a</p></li></ul></div>',
        '<div data-help="urgent"><h3>Call if</h3><ul><li>a</li></ul></div>',
    ),
    "help box keeps the headings around it": (
        '<h2>a</h2><div data-help="urgent"><h3>b</h3><p>c</p></div><h5>d</h5>',
        '<h2>a</h2><div data-help="urgent"><h3>b</h3><p>c</p></div><h3>d</h3>',
    ),
    "links of an emergency box": (
        '<div data-help="emergency"><h3>Call if</h3><p><a href="https://e.org">a</a> b</p></div>',
        '<div data-help="emergency"><h3>Call if</h3><p>a b</p></div>',
    ),
    "links of another box": (
        '<div data-help="urgent"><h3>Call if</h3><p><a href="https://e.org">a</a></p></div>',
        '<div data-help="urgent"><h3>Call if</h3><p><a href="https://e.org">a</a></p></div>',
    ),
    "unknown box": ('<div data-help="mild"><h3>a</h3></div>', "<h2>a</h2>"),
    "box in a box": (
        '<div data-help="urgent"><h3>a</h3><div data-help="emergency"><h3>b</h3></div></div>',
        '<div data-help="urgent"><h3>a</h3><p>b</p></div>',
    ),
    "box in a list": ('<ul><li><div data-help="urgent"><h3>a</h3></div></li></ul>', "<ul><li>a</li></ul>"),
    "box in a table": (
        '<table><tr><td><div data-help="urgent"><h3>a</h3></div></td></tr></table>',
        "<table><tbody><tr><td>a</td></tr></tbody></table>",
    ),
    "empty box": ('<div data-help="urgent"><h3></h3></div><p>a</p>', "<p>a</p>"),
    "figure": (
        f'<figure data-image="{NAME}"><img src="x"><figcaption><p>a</p></figcaption></figure>',
        f'<figure data-image="{NAME}"><figcaption>a</figcaption></figure>',
    ),
    "figure without an image": ('<figure><img src="x"><figcaption>a</figcaption></figure><p>b</p>', "<p>b</p>"),
    "figure around a table": (
        "<figure><table><tr><td>a</td></tr></table><figcaption>b</figcaption></figure>",
        "<table><tbody><tr><td>a</td></tr></tbody></table><p>b</p>",
    ),
    "bare image": ('<p>a<img src="https://e.org/a.png" alt="b"></p>', "<p>a</p>"),
}


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        pytest.param(*case, id=name)
        for table in (INLINE, NO_BREAK_SPACES, HEADINGS, LISTS, TABLES, OWN_NODES)
        for name, case in table.items()
    ],
)
def test_clean_gives_the_canonical_form(source, stored):
    assert clean(source) == stored
    assert clean(stored) == stored


def test_clean_starts_headings_of_a_section_at_its_level():
    assert clean("<h1>a</h1><h2>b</h2><h3>c</h3><p>d</p>", top_heading=3) == "<h3>a</h3><h4>b</h4><h4>c</h4><p>d</p>"


LINKS_KEPT = [
    "https://example.org",
    "http://example.org:8080/a?b=c&d#e",
    "HTTPS://EXAMPLE.org/%C3%A9",
    "mailto:a@example.org",
    "mailto:a@example.org?subject=b",
    "/conditions/lupus/",
    "/therapies/il-6_b/#benefits",
    "/articles/a/",
    "#harms",
]
LINKS_DROPPED = [
    "//example.org",
    "///example.org",
    "/\\example.org",
    "\\\\example.org",
    "https:example.org",
    "https:/example.org",
    "https:///example.org",
    "https://",
    "https://user@example.org/",
    "https://a:b@example.org/",
    "https://[::1",
    "https://example.org:99999999/",
    "https://exa mple.org",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#1;javascript:alert(1)",
    "data:text/html,a",
    "vbscript:a",
    "file:///etc/passwd",
    "ftp://example.org",
    "/admin/",
    "/admin/logout/",
    "/conditions/",
    "/conditions/a/../../admin/",
    "/conditions/a/?next=//e",
    "/articles/a",
    "relative",
    "?next=//e",
    "mailto:",
    "#",
    "",
]


@pytest.mark.parametrize("address", LINKS_KEPT)
def test_clean_keeps_links(address):
    assert links(clean(f'<p><a href="{address}" target="_blank" rel="x">a</a></p>')) == [address]


@pytest.mark.parametrize("address", LINKS_DROPPED)
def test_clean_unwraps_other_links(address):
    assert clean(f'<p>a <a href="{address}">b</a></p>') == "<p>a b</p>"


# Limits.

DEEP = ["<div>", "<b>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<span>", "<svg>", "<o:p/>", "<b a=1><p>"]


@pytest.mark.parametrize("opening", DEEP)
def test_clean_refuses_deep_nesting(opening):
    assert refusal(opening * 10_000) == "too_deep"


def test_clean_accepts_the_deepest_nesting_and_no_more():
    assert text_of(clean("<ul><li>" * 30 + "a")) == "a"
    assert refusal("<ul><li>" * 31 + "a") == "too_deep"
    assert refusal("<div>" * 61 + "a" + "</div>" * 61) == "too_deep"


def test_clean_counts_what_other_closing_tags_leave_open():
    opened = "".join(f"<b a{number}>" for number in range(55))
    assert refusal(f"<div>{opened}</div>" + "<div>x</div>" * 10_000) == "too_deep"
    assert refusal("<table>" + "<p>x" * 40_000) == "too_deep"


def test_comments_do_not_hide_nesting():
    assert refusal('<p title="<!--">' + "<div>" * 100) == "too_deep"
    assert refusal("<script><!--</script>" + "<div>" * 100) == "too_deep"
    assert refusal("<!-->" + "<div>" * 100 + "-->") == "too_deep"


def test_clean_refuses_too_many_attributes():
    assert refusal("<p " + " ".join(f"a{number}" for number in range(5_000)) + ">") == "tag"
    assert refusal("<p " + "".join(f'a{number}=""' for number in range(5_000)) + ">") == "tag"
    assert clean(f'<p title="{"a b " * 10_000}">c</p>') == "<p>c</p>"


def test_clean_counts_bytes():
    assert refusal("a" * 200_001) == "too_long"
    assert refusal("é" * 100_001) == "too_long"
    assert len(clean("a" * 190_000)) == 190_007


def test_clean_refuses_what_would_become_too_long():
    assert refusal("&" * 100_000) == "too_long"


@pytest.mark.parametrize("text", ["\x00", "a\ud800b", "\x1b", "\uffff"])
def test_clean_refuses_characters_that_cannot_be_stored(text):
    assert refusal(f"<p>{text}</p>") == "control_character"


def test_clean_refuses_control_characters_written_as_numbers():
    assert refusal("<p>&#1;</p>") == "control_character"


def test_refusals_are_plain_sentences():
    with pytest.raises(RichTextError, match="too long: 200001 bytes, at most 200000"):
        clean("a" * 200_001)


def refusal(source):
    with pytest.raises(RichTextError) as error:
        clean(source)
    return error.value.code


# Safety, seen by another parser.

ALLOWED = {
    tag: set() for tag in "p h2 h3 h4 ul ol li strong em a blockquote table caption thead tbody tr th td".split()
}
ALLOWED |= {tag: set() for tag in "figure figcaption sub sup br div".split()}
ALLOWED |= {"a": {"href"}, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}, "ol": {"start"}}
ALLOWED |= {"sup": {"data-ref"}, "div": {"data-help"}, "figure": {"data-image"}}

HOSTILE = [
    "<script>alert(1)</script>a",
    "<scr<script>ipt>alert(1)</script>",
    "<scr<!-- -->ipt>alert(1)</scr<!-- -->ipt>",
    '<p onclick="a()" onmouseover=a()>b</p>',
    '<a href="javascript:alert(1)">a</a>',
    '<a href=" &#14; javascript:alert(1)">a</a>',
    '<a href="java&#10;script:alert(1)">a</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">a</a>',
    '<a href="//evil.example">a</a>',
    '<a href="https://e.org/&quot; onclick=&quot;a()">a</a>',
    "<a href='https://e.org/\" onclick=\"a()'>a</a>",
    '<a href="https://e.org" href="javascript:a()">a</a>',
    "<svg><script>alert(1)</script></svg>",
    "<svg><p><style><img src=x onerror=a()></style></p></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding='text/html'><p>a<script>b</script></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><p title='</textarea><img src=x onerror=a()>'>",
    "<title><p title='</title><img src=x onerror=a()>'>",
    "<xmp><p title='</xmp><img src=x onerror=a()>'>",
    "<template><script>a()</script></template>",
    "<iframe srcdoc='<script>a()</script>'></iframe>",
    "<object data='javascript:a()'></object><embed src='javascript:a()'>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='a()'//>",
    "<style>@import '//evil'</style><link rel=stylesheet href=//evil>",
    "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=//evil'>",
    "<table><td background='javascript:a()'>a</table>",
    '<sup data-ref="a&quot; onclick=&quot;b"></sup>',
    '<div data-help="urgent" onclick="a()"><h3 id="x">b</h3></div>',
    f'<figure data-image="{NAME}" onclick="a()"><img src=x onerror=a()></figure>',
    "<p/onclick=a()>b",
    "<p title=`a`onclick=b()>c",
    "<!--><img src=x onerror=a()>-->",
    "<!--[if IE]><script>a()</script><![endif]-->",
    "<![CDATA[<script>a()</script>]]>",
    "<?xml version='1.0'?><script>a()</script>",
    "<p>a\u0338>\u0338<b>\u0338</b></p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<plaintext><script>a()</script>",
    "<select><iframe></select><img src=x onerror=a()>",
    "<a href='https://e.org'><table><a href='javascript:a()'>b</table></a>",
    "</p></div></body></html><script>a()</script>",
    "<body onload=a()>b",
    "<isindex action=javascript:a() type=image>",
    "<p style='background:url(javascript:a())'>b</p>",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_only_allowed_markup_remains(source):
    stored = clean(source)
    assert violations(stored) == []
    assert clean(stored) == stored


@pytest.mark.parametrize("source", HOSTILE)
def test_dressing_adds_nothing_foreign(source):
    shown = dress(clean(source), figures={})
    own = re.compile(r' (?:class|data-level|tabindex|role|aria-label)="[\w -]*"|</?span[^>]*>')
    assert violations(own.sub("", shown)) == []


def violations(html):
    """Elements, attributes and addresses that are not allowed, as html5lib sees them."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        if element is tree:
            continue
        attributes = set(element.attrib) - ALLOWED.get(element.tag, set())
        if element.tag not in ALLOWED or attributes:
            found.append((element.tag, sorted(attributes)))
        address = element.attrib.get("href", "#")
        if not (address[0] == "#" or urlsplit(address).scheme in {"http", "https", "mailto"} or own_page(address)):
            found.append((element.tag, address))
    return found


def own_page(address):
    return address.startswith(("/conditions/", "/therapies/", "/articles/"))


# The fixed point.

TAGS = (
    "p h1 h2 h4 h6 ul ol li b strong i em a blockquote table caption thead tbody tfoot tr th td figure figcaption img"
    " sub sup br div span section dl dt dd pre hr script svg math style o:p center form"
).split()
ATTRIBUTES = [
    "",
    ' href="https://e.org/?a=1&amp;b"',
    ' href="//e.org"',
    ' data-ref="k-1"',
    ' data-help="emergency"',
    f' data-image="{NAME}"',
    ' class="MsoListParagraph"',
    ' colspan="2"',
    " rowspan=2 scope=row",
    " start=4",
    " onclick=a()",
]
TEXTS = [
    "a",
    " ",
    "\n",
    "\xa0",
    "5",
    "mg",
    "&nbsp;",
    "&amp;",
    "<",
    ">",
    "&#769;",
    "\u0338",
    "· x",
    "1. x",
    "<!--",
    "-->",
    "]]>",
    '"',
]
FRAGMENTS = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.sampled_from(TEXTS),
    st.text(max_size=4).filter(lambda text: not re.search("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]", text)),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_cleaning_twice_changes_nothing(source):
    stored = clean(source)
    assert clean(stored) == stored
    assert violations(stored) == []


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40))
def test_text_survives_cleaning(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    assert spaced(text_of(clean(f"<p>{escaped}</p>"))) == spaced(unicodedata.normalize("NFC", text))


def spaced(text):
    return re.sub("[ \xa0]+", " ", text).strip(" ")


@pytest.mark.parametrize(
    "words",
    [
        "10²",
        "½ tablet",
        "IgG₄",
        "2 µg",
        "≤ 5",
        "p<0.05",
        "10 < 20",
        "<5 mg/kg",
        "5\xa0mg",
        "1,5 %",
        "3–4 × 10⁹/l",
        "TNF‑α",
        "①",
    ],
)
def test_numbers_and_units_survive(words):
    stored = clean(f"<p>{words}</p>")
    assert text_of(stored) == words
    assert text_of(clean(stored)) == words


# Reading.


def test_text_of_separates_blocks_and_cells():
    html = clean(
        "<h2>A</h2><p>b<strong>c</strong>d<br>e</p><ul><li>f<ul><li>g</li></ul></li></ul>"
        "<table><caption>h</caption><tr><th>i</th><th>j</th></tr><tr><td><p>k</p><p>l</p></td><td></td></tr></table>"
        f'<div data-help="urgent"><h3>m</h3><p>n{CITED}o</p></div>'
        f'<figure data-image="{NAME}"><figcaption>p &lt; q</figcaption></figure>'
    )
    assert text_of(html) == "A\nbcd\ne\nf\ng\nh\ni\tj\nk l\t\nm\nno\np < q"


def test_text_of_shown_html_is_without_citation_numbers():
    shown = mark_citations(f"<p>a{CITED} b</p>", lambda key: citation_link(3, "citation-3-1"))
    assert text_of(shown) == "a b"


def test_keys_names_and_addresses_come_in_order_with_repeats():
    html = clean(
        f'<p><a href="https://b.org/?x=1&amp;y=2">b</a>{CITED}<sup data-ref="a"></sup></p>'
        f'<p><a href="#c">c</a>{CITED}</p>'
        f'<figure data-image="{OTHER}"></figure><figure data-image="{NAME}"></figure>'
    )
    assert citations(html) == ["ema-kiovig", "a", "ema-kiovig"]
    assert links(html) == ["https://b.org/?x=1&y=2", "#c"]
    assert images(html) == [OTHER, NAME]


# Showing.

FACTS = FigureFacts(src="/m/a.jpg", srcset="/m/a.jpg 400w", width=400, height=300, alt='A "cell" & b', credit="Ann")


@pytest.mark.parametrize(
    ("level", "label"), [("non-urgent", "Non-urgent"), ("urgent", "Urgent"), ("emergency", "Emergency")]
)
def test_dress_help_box(level, label):
    assert dress(f'<div data-help="{level}"><h3>Call if</h3><p>a</p></div>', figures={}) == (
        f'<div class="help" data-level="{level}"><h3 class="help-heading">'
        f'<span class="visually-hidden">{label} advice: </span>Call if</h3><p>a</p></div>'
    )


def test_dress_help_box_without_heading_says_its_level():
    assert dress('<div data-help="urgent"><p>a</p></div>', figures={}) == (
        '<div class="help" data-level="urgent"><h3 class="help-heading">Urgent advice</h3><p>a</p></div>'
    )


def test_dress_frames_tables():
    table = '<table><caption>a &amp; <em>b</em> "c"</caption><tbody><tr><td>d</td></tr></tbody></table>'
    assert dress(table, figures={}) == (
        f'<div class="table-frame" tabindex="0" role="region" aria-label="a &amp; b &quot;c&quot;">{table}</div>'
    )
    assert 'aria-label="Table"' in dress("<table><tbody><tr><td>d</td></tr></tbody></table>", figures={})


def test_dress_puts_images_in():
    assert dress(f'<figure data-image="{NAME}"><figcaption>b</figcaption></figure>', figures={NAME: FACTS}) == (
        f'<figure data-image="{NAME}"><img src="/m/a.jpg" srcset="/m/a.jpg 400w"'
        ' sizes="(min-width: 45rem) 42rem, 100vw" width="400" height="300"'
        ' alt="A &quot;cell&quot; &amp; b" loading="lazy" decoding="async">'
        '<figcaption>b <span class="figure-credit">Ann</span></figcaption></figure>'
    )


def test_dress_leaves_out_figures_without_facts():
    assert dress(f'<p>a</p><figure data-image="{OTHER}"></figure>', figures={NAME: FACTS}) == "<p>a</p>"


def test_dress_changes_nothing_else():
    html = clean(f"<h2>a</h2><p>5&nbsp;mg &lt; b{CITED}<br>c</p><ol start=3><li>d</li></ol>")
    assert dress(html, figures={}) == html


def test_heading_ids_are_slugs_and_unique():
    html = "<h2>What is <em>it</em>?</h2><h3>What is it</h3><h4>What is it</h4>"
    html += "<h2>日本</h2><h2>???</h2><h2>Reference 3</h2>"
    shown = assign_heading_ids(html)
    assert re.findall(r'<h\d(?: id="([^"]*)")?>', shown) == [
        "what-is-it",
        "what-is-it-2",
        "",
        "日本",
        "section",
        "section-reference-3",
    ]
    assert assign_heading_ids(shown) == shown


def test_heading_ids_take_the_prefix_of_their_section():
    assert assign_heading_ids("<h3>Common</h3>", "harms") == '<h3 id="harms-common">Common</h3>'


def test_citations_are_replaced_in_reading_order():
    html = f'<p>a{CITED}<sup data-ref="b"></sup><sup data-ref="unknown"></sup><sup>2</sup>{CITED}</p>'
    seen = []
    marked = mark_citations(html, lambda key: seen.append(key) or {"ema-kiovig": "[1]", "b": "[2]"}.get(key, ""))
    assert marked == "<p>a[1][2]<sup>2</sup>[1]</p>"
    assert seen == ["ema-kiovig", "b", "unknown", "ema-kiovig"]


def test_citation_link_leads_there_and_can_be_led_back_to():
    assert citation_link(3, "citation-3-1") == (
        '<sup class="citation"><a href="#reference-3" id="citation-3-1" aria-label="Reference 3">3</a></sup>'
    )


def test_safe_html_is_not_escaped_again():
    assert safe("<p>a</p>").__html__() == "<p>a</p>"
