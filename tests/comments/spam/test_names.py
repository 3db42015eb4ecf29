import pytest

from comments.spam.names import advert_in, borrowed
from comments.text import name_key

STAFF = frozenset({name_key("Ada Writer"), name_key("ImmunoPortal")})


@pytest.mark.parametrize(
    "name",
    [
        "http://x.example",
        "cheap-pills.example",
        "Call +44 7700 900123",
        "me@example.org",
        "SEO Expert",
        "Casino Bonus",
        "Payday Loans 24",
        "weight loss tips",
        "Buy Cialis",
    ],
)
def test_names_that_sell_are_found(name):
    assert advert_in(name)


@pytest.mark.parametrize("name", ["Anna", "George Best", "Tom 1975", "mum of 2", "李", "Mrs Price", "Олена", "a.b."])
def test_names_of_people_do_not_sell(name):
    assert advert_in(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        "Admin",
        "a d m i n",
        "Αdmin",
        "Moderator",
        "ImmunoPortal Team",
        "The ImmunoPortal team",
        "Ada Writer",
        "ada_writer",
        "Adа Wrіter",
        "Ada Writer (editor)",
    ],
)
def test_names_of_staff_and_offices_are_borrowed(name):
    assert borrowed(name, STAFF)


@pytest.mark.parametrize("name", ["Ada", "Drew", "Dr. Miller", "Anna Miller, MD", "Modesta", "Proficient", "Ed"])
def test_other_names_are_not_borrowed(name):
    assert borrowed(name, STAFF) == ""


@pytest.mark.parametrize(
    "name",
    ["lmmunoPortal", "1mmunoPortal", "Irnmunoportal", "ımmunoportal", "ɑdmin", "ᴀdmin", "mօderator", "ImmunoPortаl",
     "Immuno\u200bPortal", "ImmunoPortaI", "Admіn", "ⓐdmin", "vvebmaster", "Editoriaı Team", "Adm1n"],
)  # fmt: skip
def test_look_alikes_of_offices_are_noticed(name):
    assert borrowed(name, frozenset())
