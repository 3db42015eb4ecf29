"""What the tests of the search ask, and how they change what there is to find."""

from crosslinks import changes
from crosslinks.changes import Change
from crosslinks.models import Name
from publishing import doors
from publishing.models import Page
from search.searching import search
from tests.builders import make_article, published


def titles(typed: str, **values) -> list[str]:
    return [hit.edition.title for hit in search(typed, **values).hits]


def call(page: Page, *texts: str, kind: str = "plain", **values) -> None:
    """Give the page these names, as an editor does."""
    changes.apply(Change(save=tuple(Name(page=page, text=text, kind=kind, **values) for text in texts)), by="tests")


def call_no_more(page: Page, text: str) -> None:
    changes.apply(Change(remove=(page.names.get(text=text),)), by="tests")


def withdraw(page: Page) -> None:
    doors.withdraw(Page.objects.get(pk=page.pk).concrete, by="tests", reason="Out of date")


def article(title: str, text: str = "Some text.", **values) -> Page:
    """Public, and not about health: nobody has to sign it off."""
    values = {"summary": "In short.", "is_medical": False} | values
    return published(make_article(title=title, body=f"<p>{text}</p>", **values))
