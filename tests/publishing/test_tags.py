"""One tag for each name, however it is typed."""

import importlib
import unicodedata
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from hypothesis import given
from hypothesis import strategies as st

from publishing import triggers
from publishing.models import Tag, TaggedBefore, TaggedPage
from publishing.tags import folded, tidy
from tests.builders import make_article, make_tag

pytestmark = pytest.mark.django_db
FOLDING_AGAIN = importlib.import_module("publishing.migrations.0006_tag_keys")
SPELLINGS = {
    "case": ("IVIG", "ivig"),
    "composition": ("Sjögren", "Sjo\u0308gren"),
    "both": ("SJÖGREN", "sjo\u0308gren"),
    "sharp s": ("Maß", "MASS"),
    "final sigma": ("ΣΊΣΥΦΟΣ", "σίσυφος"),
    "width": ("IgG", "ＩｇＧ"),
    "spaces": ("mast cells", "  mast \t cells\n"),
    "no-break space": ("mast cells", "mast\u00a0cells"),
    "narrow space": ("mast cells", "mast\u202fcells"),
    "zero width": ("biologics", "bio\u200blogics"),
    "soft hyphen": ("biologics", "bio\u00adlogics"),
    "byte order mark": ("biologics", "\ufeffbiologics"),
    "mark of direction": ("biologics", "biologics\u200f"),
    "word joiner": ("IL-6", "IL-\u20606"),
    "joiner": ("می\u200cخواهم", "میخواهم"),
    "control": ("biologics", "bio\x07logics"),
    "unseen between letter and accent": ("Sjögren", "Sjo\u00ad\u0308gren"),
    "no-break hyphen": ("anti-TNF", "anti\u2011TNF"),
    "dash": ("graft-versus-host", "graft–versus–host"),
    "apostrophe": ("Crohn's", "Crohn’s"),
}


@pytest.mark.parametrize(("name", "spelling"), SPELLINGS.values(), ids=SPELLINGS)
def test_spellings_are_one_tag(name, spelling):
    tag = Tag.named(name)
    assert Tag.named(spelling) == tag
    with pytest.raises(ValidationError, match="already"):
        Tag(name=spelling, slug="other").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name=spelling)


@pytest.mark.parametrize(("one", "other"), [("Sjögren", "Sjogren"), ("IL-6", "IL-8"), ("B cell", "Bcell"), ("a", "á")])
def test_other_letters_are_other_tags(one, other):
    assert Tag.named(one) != Tag.named(other)


@given(st.text(max_size=20))
def test_folding_takes_every_form_of_a_name_to_the_same(name):
    key = folded(name)
    assert folded(key) == folded(tidy(name)) == key
    assert {folded(unicodedata.normalize(form, tidy(name))) for form in ("NFC", "NFD")} == {key}


def test_name_is_stored_as_it_is_shown():
    assert Tag.objects.create(name=" Sjo\u0308gren\u00ad \u200b\u00a0 disease\x00").name == "Sjögren disease"
    assert Tag.objects.create(name="می\u200cخواهم").name == "می\u200cخواهم"


@pytest.mark.parametrize("name", ["\u200b", " \u00ad ", "\u3164", "\ufeff"])
def test_name_that_nobody_sees_is_refused(name):
    with pytest.raises(ValidationError, match="can be seen"):
        Tag(name=name).clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name=name)


def test_name_that_becomes_too_long_is_refused():
    Tag(name="x" * 100).clean()
    with pytest.raises(ValidationError, match="at most 100"):
        Tag(name="\u0958" * 51).clean()


def test_slug_of_any_script():
    assert [Tag.objects.create(name=name).slug for name in ("IgE", "日本", "!?")] == ["ige", "日本", "tag"]


@pytest.mark.parametrize("letter", ["ﬃ", "㍿", "x"])
def test_slug_of_a_long_name_has_room(letter):
    slugs = [Tag.objects.create(name=letter * 98 + end).slug for end in ("a", "b")]
    assert len(set(slugs)) == 2
    assert max(map(len, slugs)) <= 100


def test_longest_name_has_a_key():
    assert Tag.objects.create(name="\ufdfa" * 100).key == folded("\ufdfa" * 100)


def test_draft_takes_names_however_they_are_typed():
    page, tag = make_article(), make_tag("IVIG")
    page.tags.add("ivig", "IV\u00adIG", tag, "new")
    assert sorted(each.name for each in page.tags.all()) == ["IVIG", "new"]
    page.tags.set(["ivig"])
    assert list(page.tags.all()) == [tag]


def test_renamed_tag_keeps_its_address_and_no_other_takes_its_name():
    tag = make_tag("IVIG")
    tag.name = "Ivig"
    tag.full_clean()
    tag.save()
    assert (Tag.named("IVIG"), tag.slug) == (tag, "ivig")
    other = make_tag("other")
    other.name = "ivig"
    with pytest.raises(ValidationError, match="“Ivig”"):
        other.full_clean()


# What the database itself refuses


def merged(name: str, into: Tag) -> Tag:
    tag = make_tag(name)
    Tag.objects.filter(pk=tag.pk).update(merged_into=into, leads_to=into)
    return Tag.objects.get(pk=tag.pk)


def refused(tag: Tag, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.filter(pk=tag.pk).update(**values)


def test_no_tag_is_merged_into_itself():
    tag, other = make_tag("a"), make_tag("b")
    refused(tag, merged_into=tag, leads_to=tag)
    refused(tag, merged_into=tag, leads_to=other)


def test_tag_that_is_merged_leads_somewhere():
    tag, other = make_tag("a"), make_tag("b")
    refused(tag, merged_into=other)
    refused(tag, leads_to=other)


def test_no_tag_leads_to_one_that_is_merged():
    into = make_tag("b")
    tag, other = merged("a", into), make_tag("c")
    refused(other, merged_into=tag, leads_to=tag)
    # Nor is one merged while others lead to it.
    refused(into, merged_into=other, leads_to=other)
    refused(into, merged_into=tag, leads_to=tag)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name="made merged", merged_into=tag, leads_to=tag)


def test_no_draft_has_a_merged_tag():
    into, page = make_tag("b"), make_article()
    tag = merged("a", into)
    with pytest.raises(IntegrityError), transaction.atomic():
        TaggedPage.objects.create(tag=tag, content_object_id=page.pk)
    page.tags.add(into)
    with pytest.raises(IntegrityError), transaction.atomic():
        TaggedPage.objects.update(tag=tag)
    assert list(page.tags.all()) == [into]


def test_tag_others_were_merged_into_is_not_deleted_under_them():
    into = make_tag("b")
    merged("a", into)
    with pytest.raises(ProtectedError):
        into.delete()
    with pytest.raises(IntegrityError):
        deleted_by_statement(into)


@transaction.atomic
def deleted_by_statement(tag: Tag) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM publishing_tag WHERE id = %s", [tag.pk])
    connection.check_constraints()


def test_rules_of_tags_are_among_those_that_are_missed():
    triggers.drop()
    assert {"publishing_tag_merged", "publishing_taggedpage_added"} <= set(triggers.missing())
    triggers.install()


def test_saving_a_tag_read_before_it_was_merged_does_not_take_that_back():
    tag, into = make_tag("a"), make_tag("b")
    merged("a", into)
    tag.name = "A"
    tag.save()
    assert Tag.objects.get(pk=tag.pk).leads_to == into


# Names of merged tags


def test_name_of_a_merged_tag_is_the_one_that_stands_for_it():
    into, page = make_tag("biologics"), make_article()
    tag = merged("IVIG", into)
    assert Tag.named("ivig") == into
    page.tags.set(["IVIG", tag, into])
    assert list(page.tags.all()) == [into]


def test_name_of_a_merged_tag_is_not_free():
    merged("IVIG", make_tag("biologics"))
    with pytest.raises(ValidationError, match="merged into “biologics”"):
        Tag(name="ivig", slug="other").full_clean()


# Keys that were folded less


@pytest.fixture
def unlike_then():
    """Tags that were two before soft hyphens were folded; which of them is the older does not matter."""
    soft, plain, third = make_tag("one"), make_tag("IVIG"), make_tag("two")
    Tag.objects.filter(pk=soft.pk).update(name="IV\u00adIG", key="iv\u00adig")
    Tag.objects.filter(pk=third.pk).update(name="I\u200bVIG", key="i\u200bvig")
    return soft, plain, third


def fold_again():
    FOLDING_AGAIN.fold_again(apps, SimpleNamespace(connection=connection))


def test_tags_that_are_one_by_now_are_merged(unlike_then):
    soft, plain, third = unlike_then
    both, only, other = make_article(), make_article(), make_article()
    for page, tags in ((both, (soft, plain)), (only, (soft, third)), (other, (make_tag("other"),))):
        TaggedPage.objects.bulk_create(TaggedPage(tag=tag, content_object_id=page.pk) for tag in tags)
    fold_again()
    assert {tag.name: tag.leads_to for tag in Tag.objects.filter(leads_to__isnull=False)} == {
        "IV\u00adIG": plain,
        "I\u200bVIG": plain,
    }
    assert [list(page.tags.all()) for page in (both, only)] == [[plain], [plain]]
    assert TaggedPage.objects.get(content_object=both.pk).is_own
    assert not TaggedPage.objects.get(content_object=only.pk).is_own
    assert TaggedBefore.objects.count() == 3
    assert Tag.named("iv\u00adig") == plain


def test_key_is_folded_anew_and_what_has_none_is_left_alone():
    tag, unseen = make_tag("IVIG"), make_tag("x")
    Tag.objects.filter(pk=tag.pk).update(name="IV\u00adIG", key="iv\u00adig")
    Tag.objects.filter(pk=unseen.pk).update(name="\u200b", key="\u200b")
    fold_again()
    fold_again()
    assert list(Tag.objects.order_by("pk").values_list("key", "leads_to")) == [("ivig", None), ("\u200b", None)]
