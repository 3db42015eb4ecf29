import pytest
from django.core.management import call_command

from publishing import doors
from publishing.models import Edition, Event, Page
from tests.builders import publish

pytestmark = pytest.mark.django_db
SITE = """
people:
- {slug: ed, name: Ed, is_role: true, credentials: Lay author, interests: None}
- {slug: stand-in, name: Stand-in, is_role: true, is_demonstration: true, credentials: A role, interests: None}
categories: [{slug: facts, name: Facts}]
"""
REFERENCES = """key,title,authors,publisher,year,kind,url,doi,pmid,accessed_on,checked
known,A source,,A journal,2024,guideline,,,,2026-11-21,yes
"""
ARTICLE = """---
kind: article
title: {title}
slug: {slug}
summary: What it says.
category: facts
authors: [ed]
demonstration: true
---
{text}[^known]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "site.yaml").write_text(SITE)
    (tmp_path / "references.csv").write_text(REFERENCES)
    write(tmp_path)
    return tmp_path


def write(folder, text="First text."):
    (folder / "articles" / "one.md").write_text(ARTICLE.format(title="One", slug="one", text=text))


def load(folder):
    call_command("load_content", folder=folder)


def test_content_is_published_once_and_again_only_when_it_changed(folder, client):
    load(folder)
    load(folder)
    assert Edition.objects.count() == 1
    assert Page.objects.get().state == "published"
    write(folder, "Second text.")
    load(folder)
    assert "Second text." in client.get("/articles/one/").text
    assert Edition.objects.count() == 2


def test_page_that_was_withdrawn_stays_withdrawn(folder, client):
    load(folder)
    doors.withdraw(Page.objects.get().concrete, by="tests", reason="Wrong")
    load(folder)
    assert client.get("/articles/one/").status_code == 410


def test_draft_that_somebody_changed_is_left_alone(folder, capsys):
    load(folder)
    page = Page.objects.get().concrete
    page.title = "Changed here"
    page.save()
    load(folder)
    assert Page.objects.get().title == "Changed here"
    assert "left as it is" in capsys.readouterr().out


def test_page_of_somebody_else_at_the_same_address_is_left_alone(folder):
    load(folder)
    page = Page.objects.get().concrete
    page.title = "Changed and published here"
    page.save()
    publish(page, by="tests")
    load(folder)
    assert Edition.objects.live().get().title == "Changed and published here"


def test_run_that_was_interrupted_before_publishing_is_finished(folder):
    load(folder)
    write(folder, "Second text.")
    (folder / "articles" / "two.md").write_text(ARTICLE.format(title="Two", slug="two", text="x"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doors, "publish", stop)
        with pytest.raises(KeyboardInterrupt):
            load(folder)
    assert Event.objects.filter(action="imported").count() == 3
    load(folder)
    assert Edition.objects.live().filter(slug="two").exists()


def stop(*args, **kwargs):
    raise KeyboardInterrupt
