import json
from copy import deepcopy

import pytest
from django.template.loader import render_to_string
from html5lib import parseFragment
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from publishing.comparison import changed_parts, compare
from publishing.comparison.differences import Group
from tests.publishing.comparison.contents import INDICATION, SOURCE, make_content, section, with_html
from tests.publishing.comparison.test_words import marked


def told(before, after) -> list[tuple]:
    return [(each.key, each.label, str(each.change)) for each in compare(before, after)]


def lines_of(difference) -> dict[str, str]:
    return {line.label: marked(line.runs) for line in difference.lines}


def test_equal_contents_have_no_differences():
    assert not compare(make_content(), make_content())
    assert not compare(None, None)
    assert changed_parts(make_content(), make_content()) == set()


def test_whole_page_is_added_or_removed():
    for differences, change in (
        (compare(None, make_content()), "added"),
        (compare(make_content(), None), "removed"),
    ):
        assert {str(each.change) for each in differences} == {change}
        assert differences.parts == {
            *("title", "summary", "facts", "how-it-works", "indications", "harms"),
            *("rows", "references", "people", "names", "images"),
        }


def test_fields_are_called_as_on_the_form_and_choices_as_readers_see_them():
    after = make_content(title="Rituximab, a medicine", language="de", is_short=True)
    after["page"]["facts"] |= {"routes": "drip, injection", "therapy_class": ""}
    after["page"]["facts"]["codes"].append({"system": "MeSH", "value": "D000069283"})
    after["page"]["shelf"] = {"slug": "supportive", "name": "Other"}
    differences = {each.key: each for each in compare(make_content(), after)}
    assert {key: (each.label, marked(each.runs)) for key, each in differences.items()} == {
        "title": ("title", "Rituximab{+, a medicine+}"),
        "language": ("language", "[-English-]{+de+}"),
        "shelf": ("list", "[-Biologics and targeted medicines-]{+Other+}"),
        "is_short": ("short entry", "[-no-]{+yes+}"),
        "fact:routes": ("routes", "drip{+, injection+}"),
        "fact:therapy_class": ("class", "[-CD20 antibody-]"),
        "fact:codes": ("medical codes", "ATC L01FA01\n{+MeSH D000069283\n+}"),
    }
    assert differences["fact:therapy_class"].change == "removed"


def test_sections_are_compared_by_their_words():
    after = make_content()
    section(after, "harms")["html"] = "<p>Fever and severe chills.</p>"
    [difference] = compare(make_content(), after)
    assert (difference.key, difference.label, difference.group) == ("section:harms", "Harms", Group.SECTIONS)
    assert marked(difference.runs) == "Fever and {+severe +}chills.\n"
    assert (difference.before, difference.after) == ("Fever and chills.\n", "Fever and severe chills.\n")
    assert difference.note == ""
    assert difference.part == "harms"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Fever <strong>and</strong> chills.</p>", "Fever {+[bold: +}and{+]+} chills.\n"),
        ('<p>Fever and chills<sup data-ref="a"></sup>.</p>', "Fever and chills{+[a]+}.\n"),
        ("<h3>Fever and chills.</h3>", "[-¶ -]{+[heading 3] +}Fever and chills.\n"),
    ],
)
def test_sections_whose_words_stay_say_so_and_show_what_does_not(html, shown):
    [difference] = compare(with_html("<p>Fever and chills.</p>"), with_html(html))
    assert marked(difference.runs) == shown
    assert difference.note.startswith("The words are the same.")


def test_sections_come_go_and_move():
    before, after = make_content(), make_content()
    after["page"]["sections"] = [
        section(after, "harms"),
        section(after, "how-it-works"),
        section(after, "indications"),
        {"id": "benefits", "title": "Benefits", "rows": "", "html": "<p>It helps.</p>"},
    ]
    assert told(before, after) == [("section:harms", "Harms", "moved"), ("section:benefits", "Benefits", "added")]
    assert told(after, before) == [("section:harms", "Harms", "moved"), ("section:benefits", "Benefits", "removed")]


def test_moved_and_changed_section_says_both():
    after = make_content()
    section(after, "harms")["html"] = "<p>Fever.</p>"
    after["page"]["sections"].insert(0, after["page"]["sections"].pop())
    [difference] = compare(make_content(), after)
    assert (difference.change, difference.note) == ("changed", "It also stands in another place.")


def test_section_under_another_heading():
    after = make_content()
    section(after, "harms")["title"] = "Side effects"
    [difference] = compare(make_content(), after)
    assert (difference.label, difference.note) == ("Side effects", "The heading was “Harms”.")


def test_rows_are_named_by_kind_and_partner_and_compared_by_column():
    after = make_content()
    after["rows"]["indication-1"] |= {"role": "second-line", "description": "It calms the disease in most people."}
    [difference] = compare(make_content(), after)
    assert (difference.key, difference.label, difference.part) == (
        "row:indication-1",
        "indication: Vasculitis",
        "rows",
    )
    assert lines_of(difference) == {
        "role": "[-First choice-]{+Next choice+}",
        "description": "It calms the [-inflammation-]{+disease+} in most people.",
    }


def test_rows_come_and_go():
    caution = {
        name: INDICATION[name] for name in ("condition", "therapy", "partner", "description", "position_on_therapy")
    }
    caution |= {"kind": "harm", "qualifier": "in children", "is_checked": False, "references": {}}
    after = make_content(rows={"caution-3": caution})
    assert told(make_content(), after) == [
        ("row:caution-3", "caution: Vasculitis (in children)", "added"),
        ("row:indication-1", "indication: Vasculitis", "removed"),
    ]
    added = compare(make_content(), after).differences[0]
    assert lines_of(added) == {
        "description": "{+It calms the inflammation in most people.+}",
        "order on this page": "{+1+}",
        "kind": "{+Can cause harm+}",
        "only for": "{+in children+}",
    }


def test_row_in_another_place_is_moved():
    after = make_content()
    after["rows"]["indication-1"]["position_on_therapy"] = 4
    [difference] = compare(make_content(), after)
    assert difference.change == "moved"
    assert lines_of(difference) == {"order on this page": "[-1-]{+4+}"}


def test_row_cites_another_source():
    other = SOURCE | {"key": "trial", "title": "A trial"}
    after = make_content()
    after["rows"]["indication-1"]["references"] = {"trial": other}
    differences = compare(make_content(), after)
    assert [each.key for each in differences] == ["row:indication-1", "reference:trial"]
    assert lines_of(differences.differences[0]) == {
        "references": "[-[guideline-2024] A guideline\n-]{+[trial] A trial\n+}",
    }


def test_source_that_page_and_row_cite_is_told_once():
    after = make_content()
    for references in (after["page"]["references"], after["rows"]["indication-1"]["references"]):
        references["guideline-2024"] = SOURCE | {"state": "retracted", "year": None}
    [difference] = compare(make_content(), after)
    assert (difference.key, difference.label) == ("reference:guideline-2024", "[guideline-2024] A guideline")
    assert lines_of(difference) == {"state": "[-Available-]{+Retracted+}", "year": "[-2024-]"}


def test_source_of_a_row_published_earlier_is_told():
    after = make_content()
    after["page"]["references"]["guideline-2024"] = SOURCE | {"is_checked": False}
    [difference] = compare(make_content(), after)
    assert lines_of(difference) == {"text seen": "[-yes-]{+no+}"}
    [back] = compare(after, make_content())
    assert lines_of(back) == {"text seen": "[-no-]{+yes+}"}


def test_people_names_and_images():
    after = make_content()
    after["page"]["authors"][0]["interests"] = "Shares in Tests"
    after["page"]["names"][1]["linking"] = "never"
    del after["page"]["names"][0]
    after["page"]["images"]["0" * 32]["alt"] = "A bottle"
    differences = {each.key: each for each in compare(make_content(), after)}
    assert {key: (each.label, str(each.change)) for key, each in differences.items()} == {
        "author:ada": ("Ada Writer", "changed"),
        "name:MabThera": ("MabThera", "changed"),
        "name:RTX": ("RTX", "removed"),
        f"image:{'0' * 32}": ("A bottle", "changed"),
    }
    assert lines_of(differences["author:ada"]) == {"declared interests": "[-None-]{+Shares in Tests+}"}
    assert lines_of(differences["name:MabThera"]) == {"link automatically": "[-yes-]{+no+}"}
    assert lines_of(differences[f"image:{'0' * 32}"]) == {"alternative text": "A [-drip-]{+bottle+}"}


def test_people_and_names_move():
    after = make_content()
    after["page"]["authors"].reverse()
    after["page"]["names"].reverse()
    assert told(make_content(), after) == [
        ("author:ben", "Ben Writer", "moved"),
        ("name:MabThera", "MabThera", "moved"),
    ]


def test_parts_of_the_page():
    after = make_content(summary="Another.", title="Another")
    section(after, "how-it-works")["html"] = ""
    after["page"]["facts"]["routes"] = "injection"
    after["rows"] = {}
    assert changed_parts(make_content(), after) == {"summary", "title", "how-it-works", "facts", "rows"}


def test_what_is_not_known_here_is_shown_all_the_same():
    after = make_content(funding="Somebody")
    after["page"]["facts"]["half_life"] = "long"
    after["rows"]["interaction-5"] = {"effect": "stronger"}
    assert told(make_content(), after) == [
        ("funding", "funding", "added"),
        ("fact:half_life", "half life", "added"),
        ("row:interaction-5", "interaction-5: interaction-5", "added"),
    ]


# Whatever differs is shown

LEAVES = [
    (("page", "title"), str),
    (("page", "summary"), str),
    (("page", "language"), str),
    (("page", "is_short"), bool),
    (("page", "is_demonstration"), bool),
    (("page", "shelf", "slug"), str),
    (("page", "facts", "routes"), str),
    (("page", "facts", "codes", 0, "value"), str),
    (("page", "authors", 0, "credentials"), str),
    (("page", "authors", 1, "is_role"), bool),
    (("page", "sections", 0, "html"), str),
    (("page", "sections", 0, "title"), str),
    (("page", "sections", 1, "rows"), str),
    (("page", "references", "guideline-2024", "year"), int),
    (("page", "references", "guideline-2024", "accessed_on"), str),
    (("page", "images", "0" * 32, "srcset"), str),
    (("page", "names", 0, "linking"), str),
    (("page", "names", 1, "exact_case"), bool),
    (("rows", "indication-1", "description"), str),
    (("rows", "indication-1", "evidence"), str),
    (("rows", "indication-1", "partner"), str),
    (("rows", "indication-1", "condition"), int),
    (("rows", "indication-1", "position_on_therapy"), int),
    (("rows", "indication-1", "references", "guideline-2024", "doi"), str),
]
HTML = st.lists(
    st.sampled_from(
        [
            *(
                "<p>",
                "</p>",
                "<h2>",
                "</h2>",
                "<ul><li>",
                "</li></ul>",
                "<strong>",
                "</strong>",
                "<br>",
                " ",
                "word",
                "5 mg",
            ),
            *(
                '<a href="https://a.example/">',
                "</a>",
                '<sup data-ref="a"></sup>',
                '<div data-help="urgent">',
                "</div>",
            ),
            *("<table>", "<tr><td>", "</td></tr></table>", "&amp;", "<!-- x -->", "\n", "<", "&nbsp;", "\xa0"),
        ]
    ),
    max_size=12,
).map("".join)
VALUES = {str: st.text(max_size=8) | HTML, bool: st.booleans(), int: st.integers(0, 9) | st.none()}


def put(content: dict, path: tuple, value) -> None:
    *way, last = path
    for step in way:
        content = content[step]
    content[last] = value


def as_json(content) -> str:
    return json.dumps(content, sort_keys=True)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_contents_differ_exactly_if_the_comparison_shows_something(data):
    before, after = make_content(), make_content()
    for content in (before, after):
        for path, kind in data.draw(st.lists(st.sampled_from(LEAVES), max_size=3)):
            put(content, path, data.draw(VALUES[kind]))
    comparison = compare(before, after)
    assert bool(comparison) == (as_json(before) != as_json(after))
    for each in comparison:
        assert each.runs or each.lines or each.note or each.change == "moved"
        for runs in (each.runs, *(line.runs for line in each.lines)):
            assert {run.kind for run in runs} != {"same"} or each.note


@given(st.sampled_from(LEAVES), st.data())
@settings(max_examples=100, deadline=None)
def test_every_single_change_is_shown_beside_another(leaf, data):
    """One change never hides another: the part is the same as without the second one."""
    path, kind = leaf
    after = make_content()
    put(after, path, data.draw(VALUES[kind]))
    assume(as_json(after) != as_json(make_content()))
    [part] = changed_parts(make_content(), after)
    put(after, ("page", "facts", "plain_name"), "another")
    assert changed_parts(make_content(), after) == {part, "facts"}


@given(HTML, HTML)
@settings(max_examples=100, deadline=None)
def test_texts_that_differ_show_something_that_changed(before, after):
    assume(before != after)
    [difference] = compare(with_html(before), with_html(after))
    assert any(run.kind != "same" for run in difference.runs)


def test_lists_in_any_order_and_with_doubles():
    before = make_content()
    after = deepcopy(before)
    after["page"]["authors"].append(deepcopy(after["page"]["authors"][0]))
    assert told(before, after) == [("author:ada (2)", "Ada Writer", "added")]


# How it is shown


def shown(template: str, before, after):
    html = render_to_string(template, {"differences": compare(before, after)})
    return html, parseFragment(html, namespaceHTMLElements=False)


TEMPLATES = ["admin/publishing/_differences.html", "publishing/_differences.html"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_added_and_removed_are_said_in_words(template):
    after = make_content(summary="A medicine that removes T cells.")
    _html, fragment = shown(template, make_content(), after)
    [runs] = [each for each in fragment.iter("div") if each.get("class") == "runs"]
    assert "".join(runs.itertext()) == (
        "A medicine that removes [removed: B end of removed][added: T end of added] cells."
    )
    for tag in ("ins", "del"):
        [element] = runs.iter(tag)
        assert [each.get("class") for each in element] == ["visually-hidden"] * 2


@pytest.mark.parametrize("template", TEMPLATES)
def test_page_of_differences_is_sound_html_with_headings_in_order(template):
    after = make_content(title="Other", authors=[], rows={"indication-9": INDICATION | {"partner": "<b>Odd</b>"}})
    section(after, "harms")["html"] = "<h3>New</h3><ul><li>Fever</li></ul><p>And & chills <script>alert(1)</script></p>"
    html, fragment = shown(template, make_content(), after)
    assert "<script" not in html
    assert "<b>" not in html
    assert "style=" not in html
    for changed in [*fragment.iter("ins"), *fragment.iter("del")]:
        assert {each.tag for each in changed.iter()} == {changed.tag, "span"}
    levels = [int(each.tag[1]) for each in fragment.iter() if each.tag in {"h3", "h4"}]
    assert levels[0] == 3
    groups = ["".join(each.itertext()) for each in fragment.iter("h3")]
    assert groups == ["Title and facts", "Text", "Rows", "People"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_long_unchanged_text_is_folded(template):
    words = " ".join(f"word{number}" for number in range(100))
    _html, fragment = shown(template, with_html(f"<p>{words} old</p>"), with_html(f"<p>{words} new</p>"))
    [folded] = [each for each in fragment.iter("span") if each.get("class") == "folded"]
    assert folded.text == " … 88 words unchanged … "


@pytest.mark.parametrize("template", TEMPLATES)
def test_moved_and_noted_differences_are_shown(template):
    after = make_content()
    after["page"]["authors"].reverse()
    html, _fragment = shown(template, make_content(), after)
    assert "Ben Writer" in html
    assert "(moved)" in html
    html, _fragment = shown(template, with_html("<p>A</p>"), with_html("<h2>A</h2>"))
    assert "The words are the same." in html
