import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from publishing import doors
from publishing.models import Page, Reference
from tests.builders import make_article, make_reference, make_tag, make_therapy, published

pytestmark = pytest.mark.django_db


def test_every_save_counts_one_version():
    page = make_article()
    assert page.version == 1
    page.save()
    page.save()
    assert Page.objects.get(pk=page.pk).version == page.version == 3


def test_saving_a_page_read_before_it_was_withdrawn_does_not_bring_it_back():
    page = published(make_article())
    stale = type(page).objects.get(pk=page.pk)
    doors.withdraw(page, by="tests", reason="Wrong")
    stale.title = "Edited meanwhile"
    stale.save()
    page = Page.objects.get(pk=page.pk)
    assert (page.live, page.state, page.title) == (None, "withdrawn", "Edited meanwhile")


def test_saving_notes_the_references_of_every_text():
    first, second = make_reference(key="first"), make_reference(key="second")
    page = make_therapy(harms='<p>x<sup data-ref="first"></sup></p>', benefits='<p>x<sup data-ref="second"></sup></p>')
    assert set(page.citations.all()) == {first, second}
    page.harms = "<p>x</p>"
    page.save()
    assert set(page.citations.all()) == {second}


def test_cited_reference_cannot_be_deleted_in_draft_or_once_public():
    reference = make_reference(key="kept")
    page = make_article(body='<p>x<sup data-ref="kept"></sup></p>')
    with pytest.raises(ProtectedError):
        reference.delete()
    published(page)
    page.body = "<p>x</p>"
    page.save()
    with pytest.raises(ProtectedError):
        Reference.objects.filter(key="kept").delete()


def test_text_is_sanitised_on_save():
    page = make_article(body='<p onclick="x()">Hello<script>alert(1)</script></p><h1>Big</h1>')
    assert type(page).objects.get(pk=page.pk).body == "<p>Hello</p><h2>Big</h2>"


@pytest.mark.parametrize(
    "values",
    [
        {"state": "published"},
        {"review_interval": 0},
        {"review_interval": 61},
    ],
)
def test_database_refuses_what_must_never_be_true(values):
    page = make_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=page.pk).update(**values)


def test_database_refuses_a_withdrawn_page_with_a_live_edition():
    page = published(make_article())
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=page.pk).update(state="withdrawn")


def test_two_pages_of_a_kind_never_share_an_address():
    make_article(slug="same")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(slug="same")
    assert make_therapy(slug="same").slug == "same"


def test_stamp_rises_with_people_and_tags():
    from publishing.models import Stamp  # noqa: PLC0415 (one use)

    page = published(make_article())
    before = Stamp.current().counter
    page.authors.get().save()
    make_tag("new")
    assert Stamp.current().counter == before + 2
