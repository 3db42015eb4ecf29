import os
import re
import struct
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from publishing.documents import DocumentError, process, read_document, read_documents
from publishing.documents.archive import checked_archive
from publishing.documents.front_matter import split_header
from publishing.documents.html import check_declarations
from publishing.documents.reading import answer, decoded, read
from publishing.richtext import text_of

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def parsed(name, text):
    """Without the child process."""
    return read(name, text if isinstance(text, bytes) else text.encode())


def messages(document, level):
    return [finding.message for finding in document.findings if finding.level == level]


# Plain text.

GARDEN = """How to Keep Bees Well

Keeping bees asks for patience. A colony needs food, water and a dry place.

There are several things to look at in spring:

  • Food Stores: A colony should have enough honey for four weeks.
  • Space: A second box is given before the first one is full.
  • Nothing else

In the end, the weather decides.
"""


def test_text_with_title_and_bullets():
    document = parsed("bees.txt", GARDEN)
    assert document.title == "How to Keep Bees Well"
    assert document.html == (
        "<p>Keeping bees asks for patience. A colony needs food, water and a dry place.</p>"
        "<p>There are several things to look at in spring:</p>"
        "<ul><li><strong>Food Stores</strong>: A colony should have enough honey for four weeks.</li>"
        "<li><strong>Space</strong>: A second box is given before the first one is full.</li>"
        "<li>Nothing else</li></ul><p>In the end, the weather decides.</p>"
    )
    assert "lists: 1" in messages(document, "recognised")


@pytest.mark.parametrize("after", [" Bees are insects that live together.", "\nBees are insects that live together."])
def test_text_with_a_repeated_title(after):
    document = parsed("a.txt", f"Why do bees dance\nWhy do bees dance{after}\nThey dance a lot.\n\n\n\n\n")
    assert document.title == "Why do bees dance"
    assert document.html == "<p>Bees are insects that live together.</p><p>They dance a lot.</p>"
    assert messages(document, "dropped") == ["the title where it was repeated at the start of the text"]


def test_text_that_only_begins_like_its_title():
    document = parsed("a.txt", "Honey bees\n\nHoney bees are insects.")
    assert document.html == "<p>Honey bees are insects.</p>"


@pytest.mark.parametrize(
    ("top", "bottom", "names"),
    [
        ("", "\n\nMaria van Loon\n\nMaria van Loon", ["Maria van Loon"]),
        ("", "\n\nDr. Jean-Luc O’Neill, MD", ["Dr. Jean-Luc O’Neill, MD"]),
        ("By Ana Silva and Ben Okri\n\n", "", ["Ana Silva", "Ben Okri"]),
        ("", "\n\nWritten by Ana Silva", ["Ana Silva"]),
        ("By the sea it is colder than here.\n\n", "", []),
        ("", "\n\nFurther Reading", []),
    ],
)
def test_text_with_a_byline(top, bottom, names):
    document = parsed("a.txt", f"Bees in winter\n\n{top}Bees sit close together.{bottom}")
    assert document.byline == names
    assert not any(name in text_of(document.html) for name in names)
    assert "Bees sit close together." in text_of(document.html)


CLOCKS = """The usual clock in a kitchen is the wall clock (WC).
Understanding Wall Clocks (WC)
Wall clocks hang on a wall. They're read from afar; they aren't worn by anybody, and they need a nail.
How Wall Clocks Work
- Motor: It turns the hands.
- Battery: It feeds the motor for a year.
Kinds of Clocks
There are several kinds of clocks. According to our list, these are common:
Kind | Use |
---|---|
Quartz clocks | Clocks that don't need winding. |
Sun dials | Clocks for gardens. |
Things to Consider
1. Measure the wall.
2. Buy a nail.
It is good to remember that every clock needs care from time to time, whatever the label says.
"""


def test_text_without_title_but_with_headings_list_and_table():
    document = parsed("a.txt", CLOCKS)
    assert document.lead == "The usual clock in a kitchen is the wall clock (WC)."
    assert document.title == "Understanding Wall Clocks (WC)"
    assert re.findall("<h2>(.*?)</h2>", document.html) == [
        "Understanding Wall Clocks (WC)",
        "How Wall Clocks Work",
        "Kinds of Clocks",
        "Things to Consider",
    ]
    assert (
        '<table><thead><tr><th scope="col">Kind</th><th scope="col">Use</th></tr></thead><tbody>'
        "<tr><td>Quartz clocks</td><td>Clocks that don't need winding.</td></tr>"
        "<tr><td>Sun dials</td><td>Clocks for gardens.</td></tr></tbody></table>"
    ) in document.html
    assert "<li><strong>Motor</strong>: It turns the hands.</li>" in document.html
    assert "<ol><li>Measure the wall.</li><li>Buy a nail.</li></ol>" in document.html
    assert document.lead not in text_of(document.html)


def test_text_with_the_furniture_of_a_shop():
    document = parsed(
        "a.txt",
        "Home\nTea from the hills\n\nTea grows where it rains.\n\nComments (0)\n\nWrite a review\n\n"
        "Required fields are marked with *\n\nCategories\n\nTea pots\n\nAll rights reserved",
    )
    assert (document.title, document.html) == ("Tea from the hills", "<p>Tea grows where it rains.</p>")
    assert len(messages(document, "dropped")) == 7


def test_text_about_comments_is_kept():
    document = parsed(
        "a.txt", "On reviews\n\nWrite a review of your day. It helps.\n\nShare this with your team, they may know."
    )
    assert text_of(document.html) == "Write a review of your day. It helps.\nShare this with your team, they may know."
    assert parsed("a.txt", "On reviews\n\nHome\n\nSearch").html == "<p>Home</p><p>Search</p>"


def test_text_with_wrapped_lines():
    document = parsed(
        "a.txt",
        "Rivers and their names\n\nMany rivers have names that are older than the\nlanguages spoken on their banks "
        "today, and\nnobody knows what they meant.\n\n- one item that is long enough to go on in\n"
        "  the next line\n- two\n",
    )
    assert document.html == (
        "<p>Many rivers have names that are older than the languages spoken on their banks today, and nobody knows"
        " what they meant.</p><ul><li>one item that is long enough to go on in the next line</li><li>two</li></ul>"
    )


def test_text_with_numbered_headings():
    document = parsed(
        "a.txt", f"On ink\n\n1. Where it comes from\n\n{'Ink is old. ' * 9}\n\n2. Use\n\n{'Ink is wet. ' * 9}"
    )
    assert re.findall("<h2>(.*?)</h2>", document.html) == ["Where it comes from", "Use"]


def test_text_with_a_table_of_tabs():
    document = parsed("a.txt", "On ink\n\nA text.\n\nColour\tPrice\nred\t1\nblue\t2\n")
    assert '<th scope="col">Colour</th>' in document.html
    assert messages(document, "warning") == ["the first row of a table was taken as its header: “Colour | Price”"]


def test_text_without_any_title_is_named_after_its_file():
    document = parsed("folder/on-old_ink.txt", "Ink is old. It is wet.")
    assert document.title == "On old ink"
    assert messages(document, "warning") == ["no title found: proposed from the name of the file"]


def test_markup_in_text_is_text():
    document = parsed("a.txt", "A title\n\np<0.05 & <b>x</b> <script>a()</script>")
    assert document.html == "<p>p&lt;0.05 &amp; &lt;b&gt;x&lt;/b&gt; &lt;script&gt;a()&lt;/script&gt;</p>"


# Markdown.

MARKDOWN = """---
title: Wool
authors: [Ana Silva, Ben Okri]
summary: "On wool"
date: 2026-11-21
related:
  - a/b
---

Wool is warm.[^who-2020][^nhs_1]

## Uses

Kind | Use
-----|----
Fine | Shirts[^who-2020]

::: emergency Call your *local* emergency number now if
- you see fire
- call [them](https://example.org)
:::

::: non-urgent Ask if
1. one
2. two
:::

![A sheep](sheep.png) and <b>raw</b>, [a](javascript:alert(1)), [b](/conditions/a/), [c](other.md)

    four spaces are text

[^1]: A footnote
    that goes on.
"""


def test_markdown():
    document = parsed("a.md", MARKDOWN)
    assert document.title == "Wool"
    assert document.byline == ["Ana Silva", "Ben Okri"]
    assert document.front_matter["summary"] == "On wool"
    assert document.front_matter["date"] == "2026-11-21"
    assert document.front_matter["related"] == ["a/b"]
    assert document.html == (
        '<p>Wool is warm.<sup data-ref="who-2020"></sup><sup data-ref="nhs-1"></sup></p><h2>Uses</h2>'
        '<table><thead><tr><th scope="col">Kind</th><th scope="col">Use</th></tr></thead>'
        '<tbody><tr><td>Fine</td><td>Shirts<sup data-ref="who-2020"></sup></td></tr></tbody></table>'
        '<div data-help="emergency"><h3>Call your <em>local</em> emergency number now if</h3>'
        "<ul><li>you see fire</li><li>call them</li></ul></div>"
        '<div data-help="non-urgent"><h3>Ask if</h3><ol><li>one</li><li>two</li></ol></div>'
        '<p>and &lt;b&gt;raw&lt;/b&gt;, a, <a href="/conditions/a/">b</a>, c</p><p>four spaces are text</p>'
    )


def test_markdown_reports_what_it_drops():
    document = parsed("a.md", MARKDOWN)
    assert messages(document, "dropped") == [
        "footnote text dropped: [^1] “A footnote that goes on.”. Make it a reference with this key.",
        "image “A sheep”: add it on the page",
        "link to “javascript:alert(1)” (its words stay)",
        "link to “other.md” (its words stay)",
    ]
    assert messages(document, "warning") == ["HTML is shown as text: “<b>”"]


def test_markdown_title_is_the_first_heading():
    document = parsed("a.md", "# On *wool*\n\n## Uses\n\na\n")
    assert (document.title, document.html) == ("On wool", "<h2>Uses</h2><p>a</p>")


def test_markdown_title_of_the_header_is_not_repeated():
    assert parsed("a.md", "---\ntitle: Wool\n---\n# wool\n\na\n").html == "<p>a</p>"
    assert parsed("a.md", "---\ntitle: Wool\n---\n# Uses\n\na\n").html == "<h2>Uses</h2><p>a</p>"


def test_markdown_box_that_is_not_closed_or_not_known():
    document = parsed("a.md", "::: urgent Call if\n- a\n")
    assert document.html == '<div data-help="urgent"><h3>Call if</h3><ul><li>a</li></ul></div>'
    assert any("not closed" in message for message in messages(document, "warning"))
    document = parsed("a.md", "::: mild Call if\n- a\n:::\n")
    assert "unknown kind of box: “mild”" in messages(document, "warning")


def test_markdown_is_not_html():
    document = parsed("a.md", "a\n\n<script>alert(1)</script>\n\n<div onclick=a()>b</div>\n")
    assert document.html == (
        "<p>a</p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>&lt;div onclick=a()&gt;b&lt;/div&gt;</p>"
    )


def test_a_rule_at_the_start_is_not_a_header():
    assert split_header("---\na\n") == ({}, "---\na\n")


HEADERS_REFUSED = {
    "a list": ("- a\n- b", "name: value"),
    "a text": ("abc", "name: value"),
    "an anchor": ("a: &x 1", "anchors"),
    "an alias": ("a: &x [1]\nb: *x", "anchors"),
    "laughter": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "anchors"),
    "an object": ("a: !!python/object/apply:os.system [ls]", "not valid YAML"),
    "bytes": ("a: !!binary aGVsbG8=", "may hold only"),
    "a set": ("a: !!set {b, c}", "may hold only"),
    "broken": ("a: [b", "not valid YAML"),
    "a bad date": ("a: 2026-13-45", "not valid YAML"),
    "a huge number": ("a: " + "9" * 5_000, "not valid YAML"),
    "deep": ("a: " + "[" * 6 + "]" * 6, "too much"),
    "very deep": ("a: " + "[" * 9_000, "too much"),
    "many": ("a: [" + "b, " * 2_000 + "]", "too much"),
    "long": ("a: " + "b" * 30_000, "too long"),
    "a number as a name": ("1: a", "quotation marks"),
}


@pytest.mark.parametrize(("header", "words"), HEADERS_REFUSED.values(), ids=HEADERS_REFUSED)
def test_headers_that_are_refused(header, words):
    with pytest.raises(DocumentError, match=words):
        split_header(f"---\n{header}\n---\ntext")


def test_header_values():
    header, body = split_header("---\na: 1\nb: [true, null, 1.5]\nc: {d: {e: x}}\nf: 2026-01-02\n---\nrest")
    assert header == {"a": 1, "b": [True, None, 1.5], "c": {"d": {"e": "x"}}, "f": "2026-01-02"}
    assert body == "rest"


# HTML.

PAGE = """<!DOCTYPE html>
<html><head><title>Wool | The sheep site</title><meta name="author" content="Ana Silva"><style>p {}</style></head>
<body><header>The sheep site</header><nav><a href="/">Home</a></nav>
<main><h1>On wool</h1><p style="x">Wool is <b>warm</b>.<script>a()</script></p><h3>Uses</h3>
<ul><li>one<li>two</ul><img src="x.png" alt="A sheep"><form><input name=q><p>Search</p></form>
<table><tr><th>a<th>b<tr><td>c<td>d</table><p><a href="javascript:a()">x</a> <a href="https://e.org">y</a></p></main>
<footer>Imprint</footer></body></html>
"""


def test_html():
    document = parsed("a.html", PAGE)
    assert document.title == "On wool"
    assert document.byline == ["Ana Silva"]
    assert document.html == (
        "<p>Wool is <strong>warm</strong>.</p><h2>Uses</h2><ul><li>one</li><li>two</li></ul>"
        '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
        "<tbody><tr><td>c</td><td>d</td></tr></tbody></table>"
        '<p>x <a href="https://e.org">y</a></p>'
    )
    assert messages(document, "dropped") == [
        "script: 1",
        "style: 1",
        "everything outside the main part of the page",
        "form: 1",
        "image “A sheep”: add it on the page",
        "link to “javascript:a()” (its words stay)",
    ]


def test_html_without_a_main_part():
    document = parsed("a.htm", "<title>Wool</title><nav>Home</nav><p>a</p><h2>b</h2><p>c</p><footer>d</footer>")
    assert (document.title, document.html) == ("Wool", "<p>a</p><h2>b</h2><p>c</p>")
    assert {"nav: 1", "footer: 1"} <= set(messages(document, "dropped"))


@pytest.mark.parametrize(
    "doctype",
    [
        "",
        "<!doctype html>",
        "<!DOCTYPE HTML >",
        '<!DOCTYPE html SYSTEM "about:legacy-compat">',
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">',
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"\n "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
    ],
)
def test_usual_document_types_are_accepted(doctype):
    assert check_declarations(f"{doctype}<p>a</p>") is None


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE html [<!ENTITY a "b">]>',
        "<!DOCTYPE html []>",
        '<!DOCTYPE html SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "file:///etc/passwd">',
        '<!DOCTYPE lolz SYSTEM "http://e.org/a.dtd">',
        "<!DOCTYPE svg>",
        "<!DOCTYPE html",
        '<!doctype html><!ENTITY a "b">',
    ],
)
def test_other_document_types_are_refused(doctype):
    with pytest.raises(DocumentError, match="document type"):
        check_declarations(f"{doctype}<p>a</p>")


# Word documents.

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def docx(body, *, declaration="", parts=None):
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{declaration}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return packed({"word/document.xml": document} | (parts or {}))


def packed(parts):
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def paragraph(text, style="", extra=""):
    mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{mark}<w:r><w:t xml:space="preserve">{text}</w:t></w:r>{extra}</w:p>'


def relations(*targets, kind="hyperlink", mode='TargetMode="External"'):
    rows = (f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{to}" {mode}/>' for n, to in enumerate(targets))
    return f'<Relationships xmlns="{PACKAGE}">{"".join(rows)}</Relationships>'


def link(number, text):
    return f'<w:hyperlink r:id="r{number}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>'


def test_docx():
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in "ab")
    body = (
        paragraph("On wool", "Title")
        + paragraph("Wool is 10² warm, ≤ 5\xa0mg. ", extra=link(0, "good") + link(1, "bad"))
        + paragraph("Uses", "Heading2")
        + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
        + paragraph("Noted", extra='<w:r><w:footnoteReference w:id="2"/></w:r>')
    )
    notes = f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2">{paragraph("A note.")}</w:footnote></w:footnotes>'
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style></w:styles>'
    )
    document = parsed(
        "a.docx",
        docx(
            body,
            parts={
                "word/_rels/document.xml.rels": relations("https://e.org/", "javascript:alert(1)"),
                "word/footnotes.xml": notes,
                "word/styles.xml": styles,
            },
        ),
    )
    assert document.title == "On wool"
    assert document.html == (
        '<p>Wool is 10² warm, ≤ 5&nbsp;mg. <a href="https://e.org/">good</a>bad</p><h2>Uses</h2>'
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
        '<p>Noted<sup data-ref="footnote-2"></sup></p>'
    )
    assert messages(document, "dropped") == [
        "footnote text dropped: [^footnote-2] “A note.”. Make it a reference with this key.",
        "link to “javascript:alert(1)” (its words stay)",
    ]


def test_docx_with_a_linked_picture_opens_nothing():
    blip = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:docPr id="1" descr="A sheep"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        '<a:blip r:link="r0"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    parts = {"word/_rels/document.xml.rels": relations("file:///etc/passwd", kind="image")}
    document = parsed("a.docx", docx(paragraph("a", extra=blip), parts=parts))
    assert document.html == "<p>a</p>"
    assert messages(document, "dropped") == ["image “A sheep”: add it on the page"]


def many(count):
    return {f"word/{number}.xml": "<a/>" for number in range(count)}


def lying():
    """The directory says 5 bytes, the data unpack to a million."""
    data = bytearray(docx(paragraph("a"), parts={"word/z.xml": "<a>" + " " * 1_000_000 + "</a>"}))
    place = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 24, 5)
    return bytes(data)


def linked():
    target = BytesIO(docx(paragraph("a")))
    with ZipFile(target, "a") as archive:
        entry = ZipInfo("word/b.xml")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return target.getvalue()


BILLION = '<!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
ARCHIVES_REFUSED = {
    "a text run that unpacks to 50 MB": lambda: docx(paragraph("a" * 50_000_000)),
    "a part that unpacks to 8 MB": lambda: docx(paragraph("a" * 8_000_000)),
    "millions of paragraphs": lambda: docx("<w:p/>" * 1_500_000),
    "too many elements": lambda: docx("<w:r/>" * 300_000),
    "too many paragraphs": lambda: docx("<w:p/>" * 30_000),
    "too many parts": lambda: docx(paragraph("a"), parts=many(2_001)),
    "an archive inside": lambda: docx(paragraph("a"), parts={"word/b.bin": packed({"c": "d"})}),
    "a document inside": lambda: docx(paragraph("a"), parts={"word/b.xlsx": "d"}),
    "an absolute path": lambda: docx(paragraph("a"), parts={"/etc/cron.d/a": "b"}),
    "a path upwards": lambda: docx(paragraph("a"), parts={"word/../../a.xml": "<b/>"}),
    "a link": linked,
    "a lying size": lying,
    "a document type": lambda: docx(paragraph("a"), declaration=BILLION),
    "a document type in another part": lambda: docx(paragraph("a"), parts={"word/styles.xml": f"{BILLION}<a>&b;</a>"}),
    "UTF-16": lambda: packed({"word/document.xml": f"{BILLION}<a>&b;</a>".encode("utf-16")}),
    "EBCDIC": lambda: packed(
        {"word/document.xml": b'<?xml version="1.0" encoding="cp037"?>' + BILLION.encode("cp037")}
    ),
    "no text part": lambda: packed({"xl/workbook.xml": "<a/>"}),
    "not XML": lambda: packed({"word/document.xml": "hello"}),
    "broken XML": lambda: packed({"word/document.xml": "<a><b></a>"}),
    "a cut file": lambda: docx(paragraph("a"))[:-30],
}


@pytest.mark.parametrize("make", ARCHIVES_REFUSED.values(), ids=ARCHIVES_REFUSED)
def test_archives_that_are_refused(make):
    assert list(answer("a.docx", "a.docx", make())) == ["error"]


def test_deeply_nested_docx_is_refused():
    result = answer("a.docx", "a.docx", docx("<w:smartTag>" * 3_000 + "</w:smartTag>" * 3_000))
    assert "nested too deeply" in result["error"]


def test_only_checked_parts_reach_the_reader():
    data = docx(paragraph("a"), parts={"word/media/a.png": b"\x89PNG", "docProps/core.xml": "<a/>"})
    with ZipFile(checked_archive(data)) as archive:
        assert archive.namelist() == ["word/document.xml", "docProps/core.xml"]


# Letters, numbers, units.

WORDS = "10² ½ 5 µg ≤ 5 – “naïve” TNF-α 3–4 × 10⁹/l p<0.05"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_encodings(name, encoding):
    text = f"<p>A text with {WORDS}</p>" if name == "a.html" else f"A text with {WORDS}"
    assert text_of(parsed(name, text.encode(encoding)).html) == f"A text with {WORDS}"


def test_windows_letters():
    assert decoded("10² ½ µg – “naïve” €".encode("cp1252")) == "10² ½ µg – “naïve” €"


def test_line_ends():
    assert decoded(b"a\r\nb\rc\n") == "a\nb\nc\n"


@pytest.mark.parametrize("data", [b"a\x00b", b"\x01\x02\x03abc", b"\xff\xfea\x00b", b"\x81\x8d\x8f\x90\x9d abc"])
def test_what_is_not_text_is_refused(data):
    with pytest.raises(DocumentError):
        decoded(data)


# Files and the child process.

FILES_REFUSED = {
    "empty": ("a.txt", b"", "a.txt is empty"),
    "blank": ("a.txt", b" \n\n ", "no text was found"),
    "unknown kind": ("a.exe", b"MZ", "not a kind of document"),
    "no ending": ("README", b"a", "not a kind of document"),
    "a PDF": ("a.md", b"%PDF-1.7 abc", "of the kind PDF"),
    "a PDF as .docx": ("a.docx", b"%PDF-1.7 abc", "not a .docx document"),
    "a picture": ("a.txt", b"\x89PNG\r\n\x1a\n", "of the kind PNG"),
    "an old document": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1", ".doc format"),
    "a Word document as text": ("a.txt", b"PK\x03\x04abc", "of the kind ZIP"),
    "another archive": ("a.docx", packed({"a": "b"}), "no text part"),
    "HTML as text": ("a.txt", b"<!doctype html><p>a", "ending .html"),
    "text as HTML": ("a.html", b"abc", "contains no HTML"),
    "garbage": ("a.md", bytes(range(256)) * 20, "a.md: "),
    "too large": ("a.txt", b"a" * 10_000_001, "too large"),
    "50 MB": ("a.docx", b"a" * 50_000_000, "too large"),
    "too long a text": ("a.txt", b"word " * 90_000, "too long"),
    "nested quotations": ("a.md", b"> " * 200 + b"a", None),
    "nested lists": ("a.html", b"<ul><li>" * 90_000, "too deep"),
    "a name with a path": ("../../etc/a\x1b.txt", b"", "a\ufffd.txt is empty"),
}


def test_files_that_are_refused_do_not_stop_the_others():
    good = [(f"good-{number}.txt", GARDEN.encode()) for number in range(2)]
    results = read_documents([good[0], *((name, data) for name, data, _words in FILES_REFUSED.values()), good[1]])
    for result, (label, (_name, _data, words)) in zip(results[1:-1], FILES_REFUSED.items(), strict=True):
        if words:
            assert isinstance(result, DocumentError), label
            assert words in str(result), label
    assert results[0].title == results[-1].title == "How to Keep Bees Well"


def test_read_document_raises():
    with pytest.raises(DocumentError, match=r"a\.txt is empty"):
        read_document("a.txt", b"")


def test_read_document_gives_what_the_reader_gives():
    assert read_document("a.md", MARKDOWN.encode()) == parsed("a.md", MARKDOWN)
    assert read_document("a.docx", docx(paragraph("a"))).html == "<p>a</p>"


def test_a_child_that_dies_is_replaced(monkeypatch):
    children = []
    ask = process.Child.ask

    def die_once(self, child, name, data):
        children.append(child)
        if name == "second.txt":
            child.kill()
            child.wait()
        return ask(self, child, name, data)

    monkeypatch.setattr(process.Child, "ask", die_once)
    first, second, third = read_documents([(f"{name}.txt", GARDEN.encode()) for name in ("first", "second", "third")])
    assert first == third
    assert "second.txt cannot be read" in str(second)
    assert children[0] is children[1] is not children[2]
    assert all(child.poll() is not None for child in children)


def test_a_child_that_takes_too_long_is_killed(monkeypatch):
    started = subprocess.Popen
    monkeypatch.setattr(process, "MAX_SECONDS", 0.05)
    monkeypatch.setattr(subprocess, "Popen", lambda command, **options: started(["sleep", "60"], **options))
    with pytest.raises(DocumentError, match="takes too long"):
        read_document("a.txt", b"abc")


def test_a_reader_that_fails_is_reported_without_the_words_of_the_document(monkeypatch, caplog):
    reply = b'{"crash": "KeyError in docx.py:1"}\n'
    monkeypatch.setattr(process.Child, "ask", lambda *_args: reply)
    with pytest.raises(DocumentError, match="it is damaged"):
        read_document("a.docx", docx(paragraph("secret")))
    assert "KeyError in docx.py:1" in caplog.text
    assert "secret" not in caplog.text


CONFINED = """
import os, resource, socket, sys
from publishing.documents import child, reading
def probe(name, shown, data):
    found = {}
    for label, act in (("open", lambda: open("/etc/hostname")), ("socket", socket.socket), ("pipe", os.pipe)):
        try:
            act()
        except OSError as error:
            found[label] = error.errno
    try:
        bytearray(600_000_000)
    except MemoryError:
        found["memory"] = True
    found["environment"] = sorted(os.environ)
    found["cpu"] = resource.getrlimit(resource.RLIMIT_CPU)[0]
    return found
reading.answer, warm_up = probe, reading.warm_up
child.main("en")
"""


def test_the_child_can_neither_open_files_nor_connect():
    result = subprocess.run(
        [process.sys.executable, "-c", CONFINED],
        input=b'{"name": "a", "shown": "a", "size": 0}\n',
        capture_output=True,
        cwd=process.PROJECT,
        env={"LANG": "C.UTF-8"},
        check=True,
    )
    found = process.json.loads(result.stdout)
    assert (found["open"], found["socket"], found["pipe"]) == (24, 24, 24)
    assert found["memory"] is True
    assert 10 <= found["cpu"] <= 20


def test_the_child_inherits_no_environment(monkeypatch):
    monkeypatch.setitem(os.environ, "SECRET_KEY", "a secret")
    child = process.Child()
    running = child.start()
    names = Path(f"/proc/{running.pid}/environ")
    try:
        assert not names.exists() or b"SECRET" not in names.read_bytes()
        assert os.getsid(running.pid) == running.pid
    finally:
        child.process = running
        child.stop()


# Documents found in the wild.


@pytest.mark.skipif(not SEEDS.exists(), reason="the folder of found documents is not here")
def test_found_documents():
    files = sorted(SEEDS.glob("*.txt"))
    bullets, repeated, signed, untitled, shop = read_documents([(file.name, file.read_bytes()) for file in files])
    assert bullets.html.count("<li><strong>") == bullets.html.count("<li>") == 4
    assert repeated.title not in text_of(repeated.html)
    assert len(signed.byline) == 1
    assert signed.byline[0] not in signed.html
    assert untitled.lead.endswith(".")
    assert untitled.html.count("<th ") == 2
    assert untitled.html.count("<tr><td>") == 4
    assert untitled.title in text_of(untitled.html)
    assert len(messages(shop, "dropped")) == 4
    assert not re.search("Comments|review|Required|Categories", shop.html)
    assert all(document.title for document in (bullets, repeated, signed, untitled, shop))
