"""The import page: files in, drafts out, one report for each."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from publishing.models import Page
from tests.builders import make_category, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    client.force_login(make_user("author"))
    make_category()
    return client


def send(client, *files, place="condition:allergy"):
    data = {"place": place, "files": [SimpleUploadedFile(name, text) for name, text in files]}
    return client.post(reverse("admin:publishing_import"), data)


ASTHMA = b"# Asthma\n\nA disease of the airways.\n\n## Symptoms\n\nCough.\n"


@pytest.mark.parametrize(
    ("role", "status"),
    [("author", 200), ("editor", 200), ("reviewer", 403), ("moderator", 403), ("administrator", 200)],
)
def test_import_is_for_those_who_write(client, role, status):
    client.force_login(make_user(role))
    assert client.get(reverse("admin:publishing_import")).status_code == status
    assert send(client, ("a.md", ASTHMA)).status_code == status
    assert Page.objects.count() == (1 if status == 200 else 0)


def test_document_becomes_a_draft_and_nothing_more(author):
    [report] = send(author, ("asthma.md", ASTHMA)).context["reports"]
    page = Page.objects.get()
    assert (report.page.pk, page.title, page.state, page.live) == (page.pk, "Asthma", "draft", None)
    assert page.concrete.symptoms == "<p>Cough.</p>"


def test_article_goes_to_the_chosen_category(author):
    category = make_category()
    [report] = send(author, ("a.md", ASTHMA), place=f"article:{category.slug}").context["reports"]
    assert report.page.category == category


def test_document_that_says_what_it_is_needs_no_choice(author):
    text = b"---\nkind: therapy\ngroup: biologic\n---\n# Omalizumab\n\nAn antibody.\n"
    [report] = send(author, ("a.md", text)).context["reports"]
    assert (report.page.kind, report.page.group) == ("therapy", "biologic")


def test_each_file_stands_for_itself(author):
    reports = send(author, ("a.md", ASTHMA), ("b.pdf", b"%PDF-1.4"), ("c.md", ASTHMA)).context["reports"]
    assert [bool(report.page) for report in reports] == [True, False, False]
    assert all(report.error for report in reports[1:])
    assert Page.objects.count() == 1


def test_report_says_what_was_dropped(author):
    text = b"<h1>Lupus</h1><p>A disease.</p><script>alert(1)</script><h2>Symptoms</h2><p>Rash.</p>"
    response = send(author, ("lupus.html", text))
    [report] = response.context["reports"]
    assert report.dropped
    assert "Dropped" in response.content.decode()
    assert Page.objects.get().concrete.symptoms == "<p>Rash.</p>"


def test_too_many_files_are_refused(author):
    response = send(author, *((f"{number}.md", ASTHMA) for number in range(21)))
    assert "files" in response.context["form"].errors
    assert not Page.objects.exists()


def test_no_file_is_refused(author):
    assert "files" in send(author).context["form"].errors
