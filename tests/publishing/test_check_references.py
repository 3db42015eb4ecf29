"""`manage.py check_references`: what it asks, in which order, and how it goes on after a stop."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from publishing.management.commands.check_references import Command
from publishing.models import FlaggedWork, Reference, ReferenceTask
from publishing.registers import ADDRESS
from publishing.web_client import Answer, NoAnswer, Pace
from tests.builders import make_article, make_reference

pytestmark = pytest.mark.django_db
DOI = "10.1000/abc.1"


class Web:
    """Answers by the beginning of the address; counts, and can break off."""

    def __init__(self):
        self.answers, self.asked, self.breaks_after = {}, [], None

    def __call__(self, method, url, limit=0):
        if self.breaks_after is not None and len(self.asked) >= self.breaks_after:
            raise KeyboardInterrupt
        self.asked.append(url)
        known = [answer for start, answer in self.answers.items() if url.startswith(start)]
        answer = known[-1] if known else 200
        if isinstance(answer, Exception):
            raise answer
        return Answer(answer) if isinstance(answer, int) else answer


@pytest.fixture
def web(monkeypatch):
    web = Web()
    monkeypatch.setattr(Command, "ask", staticmethod(web))
    monkeypatch.setattr(Command, "pace_of", staticmethod(lambda interval: Pace(interval, sleep=lambda seconds: None)))
    return web


def run(*arguments):
    out = StringIO()
    call_command("check_references", *arguments, stdout=out, interval=0)
    return out.getvalue()


def cited(number, **values):
    reference = make_reference(url=f"https://host-{number}.example/x", **values)
    make_article(title=f"Page {number}", body=f'<p>A.<sup data-ref="{reference.key}"></sup></p>')
    return reference


def address(number):
    return f"https://host-{number}.example/x"


def test_only_cited_sources_with_a_link_are_asked(web):
    cited(1)
    make_reference(url=address(2))
    reference = cited(3)
    Reference.objects.filter(pk=reference.pk).update(url="")
    cited(4, link_is_ignored=True)
    assert "1 sources asked: 1 answer" in run()
    assert web.asked == [address(1)]
    assert Reference.objects.get(url=address(2)).link_checked_at is None


def test_a_dead_link_is_reported_and_becomes_a_task_on_its_page(web):
    reference = cited(1)
    web.answers[address(1)] = 404
    report = run()
    assert f"{reference.key}: {address(1)}: 404 Not Found" in report
    assert "1 tasks opened, 0 settled; 1 are open." in report
    task = ReferenceTask.objects.get()
    assert (task.page.title, task.problem, task.closed_by) == ("Page 1", "link", "")
    assert "0 tasks opened, 0 settled; 1 are open." in run("--older-than", "0")
    web.answers[address(1)] = 200
    assert "0 tasks opened, 1 settled; 0 are open." in run("--older-than", "0")


def test_a_new_outage_after_an_answer_opens_a_task_again_although_a_person_closed_the_last(web):
    cited(1)
    for status in (404, 404, 200, 404):
        web.answers[address(1)] = status
        run("--older-than", "0")
        for task in ReferenceTask.objects.open():
            task.close(by="Ada", remark="Seen")
    assert ReferenceTask.objects.count() == 2


def test_a_failed_call_opens_no_task_and_is_not_ok(web):
    cited(1)
    web.answers[address(1)] = NoAnswer("no such host was found")
    assert "0 answer, 0 do not lead there, 1 not known" in run()
    assert Reference.objects.get().link_state == "unknown"
    assert not ReferenceTask.objects.exists()


def test_those_asked_longest_ago_come_first_and_recent_ones_not_at_all(web):
    now = timezone.now()
    days = {1: 10, 2: None, 3: 20, 4: 3}
    for number, ago in days.items():
        cited(number, link_checked_at=ago and now - timedelta(days=ago))
    run("--limit", "2")
    assert web.asked == [address(2), address(3)]
    run()
    assert web.asked == [address(2), address(3), address(1)]
    run("--older-than", "2")
    assert web.asked[3:] == [address(4)]


def test_a_run_that_is_stopped_goes_on_where_it_stopped(web):
    for number in range(1, 6):
        cited(number)
    web.breaks_after = 2
    with pytest.raises(KeyboardInterrupt):
        run()
    assert Reference.objects.filter(link_state="ok").count() == 2
    web.breaks_after = None
    run()
    assert web.asked == [address(number) for number in range(1, 6)]


def test_a_busy_host_is_asked_once_and_the_rest_is_left_for_the_next_run(web):
    for path in ("a", "b"):
        reference = make_reference(url=f"https://busy.example/{path}")
        make_article(body=f'<p>A.<sup data-ref="{reference.key}"></sup></p>')
    web.answers["https://busy.example/"] = Answer(429, {"retry-after": "3600"})
    assert "1 left for the next run" in run()
    assert web.asked == ["https://busy.example/a"]
    web.answers.clear()
    run()
    assert web.asked == ["https://busy.example/a", "https://busy.example/b"]


@pytest.mark.parametrize("arguments", [("--limit", "-1"), ("--older-than", "-1")])
def test_impossible_numbers_are_refused(web, arguments):
    with pytest.raises(CommandError, match="cannot be negative"):
        run(*arguments)


def test_a_source_stored_with_a_flagged_doi_is_flagged_by_the_next_run(web):
    FlaggedWork.objects.create(doi=DOI, state="retracted", source="A list", noted_on="2026-01-31")
    cited(1, doi=DOI)
    assert "1 sources flagged" in run()
    assert Reference.objects.get().state == "retracted"
    assert ReferenceTask.objects.get().problem == "retracted"


# The register


@pytest.fixture
def register(web, settings):
    settings.CROSSREF_MAILTO = "staff@portal.example"

    def answer(work=None, notices=None, status=200):
        work = {"DOI": DOI} | (work or {})
        items = notices or []
        web.answers[f"{ADDRESS}/"] = reply({"message": work}, status)
        web.answers[f"{ADDRESS}?"] = reply({"message": {"items": items, "total-results": len(items)}}, status)
        return web

    return answer


def reply(value, status=200):
    return Answer(status, {}, value if isinstance(value, bytes) else json.dumps(value).encode())


def updated(kind, doi="10.1000/notice"):
    return {"type": kind, "DOI": doi, "updated": {"date-parts": [[2024, 5, 6]]}}


def looked_up():
    run("--registers")
    reference = Reference.objects.get()
    return reference.state, reference.register_finding, reference.register_checked_at is not None


def test_the_register_is_off_unless_an_address_is_set(web, settings):
    settings.CROSSREF_MAILTO = ""
    cited(1, doi=DOI)
    with pytest.raises(CommandError, match="Set CROSSREF_MAILTO"):
        run("--registers")
    run()
    assert web.asked == [address(1)]


def test_the_register_is_asked_in_both_directions_by_name(register):
    web = register()
    cited(1, doi=DOI.upper())
    assert looked_up() == ("ok", "", True)
    assert web.asked[1:] == [
        f"{ADDRESS}/10.1000%2Fabc.1?mailto=staff%40portal.example",
        f"{ADDRESS}?filter=updates%3A10.1000%2Fabc.1&rows=100&mailto=staff%40portal.example",
    ]


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("retraction", "retracted"), ("Retraction", "retracted"), ("withdrawal", "retracted"), ("removal", "retracted"),
        ("expression_of_concern", "concern"), ("expression-of-concern", "concern"), ("partial_retraction", "concern"),
        ("erratum", "corrected"), ("corrigendum", "corrected"), ("correction", "corrected"), ("new_version", "ok"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("direction", ["work", "notice"])
def test_what_either_direction_says_is_taken(register, kind, state, direction):
    cited(1, doi=DOI)
    if direction == "work":
        register(work={"updated-by": [updated(kind)]})
    else:
        register(notices=[{"DOI": "10.1000/notice", "update-to": [updated(kind, doi=DOI.upper())]}])
    found = looked_up()
    assert (found[0], found[2]) == (state, True)
    if state != "ok":
        work = FlaggedWork.objects.get()
        assert (work.doi, work.state, work.source, str(work.noted_on)) == (DOI, state, "Crossref", "2024-05-06")
        assert ReferenceTask.objects.get().problem == state


def test_the_worst_of_several_notices_counts(register):
    cited(1, doi=DOI)
    register(work={"updated-by": [updated("erratum"), updated("retraction"), updated("new_version")]})
    assert looked_up() == ("retracted", "Retracted", True)


def test_a_source_that_is_itself_a_notice_is_not_flagged(register):
    cited(1, doi=DOI)
    register(work={"update-to": [updated("retraction", doi="10.1000/another")]})
    assert looked_up() == ("ok", "", True)


BAD_WORKS = [
    b"", b"not json", b"[]", b"null", b'"x"', b"{}", b'{"message": null}', b'{"message": []}', b'{"message": "x"}',
    b'{"message": {}}', b'{"message": {"DOI": "10.1000/another"}}', b'{"message": {"DOI": 7}}', b"\xff\xfe",
    b"[" * 50_000,
    *(
        json.dumps({"message": {"DOI": DOI, "updated-by": strange}}).encode()
        for strange in ("x", None, 7, {}, ["x"], [None], [{}], [{"type": None}], [{"type": "vanished"}], [[]])
    ),
]  # fmt: skip


@pytest.mark.parametrize("body", BAD_WORKS)
def test_a_strange_answer_says_nothing(register, body):
    cited(1, doi=DOI)
    web = register()
    web.answers[f"{ADDRESS}/"] = reply(body)
    state, finding, is_known = looked_up()
    assert (state, is_known) == ("ok", False)
    assert finding
    assert Reference.objects.get().register_asked_at is not None


BAD_NOTICES = [
    b"{}", b'{"message": {}}', b'{"message": {"items": [], "total-results": 3}}', b'{"message": {"items": []}}',
    b'{"message": {"items": "x", "total-results": 1}}', b'{"message": {"items": [7], "total-results": 1}}',
    b'{"message": {"items": [{"update-to": [7]}], "total-results": 1}}',
    b'{"message": {"items": [{"update-to": []}], "total-results": 1}}',
    b'{"message": {"items": [{"update-to": [{"DOI": "10.1000/another", "type": "retraction"}]}], "total-results": 1}}',
]  # fmt: skip


@pytest.mark.parametrize("body", BAD_NOTICES)
def test_a_strange_list_of_notices_says_nothing(register, body):
    cited(1, doi=DOI)
    web = register()
    web.answers[f"{ADDRESS}?"] = reply(body)
    state, finding, is_known = looked_up()
    assert (state, is_known) == ("ok", False)
    assert finding


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (reply({}, 404), "it does not know this DOI"),
        (reply({}, 500), "it answered 500"),
        (reply({}, 429), "it answered 429"),
        (reply({}, 301), "it answered 301"),
        (NoAnswer("no answer in time"), "no answer in time"),
    ],
)
def test_a_failed_call_to_the_register_says_nothing(register, answer, finding):
    cited(1, doi=DOI)
    web = register()
    web.answers[f"{ADDRESS}/"] = web.answers[f"{ADDRESS}?"] = answer
    assert looked_up() == ("ok", finding, False)


def test_what_one_direction_says_counts_although_the_other_failed(register):
    cited(1, doi=DOI)
    web = register(work={"updated-by": [updated("retraction"), updated("vanished")]})
    web.answers[f"{ADDRESS}?"] = NoAnswer("no answer in time")
    state, finding, is_known = looked_up()
    assert (state, is_known) == ("retracted", False)
    assert finding == "Retracted; it tells of something unknown: “vanished”; no answer in time"


def test_a_failure_after_an_answer_keeps_the_day_of_the_answer(register):
    reference = cited(1, doi=DOI)
    web = register()
    looked_up()
    reference.refresh_from_db()
    answered_at = reference.register_checked_at
    web.answers[f"{ADDRESS}/"] = web.answers[f"{ADDRESS}?"] = NoAnswer("away")
    run("--registers", "--older-than", "0")
    reference.refresh_from_db()
    assert reference.register_checked_at == answered_at < reference.register_asked_at


def test_works_the_register_never_answers_for_do_not_keep_others_from_being_asked(register):
    for number in (1, 2):
        cited(number, doi=f"10.1000/unknown.{number}")
    web = register(status=404)
    for _run in range(2):
        run("--registers", "--limit", "1")
    assert {url.partition("?")[0][-1] for url in web.asked if url.startswith(f"{ADDRESS}/")} == {"1", "2"}


@pytest.mark.parametrize(
    "strange",
    [None, 7, "x", {}, *({"date-parts": parts} for parts in ([], "x", [[None]], [[2024, 13, 1]], [[10**30]]))],
)
def test_a_notice_without_a_proper_date_counts_all_the_same(register, strange):
    cited(1, doi=DOI)
    register(work={"updated-by": [{"type": "retraction", "updated": strange}]})
    assert looked_up()[0] == "retracted"
