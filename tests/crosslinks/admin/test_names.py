"""The vocabulary screen: what saving and deleting a name does, what is looked at first, and what is refused."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from crosslinks import changes
from crosslinks.admin import forms, previews
from crosslinks.changes import Change
from crosslinks.models import Block, Name, VocabularyState
from crosslinks.showing import links_of
from publishing.models import Event
from tests.builders import make_article, make_condition, make_name, make_therapy, make_user, published
from tests.publishing.admin.forms import posted

pytestmark = pytest.mark.django_db

ADD = "/admin/crosslinks/name/add/"
LIST = "/admin/crosslinks/name/"


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


@pytest.fixture
def therapy():
    return published(make_therapy(title="Immunoglobulin infusion"))


def article(text, **values):
    return published(make_article(body=f"<p>{text}</p>", **values))


def address(name, view="change"):
    return reverse(f"admin:crosslinks_name_{view}", args=[name.pk])


def typed(page, text, **values):
    defaults = {"page": page.pk, "text": text, "kind": "plain", "language": "en", "linking": "automatic"}
    return defaults | values


def added(page, text, **values):
    """A name of a page that may be public, with its mentions."""
    name = Name(page=page, text=text, **{"kind": "plain"} | values)
    changes.apply(Change(save=(name,)), by="tests")
    return name


def again(name):
    return Name.objects.get(pk=name.pk)


def errors(response):
    form = response.context["adminform"].form
    return {field: [str(each) for each in messages] for field, messages in form.errors.items()}


def links(page):
    return [link.target.title for link in links_of(type(page).objects.get(pk=page.pk).live)]


# Adding


def test_name_that_changes_no_public_page_is_saved_at_once_and_says_so(editor, therapy):
    response = editor.post(ADD, typed(therapy, "gamma  drip"), follow=True)
    name = Name.objects.get(text="gamma drip")
    assert (name.page_id, name.kind, name.linking) == (therapy.pk, "plain", "automatic")
    assert "No link on a public page changes." in response.content.decode()
    assert LogEntry.objects.get().object_id == str(name.pk)
    assert Event.objects.filter(action="changed").latest("pk").details["name"]["is"]["text"] == "gamma drip"


def test_name_that_links_is_first_shown_and_then_saved_with_exactly_that(editor, therapy):
    page = article("Some people get a gamma drip every month.", title="Infusions")
    shown = editor.post(ADD, typed(therapy, "gamma drip"))
    assert shown.status_code == 200
    assert not Name.objects.filter(text="gamma drip").exists()
    html = shown.content.decode()
    assert "Save and change 1 page" in html
    assert "1 link appears" in html
    assert "A link to “Immunoglobulin infusion” appears:" in html
    [shift] = shown.context["preview"].pages[0].shifts
    assert (shift.sentence.before, shift.sentence.mention) == ("Some people get a ", "gamma drip")
    assert 'value="gamma drip"' in html

    assert editor.post(ADD, posted(shown)).status_code == 302
    assert links(page) == ["Immunoglobulin infusion"]


def test_name_that_stands_where_its_page_is_linked_already_says_on_how_many_pages(editor, therapy):
    for title in ("First", "Second"):
        article("Immunoglobulin infusion, that is: a gamma drip.", title=title)
    article('<a href="/therapies/nowhere/">A gamma drip</a> in a link.', title="Not linked")
    response = editor.post(ADD, typed(therapy, "gamma drip"), follow=True)
    said = [str(message) for message in response.context["messages"]]
    assert said[0] == "No link on a public page changes. It stands on 2 public pages that link there already."


def test_links_that_make_room_are_told_apart(editor, therapy, settings):
    settings.CROSSLINK_DENSITY = 1
    published(make_condition(title="Gamma disease"))
    article("Gamma disease, or one gamma drip a month.", title="Crowded")
    shown = editor.post(ADD, typed(therapy, "one gamma drip"))
    [page] = shown.context["preview"].pages
    assert [(shift.kind, shift.target.title) for shift in page.shifts] == [("appears", "Immunoglobulin infusion")]
    assert [(shift.kind, shift.target.title) for shift in page.besides] == [("vanishes", "Gamma disease")]
    assert "The link to “Gamma disease” vanishes, there is no room for it any more:" in shown.content.decode()
    assert editor.post(ADD, posted(shown)).status_code == 302
    deleted = editor.get(address(Name.objects.get(text="one gamma drip"), "delete"))
    [page] = deleted.context["preview"].pages
    assert [(shift.kind, shift.target.title) for shift in page.besides] == [("appears", "Gamma disease")]
    assert "A link to “Gamma disease” appears, there is room for it now:" in deleted.content.decode()


def test_outcome_that_changed_meanwhile_is_shown_again(editor, therapy):
    article("A gamma drip helps.", title="First")
    seen = posted(editor.post(ADD, typed(therapy, "gamma drip")))
    article("Ask for the gamma drip.", title="Second")
    again_shown = editor.post(ADD, seen)
    assert not Name.objects.filter(text="gamma drip").exists()
    assert [page.title for page in again_shown.context["preview"].pages] == ["First", "Second"]
    assert "Pages or names changed since you looked" in again_shown.content.decode()
    assert editor.post(ADD, posted(again_shown)).status_code == 302
    assert Name.objects.filter(text="gamma drip").exists()


def test_confirming_something_else_than_what_was_looked_at_is_shown_again(editor, therapy):
    article("A gamma drip helps, or so does IVIG.")
    seen = posted(editor.post(ADD, typed(therapy, "gamma drip")))
    shown = editor.post(ADD, seen | {"text": "IVIG"})
    assert shown.context["preview"].pages[0].shifts[0].sentence.mention == "IVIG"
    assert not Name.objects.filter(text="IVIG").exists()


@pytest.mark.parametrize("digest", ["", "x", previews.OUTDATED, "0" * 64])
def test_forged_digest_saves_nothing(editor, therapy, digest):
    article("A gamma drip helps.")
    response = editor.post(ADD, typed(therapy, "gamma drip") | {"outcome": digest})
    assert response.context["preview"].outcome
    assert not Name.objects.filter(text="gamma drip").exists()


def test_incomplete_index_is_a_clear_error(editor, therapy):
    VocabularyState.objects.filter(pk=1).update(is_index_complete=False)
    for digest in ("", "0" * 64):
        response = editor.post(ADD, typed(therapy, "gamma drip") | {"outcome": digest})
        assert "manage.py rederive" in errors(response)["__all__"][0]
    assert not Name.objects.filter(text="gamma drip").exists()


def test_many_pages_are_counted_and_the_first_are_listed(editor, therapy, monkeypatch):
    monkeypatch.setattr(previews, "MOST_PAGES", 2)
    for number in range(4):
        article("A gamma drip helps.", title=f"Page {number}")
    shown = editor.post(ADD, typed(therapy, "gamma drip"))
    html = shown.content.decode()
    assert [page.title for page in shown.context["preview"].pages] == ["Page 0", "Page 1"]
    assert "On 4 public pages links change" in html
    assert "4 links appear" in html
    assert "And 2 more pages with 2 links." in html
    assert "Save and change 4 pages" in html


def test_markup_in_a_sentence_is_only_text(editor, therapy):
    article("Write &lt;b&gt;gamma drip&lt;/b&gt; here.")
    html = editor.post(ADD, typed(therapy, "gamma drip")).content.decode()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


# What a name may be


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("...", "Punctuation alone"),
        ("– ’", "Punctuation alone"),
        ("x" * 201, "at most 200 characters"),
        ("a\x00b", "Null characters"),
        ("a\x07b", "nobody can see"),
        ("a\u202eb", "nobody can see"),
        ("g", "One character"),
        ("«g»", "One character"),
        ("gamma <b>drip</b>", "no “<” or “>”"),
        ("", "required"),
        (" ", "required"),
    ],
)
@pytest.mark.parametrize("exact", [{}, {"exact_case": "on"}])
def test_text_that_is_no_name_is_explained(editor, therapy, text, message, exact):
    response = editor.post(ADD, typed(therapy, text) | exact)
    assert message in errors(response)["text"][0]


def test_same_name_in_another_spelling_on_the_same_page_is_refused(editor, therapy):
    make_name(therapy, "TNF alpha")
    response = editor.post(ADD, typed(therapy, "TNF-α"))
    assert "already has the name “TNF alpha”" in errors(response)["text"][0]


@pytest.mark.parametrize("exact", [{}, {"exact_case": "on"}])
def test_same_text_on_the_same_page_is_refused_whatever_its_case_rule(editor, therapy, exact):
    make_name(therapy, "IVIG", exact_case=not exact)
    response = editor.post(ADD, typed(therapy, "IVIG") | exact)
    assert errors(response)["text"] == ["This page already has the name “IVIG”."]
    assert editor.post(ADD, typed(therapy, "Immunoglobulin infusion") | exact).status_code == 200
    assert editor.post(ADD, typed(therapy, "IVIg", exact_case="on")).status_code == 302


def test_ordinary_word_links_only_with_evidence(editor, therapy):
    response = editor.post(ADD, typed(therapy, "The"))
    assert "“The” is an ordinary word" in errors(response)["linking"][0]
    for text, linking in (("the", "evidence"), ("of", "never")):
        assert editor.post(ADD, typed(therapy, text, linking=linking)).status_code == 302
    name = Name.objects.get(text="of")
    response = editor.post(address(name), posted(editor.get(address(name))) | {"linking": "automatic"})
    assert "ordinary word" in errors(response)["linking"][0]


def test_name_stored_before_a_rule_came_can_still_be_changed_otherwise(editor, therapy):
    name = make_name(therapy, "x<y")
    response = editor.post(address(name), posted(editor.get(address(name))) | {"linking": "never"})
    assert response.status_code == 302


def test_title_is_a_name_already(editor, therapy):
    response = editor.post(ADD, typed(therapy, "Immunoglobulin infusions"))
    assert "what the page is called" in errors(response)["text"][0]


def test_class_does_not_link(editor, therapy):
    response = editor.post(ADD, typed(therapy, "antibodies", kind="class"))
    assert errors(response) == {
        "linking": ["The name of a whole class of treatments cannot link to one of them. Choose “no”."]
    }
    assert editor.post(ADD, typed(therapy, "antibodies", kind="class", linking="never")).status_code == 302


@pytest.mark.parametrize(
    "forged", [{"kind": "preferred"}, {"kind": "x"}, {"linking": "x"}, {"page": "999999"}, {"page": "9" * 30}]
)
def test_forged_choices_are_refused(editor, therapy, forged):
    response = editor.post(ADD, typed(therapy, "gamma drip") | forged)
    assert list(errors(response)) == list(forged)


def test_article_has_no_names(editor):
    response = editor.post(ADD, typed(make_article(), "gamma drip"))
    assert list(errors(response)) == ["page"]


# The preferred name


def test_preferred_name_keeps_its_text_and_stays_but_links_as_chosen(editor, therapy):
    name = Name.objects.get(page=therapy)
    form = editor.get(address(name))
    assert "follows the title" in form.content.decode()
    forged = {"text": "Other", "kind": "plain", "page": make_therapy().pk, "linking": "never"}
    assert editor.post(address(name), posted(form) | forged).status_code == 302
    assert (again(name).text, again(name).kind, again(name).page_id) == (name.text, "preferred", therapy.pk)
    assert again(name).linking == "never"
    assert editor.post(address(name, "delete"), {"post": "yes"}).status_code == 403


def test_preferred_name_does_not_take_the_key_of_another_name_of_its_page(editor, therapy):
    name = Name.objects.get(page=therapy, kind="preferred")
    name.exact_case = True
    name.save()
    make_name(therapy, "immunoglobulin infusions")
    data = posted(editor.get(address(name)))
    del data["exact_case"]
    response = editor.post(address(name), data)
    assert "already has the name" in errors(response)["__all__"][0]
    assert again(name).exact_case


# Changing and deleting


def test_change_is_previewed(editor, therapy):
    page = article("A gamma drip helps.")
    name = added(therapy, "gamma drip")
    shown = editor.post(address(name), posted(editor.get(address(name))) | {"linking": "never"})
    assert "1 link vanishes" in shown.content.decode()
    assert again(name).linking == "automatic"
    assert editor.post(address(name), posted(shown)).status_code == 302
    assert (again(name).linking, links(page)) == ("never", [])


def test_saving_an_untouched_name_records_nothing(editor, therapy):
    name, count = make_name(therapy, "gamma drip"), Event.objects.count()
    assert editor.post(address(name), posted(editor.get(address(name)))).status_code == 302
    assert Event.objects.count() == count


def test_deletion_shows_its_outcome_and_needs_it(editor, therapy):
    page = article("A gamma drip helps.")
    name = added(therapy, "gamma drip")
    shown = editor.get(address(name, "delete"))
    assert "Delete and change 1 page" in shown.content.decode()
    refused = editor.post(address(name, "delete"), {"post": "yes"})
    assert refused.status_code == 200
    assert Name.objects.filter(pk=name.pk).exists()
    digest = refused.context["preview"].outcome.digest
    assert digest == shown.context["preview"].outcome.digest
    assert editor.post(address(name, "delete"), {"post": "yes", "outcome": digest}).status_code == 302
    assert (Name.objects.filter(pk=name.pk).exists(), links(page)) == (False, [])


def test_deletion_whose_outcome_changed_is_shown_again(editor, therapy):
    name = added(therapy, "gamma drip")
    digest = editor.get(address(name, "delete")).context["preview"].outcome.digest
    article("A gamma drip helps.")
    refused = editor.post(address(name, "delete"), {"post": "yes", "outcome": digest})
    assert "Pages or names changed since you looked" in refused.content.decode()
    assert Name.objects.filter(pk=name.pk).exists()


def test_deletion_waits_for_the_index(editor, therapy):
    name = make_name(therapy, "gamma drip")
    digest = editor.get(address(name, "delete")).context["preview"].outcome.digest
    VocabularyState.objects.filter(pk=1).update(is_index_complete=False)
    for response in (
        editor.get(address(name, "delete"), follow=True),
        editor.post(address(name, "delete"), {"post": "yes", "outcome": digest}, follow=True),
    ):
        assert "manage.py rederive" in response.content.decode()
    assert Name.objects.filter(pk=name.pk).exists()


@pytest.mark.parametrize("number", ["9" * 23, "abc", "%00"])
@pytest.mark.parametrize("view", ["change", "delete"])
def test_name_that_is_not_there_leads_back(editor, number, view):
    assert editor.get(f"{LIST}{number}/{view}/").status_code == 302


def test_names_are_not_deleted_in_bulk(editor, therapy):
    name = make_name(therapy, "gamma drip")
    assert "action-select" not in editor.get(LIST).content.decode()
    editor.post(LIST, {"action": "delete_selected", "_selected_action": [name.pk], "post": "yes", "index": "0"})
    assert Name.objects.filter(pk=name.pk).exists()


# One name, several pages


MEANINGS = {
    "both": ("evidence", "evidence"),
    "this": ("automatic", "never"),
    "other": ("never", "automatic"),
}


@pytest.mark.parametrize("meaning", MEANINGS)
def test_name_of_two_pages_is_refused_until_its_meaning_is_chosen(editor, therapy, meaning):
    condition = published(make_condition(title="Gamma disease"))
    theirs = added(condition, "gamma")
    page = article("A gamma helps.")
    assert links(page) == ["Gamma disease"]
    refused = editor.post(ADD, typed(therapy, "Gammas"))
    assert errors(refused)["__all__"] == ["“Gammas” is already a name of “Gamma disease”. Choose below what it means."]
    assert refused.content.decode().count('type="radio"') == 3
    assert [radio.choice_label for radio in refused.context["adminform"].form["meaning"]] == [
        "It means Immunoglobulin infusion only",
        "It means Gamma disease only",
        "Both, only where the page gives evidence",
    ]

    shown = editor.post(ADD, posted(refused) | {"meaning": meaning})
    if meaning == "other":
        assert shown.status_code == 302
    else:
        assert shown.context["preview"].outcome
        assert again(theirs).linking == "automatic"
        assert f'value="{meaning}" ' in shown.content.decode()
        assert editor.post(ADD, posted(shown)).status_code == 302
    mine = Name.objects.get(text="Gammas")
    assert (mine.linking, again(theirs).linking) == MEANINGS[meaning]
    expected = {"both": [], "this": ["Immunoglobulin infusion"], "other": ["Gamma disease"]}
    assert links(page) == expected[meaning]


def test_name_that_links_with_evidence_meets_one_that_links_always(editor, therapy):
    make_name(make_condition(title="Gamma disease"), "gamma")
    response = editor.post(ADD, typed(therapy, "gamma", linking="evidence"))
    assert "Gamma disease" in errors(response)["__all__"][0]


@pytest.mark.parametrize("theirs", ["evidence", "never"])
def test_settled_name_is_not_asked_about_again(editor, therapy, theirs):
    make_name(make_condition(), "gamma", linking=theirs)
    assert editor.post(ADD, typed(therapy, "gamma", linking="evidence")).status_code == 302


@pytest.mark.parametrize(
    ("theirs", "mine", "refused"),
    [
        # A name in any case could be the other in its exact case.
        (("AIDS", True), ("aids", False), True),
        (("aids", False), ("AIDS", True), True),
        # Each in its own case: no written word is both.
        (("SLIT", True), ("Slit", True), False),
        # One word all the same, to the matcher.
        (("TNF-α", True), ("TNF-alpha", True), True),
        (("IVIG", True), ("IVIG", True), True),
    ],
)
def test_names_in_exact_case_meet_those_that_one_word_could_be(editor, therapy, theirs, mine, refused):
    make_name(make_condition(), theirs[0], exact_case=theirs[1])
    response = editor.post(ADD, typed(therapy, mine[0]) | ({"exact_case": "on"} if mine[1] else {}))
    assert (response.status_code == 200) is refused
    if refused:
        assert "is already a name of" in errors(response)["__all__"][0]


def test_name_taken_between_check_and_save_is_the_same_error(editor, therapy, monkeypatch):
    make_name(make_condition(title="Gamma disease"), "gamma")
    rivals_of = forms.rivals_of

    def not_there_yet(name):
        monkeypatch.setattr(forms, "rivals_of", rivals_of)
        return []

    monkeypatch.setattr(forms, "rivals_of", not_there_yet)
    response = editor.post(ADD, typed(therapy, "gamma"))
    assert "is already a name of “Gamma disease”" in errors(response)["__all__"][0]
    assert not Name.objects.filter(page=therapy, text="gamma").exists()


# Who may


def test_author_reads_the_vocabulary_and_changes_nothing(client, therapy):
    client.force_login(make_user("author"))
    name = make_name(therapy, "gamma drip")
    for address_read in (LIST, address(name)):
        assert client.get(address_read).status_code == 200
    assert 'name="_save"' not in client.get(address(name)).content.decode()
    assert client.get(ADD).status_code == 403
    for refused in (ADD, address(name), address(name, "delete")):
        assert client.post(refused, typed(therapy, "other") | {"post": "yes"}).status_code == 403
    assert again(name).text == "gamma drip"


# The list


def listed(client, **query):
    return [name.text for name in client.get(LIST, query).context["cl"].result_list]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(editor, django_assert_num_queries, count):
    for number in range(count):
        therapy = published(make_therapy(title=f"Therapy with a long name {number}"))
        article(f"Therapy with a long name {number} helps.", title=f"About {number}")
    editor.get(reverse("admin:index"))
    with django_assert_num_queries(8):
        response = editor.get(LIST)
    shown = response.context["cl"].result_list
    assert [(name.pages, name.links) for name in shown] == [(1, 1)] * count
    assert therapy.get_admin_url() in response.content.decode()


def test_list_counts_pages_and_links(editor, therapy):
    added(therapy, "gamma drip")
    added(therapy, "never used")
    article("A gamma drip, and then another gamma drip.", title="Twice")
    article("Immunoglobulin infusion, that is: a gamma drip.", title="After the title")
    published(make_article(body="<h2>The gamma drip</h2>", title="Not linked"))
    counts = {name.text: (name.pages, name.links) for name in editor.get(LIST).context["cl"].result_list}
    assert counts == {"Immunoglobulin infusion": (1, 1), "gamma drip": (3, 1), "never used": (0, 0)}
    assert listed(editor, look="unused") == ["never used"]
    assert listed(editor, look="mentioned") == ["gamma drip", "Immunoglobulin infusion"]


@pytest.mark.parametrize("words", ["TNF-α", "tnf Alpha", "ﬁx", "\x00", "…"])
@pytest.mark.parametrize("look", ["", "mentioned", "unused", "conflicts", "decide", "x", "\x00"])
def test_any_search_in_any_look_is_answered(editor, therapy, words, look):
    make_name(therapy, "TNF alpha")
    assert editor.get(LIST, {"q": words, "look": look}).status_code in (200, 302)


@pytest.mark.parametrize("words", ["'", '"', "\x00", "a\x00", "…", "' '", "-"])
def test_search_without_words_finds_nothing(editor, therapy, words):
    Block(text="gamma", reason="common-word", blocked_by="x").save()
    assert listed(editor, q=words) == []
    assert not editor.get("/admin/crosslinks/block/", {"q": words}).context["cl"].result_list
    assert listed(editor, q="  ") == ["Immunoglobulin infusion"]


def test_list_is_called_vocabulary(editor):
    assert editor.get(LIST).context["title"] == "Vocabulary"


@pytest.mark.parametrize("exact", [False, True])
def test_search_finds_another_spelling(editor, therapy, exact):
    make_name(therapy, "TNF alpha", exact_case=exact)
    assert listed(editor, q="TNF-α") == ["TNF alpha"]
    assert listed(editor, q="nf al") == ["TNF alpha"]
    assert listed(editor, q="interleukin") == []


def test_list_is_filtered(editor, therapy):
    condition = published(make_condition(title="Lupus"))
    make_name(condition, "SLE", kind="abbreviation", linking="evidence")
    assert listed(editor, kind="abbreviation") == ["SLE"]
    assert listed(editor, linking="evidence") == ["SLE"]
    assert listed(editor, page_kind="condition") == ["Lupus", "SLE"]


def test_names_of_several_pages_are_listed_in_every_spelling(editor, therapy):
    make_name(therapy, "TNF alpha")
    make_name(therapy, "only here")
    make_name(make_condition(), "TNF-α", exact_case=True, linking="never")
    for page in (therapy, make_therapy()):
        make_name(page, "antibodies", kind="class", linking="never")
    assert listed(editor, look="conflicts") == ["TNF alpha", "TNF-α"]


def test_names_rejected_on_three_pages_are_to_be_decided_until_they_are(editor, therapy):
    twice, often = make_name(therapy, "twice"), make_name(therapy, "OFTEN", exact_case=True)
    for number in range(3):
        page = make_article()
        for name in (often, twice)[: 2 if number else 1]:
            Block(page=page, text=name.text, reason="common-word", blocked_by="x").save()
    assert listed(editor, look="decide") == ["OFTEN"]
    assert "3 × It is a common word here." in editor.get(LIST, {"look": "decide"}).content.decode()
    Block(text="often", reason="common-word", blocked_by="x").save()
    assert listed(editor, look="decide") == []
    Block.objects.filter(page=None).delete()
    Name.objects.filter(pk=often.pk).update(linking="never")
    assert listed(editor, look="decide") == []


@pytest.mark.parametrize("count", [3, 12])
def test_name_to_decide_leads_to_the_pages_that_rejected_it_at_the_same_cost(
    editor, therapy, django_assert_num_queries, count
):
    name = make_name(therapy, "gamma & drip")
    pages = [make_article(title=f"Page {number:02}") for number in range(count)]
    for page in pages:
        Block(page=page, text=name.text, reason="other", remark="A <toy>", blocked_by="x").save()
    editor.get(LIST)
    with django_assert_num_queries(12):
        html = editor.get(LIST, {"look": "decide"}).content.decode()
    for page in pages[:10]:
        assert f'<a href="{page.get_admin_url().replace("change", "links")}">{page.title}</a>' in html
    assert "Another reason. A &lt;toy&gt;." in html
    assert ("and 2 more pages" in html) is (count == 12)
    assert f'<a href="{address(name)}">Change how it links</a>' in html
    assert 'href="/admin/crosslinks/block/add/?text=gamma%20%26%20drip">block it on the whole site</a>' in html


def test_who_may_not_decide_only_sees_who_rejected(client, therapy):
    client.force_login(make_user("author"))
    name = make_name(therapy, "gamma drip")
    for _ in range(3):
        Block(page=make_article(), text=name.text, reason="common-word", blocked_by="x").save()
    html = client.get(LIST, {"look": "decide"}).content.decode()
    assert "3 × It is a common word here." in html
    assert "block it on the whole site" not in html


def test_name_that_somebody_changed_meanwhile_is_not_overwritten_unseen(editor, therapy):
    name = added(therapy, "gamma dripp")
    opened = editor.get(address(name)).context["adminform"].form["version"].value()
    name.linking = "never"
    changes.apply(Change(save=(name,)), by="tests")
    sent = typed(therapy, "gamma drip", version=opened)
    response = editor.post(address(name), sent)
    assert "Stored is now: “gamma dripp”" in str(errors(response))
    assert "link automatically: no" in str(errors(response))
    assert again(name).text == "gamma dripp"
    seen = response.context["adminform"].form["version"].value()
    editor.post(address(name), sent | {"version": seen})
    assert (again(name).text, again(name).linking) == ("gamma drip", "automatic")


@pytest.mark.parametrize(
    "asked", ["page_kind=%00", "kind__exact=%00", "linking__exact=%00", "look=%00", "page__id__exact=%00"]
)
def test_list_asked_for_a_nul_byte_answers(editor, therapy, asked):
    assert editor.get(f"{LIST}?{asked}").status_code == 302
