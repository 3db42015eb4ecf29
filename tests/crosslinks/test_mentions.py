"""Mentions follow editions, names, blocks and rows; deriving them again gives the same rows."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from crosslinks import index
from crosslinks.changes import Change, apply
from crosslinks.matching import index_words
from crosslinks.mentions import Found
from crosslinks.models import Block, Mention, Name, VocabularyState
from crosslinks.showing import links_of
from publishing import doors
from publishing.derivations import derivations
from publishing.management.commands.rederive import Command as Rederive
from publishing.models import Page, Rebuild, Stamp
from tests.builders import (
    make_article,
    make_condition,
    make_indication,
    make_name,
    make_therapy,
    publish,
    published,
    schedule,
)

pytestmark = pytest.mark.django_db


def article_saying(*paragraphs, **values):
    return make_article(body="".join(f"<p>{text}</p>" for text in paragraphs), **values)


def linked(page):
    """What the links of a public page wrap, and the titles they lead to."""
    edition = Page.objects.get(pk=page.pk).live
    return [(edition.html[link.place.start : link.place.end], link.target.title) for link in links_of(edition)]


def stored():
    return set(Mention.objects.values_list("pk", *Found._fields))


def test_publishing_a_condition_links_it_where_it_was_already_mentioned():
    article = published(article_saying("Zebra disease is rare."))
    assert linked(article) == []
    published(make_condition(title="Zebra disease"))
    assert linked(article) == [("Zebra disease", "Zebra disease")]


def test_names_of_a_page_count_from_its_first_publication_on():
    article = published(article_saying("Stripes and zebra disease."))
    condition = make_condition(title="Zebra disease")
    make_name(condition, "stripes")
    assert linked(article) == []
    published(condition)
    assert linked(article) == [("Stripes", "Zebra disease")]


def test_draft_does_not_claim_words_of_public_pages():
    article = published(article_saying("Striped zebra disease."))
    published(make_condition(title="Zebra disease"))
    make_name(make_condition(title="Another thing"), "striped zebra disease")
    publish(article, by="tests")
    assert linked(article) == [("zebra disease", "Zebra disease")]


def test_withdrawn_page_is_not_linked_and_its_own_mentions_go():
    condition = published(make_condition(title="Zebra disease", overview="<p>Lion drug helps.</p>"))
    therapy = published(make_therapy(title="Lion drug"))
    article = published(article_saying("Zebra disease and lion drug."))
    doors.withdraw(condition, by="tests", reason="Wrong.")
    assert linked(article) == [("lion drug", "Lion drug")]
    assert not Mention.objects.filter(edition__page=condition).exists()
    assert Mention.objects.filter(target=therapy).exists()


def test_only_the_live_edition_has_mentions():
    published(make_condition(title="Zebra disease"))
    article = published(article_saying("Zebra disease."))
    first = article.live
    article.body = "<p>Nothing of the kind.</p>"
    article.save()
    published(article)
    assert not first.mentions.exists()
    assert linked(article) == []


def test_own_name_is_not_a_mention():
    condition = published(make_condition(title="Zebra disease", overview="<p>Zebra disease is rare.</p>"))
    assert linked(condition) == []
    assert not Mention.objects.filter(edition=condition.live).exists()


def test_mention_in_a_heading_is_kept_with_the_reason_why_it_does_not_link():
    published(make_condition(title="Zebra disease"))
    article = published(make_article(body="<h2>Zebra disease</h2><p>Zebra disease is rare.</p>"))
    decisions = article.live.mentions.order_by("start").values_list("is_accepted", "reason")
    assert [accepted for accepted, _reason in decisions] == [False, True]
    assert decisions[0][1] == "heading"


def test_row_between_two_pages_is_evidence_on_both():
    condition = published(make_condition(title="Zebra disease", overview="<p>Doctors give LD early.</p>"))
    therapy = make_therapy(title="Lion drug")
    make_name(therapy, "LD", kind="abbreviation", exact_case=True, linking="evidence")
    therapy = published(therapy)
    assert linked(condition) == []
    row = make_indication(condition=condition, therapy=therapy)
    therapy.save()
    therapy = published(therapy)
    assert linked(condition) == [("LD", "Lion drug")]
    row.remove()
    therapy.save()
    published(therapy)
    assert linked(condition) == []


def test_renamed_page_keeps_its_old_name():
    article = published(article_saying("Zebra disease."))
    condition = published(make_condition(title="Zebra disease"))
    condition.title = "Striped horse syndrome"
    condition.save()
    published(condition)
    assert linked(article) == [("Zebra disease", "Striped horse syndrome")]
    names = dict(condition.names.values_list("kind", "text"))
    assert names == {"preferred": "Striped horse syndrome", "former": "Zebra disease"}


def test_page_renamed_to_one_of_its_names_takes_it_as_the_preferred_one():
    condition = make_condition(title="Zebra disease")
    make_name(condition, "striped horse syndrome")
    condition = published(condition)
    condition.title = "Striped horse syndrome"
    condition.save()
    published(condition)
    assert sorted(condition.names.values_list("kind", "text")) == [
        ("former", "Zebra disease"),
        ("preferred", "Striped horse syndrome"),
    ]


def test_title_that_is_the_name_of_another_page_is_refused():
    published(make_condition(title="Zebra disease"))
    twin = make_condition(title="zebra diseases")
    with pytest.raises(doors.CannotPublish, match="is already a name of “Zebra disease”"):
        publish(twin, by="tests")


def test_long_page_gives_each_section_a_first_mention():
    published(make_condition(title="Zebra disease"))
    filler = f"<p>{'word ' * 1_010}</p>"
    sections = [f"<h2>Part {number}</h2><p>Zebra disease.</p>{filler}" for number in range(3)]
    short = published(make_article(body="".join(sections[:1])))
    long = published(make_article(body="".join(sections)))
    assert len(linked(short)) == 1
    assert len(linked(long)) == 3


@pytest.fixture
def small_site():
    condition = make_condition(title="Zebra disease", overview="<p>Lion drug helps, and tiger cream.</p>")
    therapy = make_therapy(title="Lion drug", harms="<p>In zebra disease it may harm.</p>")
    cream = make_therapy(title="Tiger cream")
    make_name(cream, "TC", kind="abbreviation", exact_case=True)
    make_indication(condition=condition, therapy=therapy)
    pages = [published(each) for each in (condition, therapy, cream)]
    articles = [
        published(article_saying(f"Zebra disease {n}, whiskers.", "Tiger cream (TC) and TC.")) for n in range(3)
    ]
    apply(Change(block=(Block(page=articles[0], text="Zebra disease", reason="wrong-sense"),)), by="tests")
    doors.withdraw(pages[2], by="tests", reason="Wrong.")
    return articles


def test_deriving_again_changes_no_row(small_site):
    before = stored()
    assert len(before) > 8
    call_command("rederive", verbosity=0)
    assert stored() == before


def test_deriving_afresh_gives_what_the_changes_one_by_one_gave(small_site):
    before = {content[1:] for content in stored()}
    Mention.objects.order_by("pk").first().delete()
    call_command("rederive", "--afresh", verbosity=0)
    assert {content[1:] for content in stored()} == before
    assert VocabularyState.current().is_index_complete
    name = Name(page=Page.objects.get(title="Lion drug"), text="whiskers", kind="plain")
    assert len(apply(Change(save=(name,)), by="tests").pages) == len(small_site)


def test_deriving_goes_on_where_it_was_stopped(small_site):
    pages = list(Page.objects.order_by("pk").values_list("pk", flat=True))
    Rebuild.objects.create(pk=1, last_page=pages[-2])
    Mention.objects.all().delete()
    call_command("rederive", verbosity=0)
    assert set(Mention.objects.values_list("edition__page", flat=True)) == {pages[-1]}
    assert not Rebuild.objects.exists()


def test_names_cannot_change_while_the_index_is_incomplete(small_site):
    VocabularyState.objects.update(is_index_complete=False)
    name = Name(page=Page.objects.get(title="Lion drug"), text="whiskers", kind="plain")
    with pytest.raises(Exception, match="are being derived again"):
        apply(Change(save=(name,)), by="tests")
    assert not Name.objects.filter(text="whiskers").exists()


def test_index_finds_editions_by_all_their_words():
    article = published(article_saying("Aphthé γ globulin, naïve T-cells."))
    published(article_saying("Globulin of another kind."))
    for words in ({"globulin", "gamma"}, index_words("aphthé globulin"), index_words("naïve T cell")):
        assert [each.page_id for each in index.editions_with([frozenset(words)])] == [article.pk]
    assert not index.editions_with([frozenset({"globulin", "nowhere"})]).exists()
    assert not index.editions_with([]).exists()


def test_index_takes_an_edition_once():
    article = published(article_saying("Zebra."))
    assert index.missing([article.live_id, 10**9]) == {10**9}
    doors.withdraw(article, by="tests", reason="Wrong.")
    assert index.missing([article.live_id]) == set()
    assert not index.editions_with([frozenset({"zebra"})]).exists()


def described(therapy, abbreviation, **values):
    make_name(therapy, abbreviation, kind="abbreviation", exact_case=True, **values)
    return therapy


def as_derived_afresh():
    """The mentions as they are, and as they would be; equal, if no change was followed by halves."""
    before = {row[1:] for row in stored()}
    call_command("rederive", "--afresh", verbosity=0)
    return before, {row[1:] for row in stored()}


def test_row_taken_away_counts_where_its_evidence_only_made_a_definition():
    condition = published(make_condition(overview="<h3>Lion drug (LD)</h3><p>They give LD early.</p>"))
    therapy = make_therapy(title="Lions")
    make_name(therapy, "lion drug", linking="evidence")
    row = make_indication(condition=condition, therapy=therapy)
    therapy = published(therapy)
    assert linked(condition) == [("LD", "Lions")]
    row.remove()
    therapy.save()
    published(therapy)
    assert linked(condition) == []
    before, afresh = as_derived_afresh()
    assert before == afresh


def test_row_taken_away_leaves_the_other_therapy_of_the_same_short_form():
    condition = published(make_condition(overview="<p>They give LD early.</p>"))
    lion, leopard = (described(make_therapy(title=title), "LD", linking="evidence") for title in ("Lions", "Leopards"))
    rows = [make_indication(condition=condition, therapy=each) for each in (lion, leopard)]
    published(lion)
    leopard = published(leopard)
    assert linked(condition) == []
    rows[1].remove()
    leopard.save()
    published(leopard)
    assert linked(condition) == [("LD", "Lions")]
    before, afresh = as_derived_afresh()
    assert before == afresh


def test_class_name_that_becomes_the_title_links():
    therapy = make_therapy(title="Lion drugs")
    make_name(therapy, "lion blocker", kind="class", linking="never")
    therapy = published(therapy)
    article = published(article_saying("A lion blocker."))
    therapy.title = "Lion blockers"
    therapy.save()
    published(therapy)
    assert linked(article) == [("lion blocker", "Lion blockers")]


def test_title_in_other_case_leaves_no_former_name():
    condition = published(make_condition(title="Zebra disease"))
    condition.names.update(exact_case=True, key="=Zebra disease")
    condition.title = "Zebra Disease"
    condition.save()
    published(condition)
    assert list(condition.names.values_list("kind", "text")) == [("preferred", "Zebra Disease")]


def test_title_that_another_page_has_as_a_name_links_with_evidence_only(time_machine_at):
    """The door refuses it, but a schedule may have been made before the other page got the name."""
    twin = make_condition(title="Zebra disease")
    now = timezone.now()
    schedule(twin, by="tests", at=now + timedelta(hours=1))
    other = published(make_condition(title="Horse disease"))
    apply(Change(save=(Name(page=other, text="zebra disease", kind="plain"),)), by="tests")
    time_machine_at(now + timedelta(hours=2))
    assert doors.run_due() == 1
    assert twin.names.get(kind="preferred").linking == "evidence"


def test_long_title_of_greek_letters_can_be_published():
    condition = published(make_condition(title="α " * 99 + "α"))
    assert condition.names.get().key.startswith("#")


def test_rederive_that_was_overtaken_stops(small_site):
    first, second = Rederive(), Rederive()
    known = derivations()
    run = first._begin(known, afresh=False)
    second._begin(known, afresh=True)
    with pytest.raises(CommandError, match="Another rederive has taken over"):
        first._derive(known, list(Page.objects.values_list("pk", flat=True)), run)
    assert not VocabularyState.current().is_index_complete
    call_command("rederive", verbosity=0)
    assert VocabularyState.current().is_index_complete


def test_readers_keep_their_links_while_all_is_derived_afresh(small_site):
    links = linked(small_site[1])
    before = Stamp.current().counter
    Rederive()._begin(derivations(), afresh=True)
    assert linked(small_site[1]) == links
    assert Stamp.current().counter == before + 1
    Mention.objects.all().delete()
    call_command("rederive", verbosity=0)
    assert Stamp.current().counter == before + 2


@pytest.fixture
def locks(monkeypatch):
    """How often the lock of the doors was asked for."""
    asked, lock = [], Stamp.lock
    monkeypatch.setattr(Stamp, "lock", lambda: asked.append(True) or lock())
    return asked


def test_changes_of_names_pass_one_at_a_time_with_the_doors(locks):
    condition = published(make_condition(title="Zebra disease"))
    locks.clear()
    apply(Change(save=(Name(page=condition, text="stripes", kind="plain"),)), by="tests")
    assert locks


def test_each_batch_that_is_derived_again_waits_for_the_doors(small_site, locks):
    call_command("rederive", verbosity=0)
    # Its beginning, one batch and its end.
    assert len(locks) == 3
