"""A change of the vocabulary does exactly what its preview said."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crosslinks.changes import Change, OutcomeChanged, apply, preview
from crosslinks.mentions import stored as stored_mentions
from crosslinks.models import Block, Mention, Name
from crosslinks.showing import links_of
from publishing import doors
from publishing.models import Edition, Event, Page, Stamp
from tests.builders import make_article, make_condition, make_therapy, make_user, published

pytestmark = pytest.mark.django_db


def name(page, text, **values):
    return Name(page=page, text=text, **{"kind": "plain"} | values)


def stored(page):
    return page.names.exclude(kind="preferred").get()


@pytest.fixture
def ivig():
    return published(make_therapy(title="Intravenous immunoglobulin", slug="ivig"))


def article(text, **values):
    return published(make_article(body=f"<p>{text}</p>", **values))


def told(outcome):
    return [
        (
            page.title,
            shift.kind,
            shift.target.title,
            f"{shift.sentence.before}[{shift.sentence.mention}]{shift.sentence.after}",
        )
        for page in outcome.pages
        for shift in page.shifts
    ]


def test_preview_names_the_pages_and_sentences_and_changes_nothing(ivig):
    article("First. Some get gamma globulin at home.", title="Home")
    article("Other globulin.", title="Other")
    before = Stamp.current().counter
    outcome = preview(Change(save=(name(ivig, "gamma globulin"),)))
    assert told(outcome) == [("Home", "appears", "Intravenous immunoglobulin", "Some get [gamma globulin] at home.")]
    assert not Name.objects.filter(text="gamma globulin").exists()
    assert not Mention.objects.exists()
    assert Stamp.current().counter == before


def test_link_of_a_removed_name_vanishes(ivig):
    article("Some get gamma globulin.", title="Home")
    apply(Change(save=(name(ivig, "gamma globulin"),)), by="tests")
    outcome = apply(Change(remove=(stored(ivig),)), by="tests")
    assert [row[:3] for row in told(outcome)] == [("Home", "vanishes", "Intravenous immunoglobulin")]
    assert not Mention.objects.exists()


def test_link_moves_to_an_earlier_mention(ivig):
    article("Some get gamma globulin. Intravenous immunoglobulin it is.", title="Home")
    outcome = apply(Change(save=(name(ivig, "gamma globulin"),)), by="tests")
    assert told(outcome) == [("Home", "moves", "Intravenous immunoglobulin", "Some get [gamma globulin].")]


def test_longer_name_takes_the_place_of_the_shorter(ivig):
    other = published(make_therapy(title="Anti-D"))
    article("Anti-D immunoglobulin and intravenous immunoglobulin.", title="Both")
    apply(Change(save=(name(ivig, "immunoglobulin"),)), by="tests")
    outcome = apply(Change(save=(name(other, "anti-D immunoglobulin"),)), by="tests")
    assert told(outcome) == [
        ("Both", "appears", "Anti-D", "[Anti-D immunoglobulin] and intravenous immunoglobulin."),
        ("Both", "moves", "Intravenous immunoglobulin", "Anti-D immunoglobulin and [intravenous immunoglobulin]."),
    ]
    page = Page.objects.get(title="Both")
    assert [page.live.html[link.place.start : link.place.end] for link in links_of(page.live)] == [
        "Anti-D immunoglobulin",
        "intravenous immunoglobulin",
    ]


def test_names_of_a_draft_change_nothing_for_readers():
    article("Stripes.")
    draft = make_condition(title="Zebra disease")
    assert not apply(Change(save=(name(draft, "stripes"),)), by="tests")
    assert Name.objects.filter(text="stripes").exists()


def test_text_blocked_on_the_site_links_nowhere_and_one_blocked_on_a_page_only_there(ivig):
    home, away = (article("Intravenous immunoglobulin.", title=title) for title in ("Home", "Away"))
    on_page = Block(page=home, text="intravenous immunoglobulins", reason="common-word")
    assert [row[:2] for row in told(apply(Change(block=(on_page,)), by="tests"))] == [("Home", "vanishes")]
    everywhere = Block(text="intravenous immunoglobulin", reason="common-word")
    assert [row[:2] for row in told(apply(Change(block=(everywhere,)), by="tests"))] == [("Away", "vanishes")]
    assert not links_of(away.live)
    assert [row[:2] for row in told(apply(Change(unblock=(everywhere,)), by="tests"))] == [("Away", "appears")]
    assert [row[:2] for row in told(preview(Change(unblock=(on_page,))))] == [("Home", "appears")]


def test_change_of_something_else_since_the_preview_is_shown_first(ivig):
    change = Change(save=(name(ivig, "gamma globulin"),))
    seen = preview(change).digest
    article("Some get gamma globulin.", title="New")
    with pytest.raises(OutcomeChanged) as refusal:
        apply(Change(save=(name(ivig, "gamma globulin"),)), by="tests", seen=seen)
    assert [row[0] for row in told(refusal.value.outcome)] == ["New"]
    assert not Name.objects.filter(text="gamma globulin").exists()
    assert apply(Change(save=(name(ivig, "gamma globulin"),)), by="tests", seen=refusal.value.outcome.digest)


def test_blocked_text_is_blocked_in_whichever_way_the_name_is_written():
    published(make_condition(title="Cancer of the breast"))
    article("Breast cancer is common.", title="Home")
    outcome = apply(Change(block=(Block(text="breast cancer", reason="common-word"),)), by="tests")
    assert [row[:2] for row in told(outcome)] == [("Home", "vanishes")]


def test_name_beside_one_of_the_same_words_is_saved_as_it_was_seen(ivig):
    """Which of two names of a page a mention is, must not depend on which was stored first."""
    article("Lddd here.", title="Home")
    apply(Change(save=(name(ivig, "Lddd", exact_case=True),)), by="tests")
    new = name(ivig, "lddd", linking="evidence")
    assert apply(Change(save=(new,)), by="tests", seen=preview(Change(save=(new,))).digest) is not None


def test_digest_tells_targets_and_places_apart(ivig):
    other = published(make_therapy(title="Other therapy"))
    article("Gamma globulin, delta globulin.", title="Home")
    digests = {
        preview(Change(save=(name(page, text),))).digest
        for page in (ivig, other)
        for text in ("gamma globulin", "delta globulin")
    }
    assert len(digests) == 4


def test_change_is_in_the_audit_trail_and_raises_the_stamp(ivig):
    article("Some get gamma globulin.")
    before = Stamp.current().counter
    editor = make_user("editor")
    apply(Change(save=(name(ivig, "gamma globulin"),)), by=editor)
    event = Event.objects.latest("pk")
    assert (event.subject_id, event.user_id, event.action) == (ivig.pk, editor.pk, "changed")
    assert event.details["name"]["was"] is None
    assert event.details["name"]["is"]["text"] == "gamma globulin"
    assert event.details["links"] == {"appears": 1, "vanishes": 0, "moves": 0}
    assert Stamp.current().counter == before + 1


def test_author_may_not_change_the_vocabulary(ivig):
    with pytest.raises(PermissionDenied):
        apply(Change(save=(name(ivig, "gamma globulin"),)), by=make_user("author"))


def test_name_that_fails_leaves_nothing_behind(ivig):
    other = published(make_therapy(title="Other therapy"))
    article("Gamma globulin, other globulin.")
    change = Change(save=(name(other, "other globulin"), name(other, "Intravenous immunoglobulins")))
    with pytest.raises(IntegrityError), transaction.atomic():
        apply(change, by="tests")
    assert not Name.objects.filter(text="other globulin").exists()
    assert not Mention.objects.exists()


def test_name_moves_from_one_page_to_another_in_one_change(ivig):
    other = published(make_therapy(title="Other therapy"))
    article("Some get gamma globulin.", title="Home")
    apply(Change(save=(name(ivig, "gamma globulin"),)), by="tests")
    old = stored(ivig)
    old.linking = "never"
    outcome = apply(Change(save=(name(other, "gamma globulin"), old)), by="tests")
    assert [row[:3] for row in told(outcome)] == [
        ("Home", "appears", "Other therapy"),
        ("Home", "vanishes", "Intravenous immunoglobulin"),
    ]


def test_stored_editions_stay_as_they_are(ivig):
    page = article("Some get gamma globulin.")
    before = Edition.objects.values("html", "text", "digest", "snapshot").get(pk=page.live_id)
    apply(Change(save=(name(ivig, "gamma globulin"),)), by="tests")
    assert Edition.objects.values("html", "text", "digest", "snapshot").get(pk=page.live_id) == before


@pytest.mark.parametrize("others", [1, 30])
def test_cost_of_a_preview_does_not_grow_with_pages_it_does_not_concern(ivig, others):
    for number in range(others):
        article(f"Page {number} says nothing of it.")
    article("Some get gamma globulin.")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        preview(Change(save=(name(ivig, "gamma globulin"),)))
    assert len(queries) == 10
    read = [query for query in queries if '"html"' in query["sql"]]
    assert len(read) == 1


WORDS = ["lion", "drug", "lions", "zebra", "disease", "LD", "ZD", "(LD)", "and.", "anti-lion", "TNF-α", "tnf alpha"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
short = st.lists(st.sampled_from(WORDS[:7]), min_size=1, max_size=3).map(" ".join)
names = st.tuples(
    st.integers(0, 2),
    short,
    st.sampled_from(["plain", "brand", "abbreviation"]),
    st.booleans(),
    st.sampled_from(["automatic", "evidence", "never"]),
)


def public_links():
    return {
        (edition.title, link.target.title, edition.html[link.place.start : link.place.end], link.place.start)
        for edition in Edition.objects.live()
        for link in links_of(edition)
    }


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bodies=st.lists(texts, min_size=1, max_size=4),
    first=st.lists(names, max_size=3),
    change=names,
    remove=st.booleans(),
)
def test_outcome_equals_the_preview(bodies, first, change, remove):
    with transaction.atomic():
        targets = [published(make_condition(title=title)) for title in ("Zebra disease", "Elephant")]
        targets.append(make_therapy(title="Lion drug"))
        for entry in first:
            saved(targets, entry)
        targets[2] = published(targets[2])
        for number, body in enumerate(bodies):
            article(body, title=f"Article {number}")
        compare(targets, change, remove=remove)
        transaction.set_rollback(True)


def saved(targets, entry):
    which, text, kind, exact_case, linking = entry
    new = name(targets[which], text, kind=kind, exact_case=exact_case, linking=linking)
    try:
        with transaction.atomic():
            apply(Change(save=(new,)), by="tests")
    except IntegrityError:
        return None
    return new


def compare(targets, entry, *, remove):
    which, text, kind, exact_case, linking = entry
    existing = Name.objects.exclude(kind="preferred").first()
    new = name(targets[which], text, kind=kind, exact_case=exact_case, linking=linking)
    change = Change(save=(new,), remove=(existing,) if remove and existing else ())
    before, outcome = public_links(), preview(change)
    try:
        with transaction.atomic():
            done = apply(change, by="tests", seen=outcome.digest)
    except IntegrityError:
        assert public_links() == before
        return
    after = public_links()
    assert told(done) == told(outcome)
    assert {row[0] for row in before ^ after} == {page.title for page in outcome.pages}
    appeared = sum(shift.kind != "vanishes" for page in outcome.pages for shift in page.shifts)
    vanished = sum(shift.kind != "appears" for page in outcome.pages for shift in page.shifts)
    assert (len(after - before), len(before - after)) == (appeared, vanished)
    rederived = set(stored_mentions(Mention.objects.all()))
    for edition in Edition.objects.live():
        doors.derivations()[0].rebuild({edition.page_id: edition})
    assert set(stored_mentions(Mention.objects.all())) == rederived
