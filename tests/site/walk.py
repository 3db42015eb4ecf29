"""A random walk of many accounts through the real screens, and a model of its own of what readers may then see.

Every change of a text writes a new word into it. The model remembers who changed what, and which words stood in a draft
that a reviewer signed off who had not changed it. It asks the public pages alone.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from publishing.content import draft_content
from publishing.models import Page, ReviewComment
from publishing.workflow import blocking_problems
from tests.builders import (
    make_article,
    make_condition,
    make_indication,
    make_reference,
    make_reviewer,
    make_therapy,
    make_user,
)
from tests.publishing.admin.forms import address, opened

WORD = re.compile(r"\bzq\d+\b")
DOOR_STEPS = ("submit", "send_on", "approve", "send_back", "publish", "schedule", "spelling", "emergency", "withdraw")


@dataclass
class Model:
    """What the walk knows without asking the code under test."""

    # By page: who changed the draft since it was last published under a sign-off, and at which moment it was scheduled.
    changed_by: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    scheduled_without: dict[int, set[int]] = field(default_factory=dict)
    # Words that somebody may show readers: signed off by a stranger to the text, or published in an emergency.
    vouched: set[str] = field(default_factory=set)


class Walk:
    def __init__(self, seed: int, time_machine_at):
        self.random = Random(seed)
        self.set_clock = time_machine_at
        self.model = Model()
        self.words = 0
        self.done: Counter = Counter()
        self.now = timezone.now()
        therapy, condition = make_sound(make_therapy), make_sound(make_condition)
        row = make_indication(therapy=therapy, condition=condition, status="standard-of-care", is_checked=True)
        row.references.set(therapy.citations.all())
        self.pages = [therapy, condition, make_sound(make_article)]
        self.rows = [row]
        roles = ["author", "author", "editor", "editor", "administrator", "moderator"]
        self.users = [make_user(role) for role in roles] + [make_reviewer(), make_reviewer(), make_writing_reviewer()]
        self.clients = {user.pk: Client() for user in self.users}
        for user in self.users:
            self.clients[user.pk].force_login(user)

    def step(self) -> None:
        self.now += timedelta(minutes=self.random.choice([1, 1, 5, 60]))
        self.set_clock(self.now)
        page = Page.objects.get(pk=self.random.choice(self.pages).pk).concrete
        action, user = self.choice(page)
        before = page.state
        self._due()
        ACTIONS[action][1](self, user, page)
        self.done[action, Page.objects.get(pk=page.pk).state != before] += 1
        self.look()

    def choice(self, page) -> tuple[str, User]:
        """Often what comes next, by somebody who may do it; else anything by anybody."""
        if self.random.random() < 0.6:
            action, right = self.random.choice(NEXT[page.state])
            able = [user for user in self.users if user.has_perm(right)]
            return action, self.random.choice(able)
        weights = [weight for weight, _do in ACTIONS.values()]
        return self.random.choices(list(ACTIONS), weights=weights)[0], self.random.choice(self.users)

    def new_word(self) -> str:
        self.words += 1
        return f"zq{self.words}"

    def _due(self) -> None:
        """What was scheduled becomes public with the next request; who changed it until then is free again."""
        self.clients[self.users[0].pk].get("/healthz-not-an-address")
        for pk in list(self.model.scheduled_without):
            if Page.objects.get(pk=pk).state == "published":
                self.model.changed_by[pk] -= self.model.scheduled_without.pop(pk)

    def look(self) -> None:
        """Every word on a public page was vouched for."""
        reader = Client()
        for page in Page.objects.live():
            shown = set(WORD.findall(reader.get(page.get_absolute_url()).text))
            assert shown <= self.model.vouched, (page.title, shown - self.model.vouched)

    # What people do

    def edit(self, user, page) -> None:
        client = self.clients[user.pk]
        response = client.get(address(page))
        if response.status_code != 200 or "version" not in response.context["adminform"].form.fields:
            return
        form = opened(client, page)
        column = self.random.choice(["summary", "row", "text"] if page.kind != "article" else ["summary", "text"])
        word = self.new_word()
        if column == "row":
            form["indications-0-description"] = f"It helps: {word}."
        elif column == "summary":
            form["summary"] = f"In short: {word}."
        else:
            text = next(section.field for section in page.sections if not section.rows)
            form[text] = f"{getattr(page, text)}<p>More: {word}.</p>"[-1500:]
        version = page.version
        client.post(address(page), form)
        page.refresh_from_db()
        if page.version != version:
            touched = {row_page for row in self.rows for row_page in (row.condition_id, row.therapy_id)}
            for pk in touched if column == "row" else {page.pk}:
                self.model.changed_by[pk].add(user.pk)

    def undo(self, user, page) -> None:
        """Put a draft back to what readers see."""
        if page.live is None or page.kind != "article":
            return
        client, form = self.clients[user.pk], None
        response = client.get(address(page))
        if response.status_code == 200 and "version" in response.context["adminform"].form.fields:
            form = opened(client, page)
        if form and "body" in form:
            snapshot, version = page.live.snapshot, page.version
            form |= {"summary": snapshot["summary"], "body": snapshot["sections"][0]["html"]}
            client.post(address(page), form)
            page.refresh_from_db()
            if page.version != version:
                self.model.changed_by[page.pk].add(user.pk)

    def door(self, user, page, name: str) -> None:
        client, place = self.clients[user.pk], address(page, name)
        values = {
            "version": page.version,
            "reason": "Because",
            "message": "Please",
            "note": "What changed",
            "gone": "on",
        }
        values |= {
            "change": self.random.choice(["major", "minor", "correction", "review"]),
            "override_reason": "A recall.",
        }
        values["at"] = (self.now + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M")
        words = draft_words(page)
        edition, contributors = page.live_id, set(self.model.changed_by[page.pk])
        plan = hasattr(page, "schedule") and page.schedule.due_at
        response = client.post(place, values)
        assert response.status_code in (200, 302, 403), (name, response.status_code)
        page = Page.objects.get(pk=page.pk)
        if name == "emergency" and page.live_id != edition:
            assert "Administrator" in user.groups.values_list("name", flat=True)
            self.model.vouched |= words
        if name == "publish" and page.live_id != edition:
            self.model.changed_by[page.pk] -= contributors
        if name == "spelling" and page.live_id != edition:
            assert words <= self.model.vouched
        if name == "schedule" and page.state == "scheduled" and page.schedule.due_at != plan:
            self.model.scheduled_without[page.pk] = contributors
        elif page.state != "scheduled":
            self.model.scheduled_without.pop(page.pk, None)

    def unschedule(self, user, page) -> None:
        self.clients[user.pk].post(address(page, "unschedule"))
        if Page.objects.get(pk=page.pk).state != "scheduled":
            self.model.scheduled_without.pop(page.pk, None)

    def sign_off(self, user, page) -> None:
        client = self.clients[user.pk]
        signed = page.sign_offs.count()
        response = client.get(address(page, "review"))
        form = response.context and response.context.get("sign_off_form")
        seen = form["seen"].value() if form else "0" * 64
        boxes = {box.html_name: "on" for box in form.boxes} if form else {}
        if self.random.random() < 0.1:
            boxes = dict(list(boxes.items())[1:])
        scope = self.random.choice(["whole", "whole", "part"])
        client.post(address(page, "sign_off"), {"seen": seen, "scope": scope, "note": "", **boxes})
        if page.sign_offs.count() != signed:
            assert user.has_perm("publishing.sign_off_page")
            assert user.pk not in self.model.changed_by[page.pk], "somebody signed off a text of their own"
            self.model.vouched |= draft_words(page)

    def review(self, user, page) -> None:
        """Take it, give it back, or comment."""
        name = self.random.choice(["claim", "release", "release", "comment"])
        self.clients[user.pk].post(address(page, name), {"part": "summary", "text": "Say more"})

    def resolve(self, user, page) -> None:
        for made in ReviewComment.objects.filter(page=page.pk, resolved_at=None):
            place = address(page, "review").replace("review/", f"comments/{made.pk}/resolve/")
            self.clients[user.pk].post(place, {"resolution": "Done"})


EDIT = ("edit", "publishing.change_page")
SUBMIT = ("submit", "publishing.change_page")
RESOLVE = ("resolve", "publishing.change_page")
NEXT = {
    "draft": [EDIT, SUBMIT, SUBMIT, ("spelling", "publishing.publish_page")],
    "editorial": [("send_on", "publishing.send_on_page")] * 3 + [("review", "publishing.send_on_page"), RESOLVE],
    "medical": [("sign_off", "publishing.sign_off_page")] * 5 + [("review", "publishing.sign_off_page"), RESOLVE],
    "approved": [("publish", "publishing.publish_page")] * 2 + [("schedule", "publishing.schedule_page"), EDIT],
    "scheduled": [EDIT, ("unschedule", "publishing.schedule_page"), ("publish", "publishing.publish_page")],
    "published": [EDIT, EDIT, SUBMIT, ("undo", "publishing.change_page")],
    "withdrawn": [EDIT, SUBMIT],
}


def draft_words(page) -> set[str]:
    page = Page.objects.get(pk=page.pk).concrete
    return set(WORD.findall(str(draft_content(page))))


ACTIONS = {
    "edit": (5, Walk.edit),
    "undo": (1, Walk.undo),
    "unschedule": (1, Walk.unschedule),
    "sign_off": (10, Walk.sign_off),
    "review": (2, Walk.review),
    "resolve": (3, Walk.resolve),
    **{
        name: (weight, lambda walk, user, page, name=name: walk.door(user, page, name))
        for name, weight in zip(DOOR_STEPS, (12, 10, 5, 2, 10, 4, 2, 1, 1), strict=True)
    },
}


def make_writing_reviewer():
    """May do both: write and sign off. Only four eyes stand between the two."""
    user = make_reviewer(name="Dr Both", slug="dr-both")
    user.is_superuser = True
    user.save()
    return user


HELP = '<div data-help="urgent"><h3>Call your team today if</h3><p>you feel worse.</p></div>'


def make_sound(build) -> Page:
    """A page on which no check finds anything that blocks."""
    page = build()
    page.authors.update(interests="None")
    text = next(section.field for section in page.sections if not section.rows)
    setattr(page, text, getattr(page, text) + f'<p>It is so.<sup data-ref="{make_reference().key}"></sup></p>')
    if page.kind != "article":
        page.when_to_get_help = HELP
    page.save()
    assert blocking_problems(page, draft_content(page)) == []
    return page
