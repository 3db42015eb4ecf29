"""The A to Z: pages under their titles, and under what else they are called."""

import re
from html import unescape

import pytest

from crosslinks.changes import Change, apply
from crosslinks.models import Name
from publishing import doors
from tests.builders import make_condition, make_name, make_therapy, published

pytestmark = pytest.mark.django_db
SECTION = re.compile(r'<section class="letter".*?>(.)</h2>(.*?)</section>', re.DOTALL)
LINK = re.compile(r"<a href=[^>]+>(.*?)</a>")


def listed(client, address="/therapies/"):
    """What stands under each letter, as readers see it."""
    return {
        letter: [unescape(re.sub("<[^>]+>", "", link)) for link in LINK.findall(section)]
        for letter, section in SECTION.findall(client.get(address).text)
    }


def called(*texts, title="Quinine", **values):
    """A public therapy with these other names."""
    page = make_therapy(title=title)
    for text in texts:
        make_name(page, text, **values)
    return published(page)


def test_other_name_stands_under_its_own_letter(client):
    called("MTX", "Nordimet", title="Methotrexate")
    assert listed(client) == {
        "M": ["Methotrexate", "MTX – see Methotrexate"],
        "N": ["Nordimet – see Methotrexate"],
    }


def test_whole_line_of_another_name_is_the_link_to_the_page(client):
    url = called("Nordimet", title="Methotrexate").get_absolute_url()
    line = f'<a href="{url}">Nordimet <span>– see Methotrexate</span></a>'
    assert line in client.get("/therapies/").text


def test_new_name_is_listed_at_the_next_request(client):
    page = called()
    assert listed(client) == {"Q": ["Quinine"]}
    apply(Change(save=(Name(page=page, text="bark drops", kind="plain"),)), by="tests")
    assert listed(client) == {"B": ["bark drops – see Quinine"], "Q": ["Quinine"]}


def test_removed_name_is_gone_at_the_next_request(client):
    page = called("bark drops")
    assert "B" in listed(client)
    apply(Change(remove=(page.names.get(text="bark drops"),)), by="tests")
    assert listed(client) == {"Q": ["Quinine"]}


def test_names_of_a_withdrawn_page_are_gone_at_the_next_request(client):
    page = called("bark drops")
    assert "B" in listed(client)
    doors.withdraw(page, by="tests", reason="Wrong.")
    assert listed(client) == {}


def test_names_of_a_draft_are_not_listed(client):
    make_name(make_therapy(title="Quinine"), "bark drops")
    called("resin", title="Myrrh")
    assert listed(client) == {"M": ["Myrrh"], "R": ["resin – see Myrrh"]}


def test_names_of_another_kind_are_not_listed(client):
    condition = make_condition(title="Malaria")
    make_name(condition, "marsh fever")
    published(condition)
    called()
    assert listed(client) == {"Q": ["Quinine"]}


@pytest.mark.parametrize(
    ("values", "is_listed"),
    [
        ({"kind": "abbreviation"}, True),
        ({"kind": "former"}, True),
        ({"kind": "generic", "linking": "evidence"}, True),
        ({"kind": "generic", "linking": "never"}, False),
        ({"kind": "class", "linking": "never"}, False),
        ({"kind": "plural"}, False),
    ],
)
def test_name_that_means_more_or_is_a_plural_is_not_listed(client, values, is_listed):
    called("bark drops", **values)
    assert ("B" in listed(client)) == is_listed


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        (["IVIg", "IVIG"], ["IVIG – see Quinine"]),
        (["IL-6 BLOCKERS", "IL-6 blocker"], ["IL-6 blocker – see Quinine"]),
        (["immunothérapie", "immunotherapie"], ["immunotherapie – see Quinine"]),
        (["IBIS feather extract", "ibis feather"], ["ibis feather – see Quinine"]),
        (["ibis feather", "ibis beak"], ["ibis beak – see Quinine", "ibis feather – see Quinine"]),
        (["ibis", "ibises", "idol"], ["ibis – see Quinine", "idol – see Quinine"]),
    ],
)
def test_names_that_repeat_a_shorter_one_are_one_line(client, names, lines):
    # In this case only: no other names of a page are one to the matcher.
    called(*names, exact_case=True)
    assert listed(client)["I"] == lines


def test_names_that_are_one_to_the_matcher_stand_under_each_of_their_letters(client):
    called("kidney drops", "renal drops", exact_case=True)
    assert listed(client) == {"K": ["kidney drops – see Quinine"], "Q": ["Quinine"], "R": ["renal drops – see Quinine"]}


@pytest.mark.parametrize("name", ["QUININE DROP", "Quinine drops forte", "quinine", "Quinine’s water"])
def test_name_that_would_stand_beside_its_title_and_begins_alike_is_not_listed(client, name):
    called(name, title="Quinine drops")
    assert listed(client) == {"Q": ["Quinine drops"]}


def test_name_that_goes_on_from_its_title_is_not_listed_wherever_it_would_stand(client):
    called("Sea salt water", title="Sea salt")
    called(title="Sea salt tangle")
    assert listed(client) == {"S": ["Sea salt", "Sea salt tangle"]}


def test_name_that_begins_as_its_title_stands_where_another_page_comes_between(client):
    called("sea water", title="Sea salt")
    called(title="Sea tangle")
    assert listed(client)["S"] == ["Sea salt", "Sea tangle", "sea water – see Sea salt"]


def test_name_that_begins_with_the_same_single_letter_as_the_title_is_listed(client):
    called("B-ALL", title="B-cell treatment")
    assert listed(client)["B"] == ["B-ALL – see B-cell treatment", "B-cell treatment"]


def test_name_in_other_words_beside_its_title_is_listed(client):
    called("Quinora")
    assert listed(client)["Q"] == ["Quinine", "Quinora – see Quinine"]


def test_title_without_words_hides_no_name(client):
    called("7 drops", title="?!")
    assert listed(client) == {"#": ["?!", "7 drops – see ?!"]}


def test_title_stands_before_a_name_of_another_page_that_is_the_same(client):
    called("QUININE", title="Myrrh", linking="evidence")
    called()
    assert listed(client)["Q"] == ["Quinine", "QUININE – see Myrrh"]


def test_name_of_several_pages_leads_to_each_in_the_order_of_their_titles(client):
    for title in ("Zeta", "Eta", "Theta"):
        called("normal globulin", title=title, linking="evidence")
    assert listed(client)["N"] == [f"normal globulin – see {title}" for title in ("Eta", "Theta", "Zeta")]


def test_case_accents_and_apostrophes_have_no_say_in_the_order_and_greek_letters_stand_under_their_names(client):
    names = ["ea", "Éb", "EC", "ed’s b", "Eds a", "el", "ε-drops", "eq"]
    called(*reversed(names))
    assert listed(client)["E"] == [f"{name} – see Quinine" for name in names]


@pytest.mark.parametrize(
    ("name", "letter"),
    [("2019-nCoV", "#"), ("(S)-drops", "#"), ("β-drops", "B"), ("Ψ drops", "P"), ("ördrops", "O"), ("ßdrops", "S")],
)
def test_letter_of_a_name(client, name, letter):
    called(name)
    assert listed(client)[letter] == [f"{name} – see Quinine"]


def test_group_keeps_the_names_of_its_pages(client):
    for title, group, name in (("Myrrh", "supportive", "resin"), ("Quinine", "biologic", "bark drops")):
        page = make_therapy(title=title, group=group)
        make_name(page, name)
        published(page)
    assert listed(client, "/therapies/?group=biologic") == {"B": ["bark drops – see Quinine"], "Q": ["Quinine"]}


def test_pages_are_counted_not_names(client):
    called("bark drops", "resin")
    assert "1 page, by its first letter." in client.get("/therapies/").text


def test_name_is_escaped(client):
    called("<script>alert(1)</script>", title="T <b>")
    text = client.get("/therapies/").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <span>– see T &lt;b&gt;</span>" in text
    assert "<script>alert" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_names_cost_one_query(client, django_assert_num_queries, count):
    for number in range(count):
        called(*[f"{letter} drops {number}" for letter in "abc"[:count]], title=f"Quinine {number}")
    with django_assert_num_queries(4):
        text = client.get("/therapies/").text
    assert text.count("– see ") == count * count
