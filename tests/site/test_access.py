"""Who may see and do what: every address × role × state of a page, against the one table in `tests/site/access.py`."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import import_module
from io import BytesIO

import pytest
import taggit.models
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern
from django.utils import timezone
from PIL import Image as Pillow

from comments import tokens
from comments.models import (
    Block,
    Clinician,
    Comment,
    Decision,
    Feedback,
    Opening,
    PreparedReply,
    SpamFilter,
    Subscription,
)
from publishing import doors, notices, previews
from publishing.images import WIDTHS, Image
from publishing.kinds import page_models
from publishing.models import (
    Event,
    FlaggedWork,
    Page,
    PastAddress,
    Redaction,
    ReferenceTask,
    ReviewComment,
    ReviewRequest,
    Tag,
)
from publishing.pictures import decode
from publishing.tasks import ContentTask
from tests.builders import (
    approved,
    make_article,
    make_category,
    make_comment,
    make_condition,
    make_name,
    make_person,
    make_reference,
    make_reviewer,
    make_tag,
    make_therapy,
    make_user,
    move,
    publish,
    published,
    schedule,
)
from tests.site.access import ACTS, EVERYBODY, MODELS, NO_ACCOUNT, ROUTES, SENT, STANDARD, STATES, InState

# Each test is rolled back to what `world` has built.
pytestmark = pytest.mark.django_db
BUILDERS = {"condition": make_condition, "therapy": make_therapy, "article": make_article}
FAR = timezone.now() + timedelta(days=400)
# Addresses with these instead of a number lead to no object.
ODD_NUMBERS = ("0", "-1", "1abc", "1e3", "%201", str(2**63), "%00", "9" * 40)
NUMBERS = ("object_id", "comment_id", "number", "id")
WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# What Django leaves without a name: the address of an object leads to its form.
SHORTCUT = re.compile("admin/([a-z]+)/([a-z]+)/<path:object_id>/")
# Looking at a page as somebody who is not logged in may clear away an old session.
APART = {"django_session"}


@dataclass(frozen=True)
class Route:
    """One address of the site. `name` is the one in the table, where PAGE stands for every kind of page."""

    name: str
    path: str
    kind: str = ""


def table_name(name: str | None, path: str) -> tuple[str, str]:
    """The name in the table, and the kind of page it is about. Addresses without a name go by their path."""
    shortcut = SHORTCUT.fullmatch(path)
    found = name or (f"admin:{shortcut[1]}_{shortcut[2]}_shortcut" if shortcut else path)
    for model in page_models():
        meta, kind = model._meta, model.kind_name()
        own = f"admin:{meta.app_label}_{kind}_"
        if found.startswith(own):
            return f"admin:PAGE_{found.removeprefix(own)}", kind
        if name == model.detail_url:
            return "PAGE_detail", kind
    return found, ""


@cache
def routes() -> list[Route]:
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver, before: str, namespace: str):
    for each in resolver.url_patterns:
        path = before + str(each.pattern)
        if not isinstance(each, URLPattern):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each, path, inner)
            continue
        name, kind = table_name(f"{namespace}{each.name}" if each.name else None, path)
        below = re.search("<page_address:|<path:place>|^preview/", path)
        kinds = [model.kind_name() for model in page_models() if "<path:place>" not in path or model.is_named]
        # What stands below the address of a page of any kind, or shows it.
        yield from (Route(name, path, each) for each in kinds) if below else [Route(name, path, kind)]


def table() -> dict[str, tuple]:
    """What is expected of GET and of POST, by route."""
    found = {}
    for label, rights in MODELS.items():
        for name, cells in STANDARD.items():
            route = f"admin:{label.replace('.', '_')}_{name}"
            found[route] = tuple(rights.get(cell, cell) for cell in cells)
    # Those that say more than the rights on a table.
    return found | ROUTES


# What the site holds


@dataclass
class World:
    clients: dict[str, Client]
    # By kind and state.
    pages: dict[tuple[str, str], Page]
    # By the name of a model, the number of one that is there.
    numbers: dict[str, object]
    words: dict[str, object]


def make_page(kind: str, state: str) -> Page:
    page = BUILDERS[kind](title=f"{kind.title()} {state}", slug=f"{kind}-{state}")
    match state:
        case "review":
            move(page, "editorial", "medical")
            ReviewRequest.objects.create(page=page, stage="medical", requested_by="tests", due_on=timezone.localdate())
        case "scheduled":
            schedule(page, at=FAR)
        case "published":
            published(page)
        case "corrected":
            page = published(page)
            page.summary = "A corrected summary, in short."
            page.save()
            publish(page, change="correction", note="A number was wrong.")
        case "withdrawn":
            doors.withdraw(published(page), by="tests", reason="Outdated.")
    ReviewComment.objects.create(
        page_id=page.pk, part="summary", part_label="Summary", text="Why?", written_by_id=0, written_by="tests"
    )
    return type(page).objects.get(pk=page.pk)


def make_clients() -> dict[str, Client]:
    visitor = Client(raise_request_exception=False)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["seen"] = "a page"
    session.save()
    # There are no accounts for readers yet: one who has commented is somebody with cookies.
    visitor.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    visitor.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    clients = {"o": Client(raise_request_exception=False), "c": visitor}
    roles = {"a": "author", "e": "editor", "m": "moderator", "x": "administrator"}
    for letter, user in {**{letter: make_user(role) for letter, role in roles.items()}, "r": make_reviewer()}.items():
        clients[letter] = Client(raise_request_exception=False)
        clients[letter].force_login(user)
    return clients


def redacted(event: Event) -> Redaction:
    return Redaction.append(
        record_label="publishing.event",
        record_id=event.pk,
        record_digest=event.digest,
        columns=[],
        remaining_digest="",
        order="A court",
        reason="An order.",
        redacted_by="tests",
    )


def make_comments(page: Page) -> tuple[dict[str, int], dict[str, str]]:
    """Numbers of what there is in the room of comments, and the links that writers were given, by route."""
    comment = approved(make_comment(page, email="reader@example.org", follow=True))
    unremarked, feedback = (
        Feedback.objects.create(page=page, edition=page.live, is_useful=True, remark=remark)
        for remark in ("", "Well said")
    )
    clinician = Clinician.objects.create(email="c@example.org", name="Rosa", credentials="MD", verified_how="Register")
    numbers = {
        "comments.comment": comment.pk,
        "comments.decision": Decision.objects.latest("pk").pk,
        "comments.block": Block.objects.create(kind="phrase", value="a phrase", reason="Why").pk,
        "comments.clinician": clinician.pk,
        "comments.preparedreply": PreparedReply.objects.create(
            title="Thanks", text="Thank you.", purpose=PreparedReply.Purpose.ANSWER
        ).pk,
        "comments.opening": Opening.objects.create(page=page).pk,
        "comments.feedback": feedback.pk,
        "comments.spamfilter": SpamFilter.objects.create(spam_count=0, genuine_count=0, words={}).pk,
        "publishing.contenttask": ContentTask.open_task(page, text="A year is wrong.", by="tests").pk,
    }
    own = tokens.own_token(Comment.objects.get(pk=comment.pk))
    links = {f"comments:{name}": own for name in ("own", "own_edit", "own_withdraw", "own_object")} | {
        "comments:remark": tokens.remark_token(unremarked),
        "comments:confirm": tokens.confirm_token(comment),
        "comments:unsubscribe": tokens.unsubscribe_token(Subscription.objects.get()),
        "comments:my_data_open": tokens.own_data_token(comment.email),
    }
    return numbers, links


def make_world() -> World:
    clients = make_clients()
    pages = {(kind, state): make_page(kind, state) for kind in BUILDERS for state in STATES}
    shown = pages["condition", "published"]
    picture = BytesIO()
    Pillow.new("RGB", (600, 300), "teal").save(picture, "PNG")
    image = Image(alternative_text="A picture", credit="Own work")
    image.keep(decode(picture.getvalue(), WIDTHS))
    tag, person, category = make_tag("kept"), make_person(slug="kept"), make_category(slug="kept")
    mentions = " ".join(f"<p>{page.title} is named here.</p>" for (_kind, state), page in pages.items() if page.live)
    article = make_article(category=category, slug="in-category", body=f"<h2>Names</h2>{mentions}")
    article.tags.add(tag)
    article.authors.set([person])
    published(article)
    reference = make_reference(key="kept")
    signer = make_reviewer()
    of_comments, links = make_comments(shown)
    numbers = of_comments | {
        "publishing.page": shown.pk,
        "publishing.edition": shown.live.pk,
        "publishing.event": Event.objects.latest("pk").pk,
        "publishing.pastaddress": PastAddress.objects.create(kind="condition", slug="old", page=shown).pk,
        "publishing.notice": notices.issue(
            shown, by=signer, text="Wait.", reach="page", expires_at=FAR - timedelta(100)
        ).pk,
        "publishing.referencetask": ReferenceTask.objects.create(page=shown, reference=reference, problem="link").pk,
        "publishing.flaggedwork": FlaggedWork.objects.create(
            doi="10.1000/1", state="retracted", source="A list", noted_on=timezone.localdate()
        ).pk,
        "publishing.reference": reference.pk,
        "publishing.image": image.pk,
        "publishing.person": make_person().pk,
        "publishing.tag": make_tag("not used").pk,
        "articles.category": make_category().pk,
        "crosslinks.name": make_name(shown, "another word").pk,
        "crosslinks.block": shown.blocks.create(text="a word", reason="other", remark="No.", blocked_by="tests").pk,
        "publishing.signoff": shown.live.sign_off_id,
        "publishing.redaction": redacted(Event.objects.latest("pk")).pk,
        "taggit.tag": taggit.models.Tag.objects.create(name="not ours").pk,
        "auth.group": Group.objects.get(name="Editor").pk,
        "auth.user": User.objects.create_user("somebody").pk,
    }
    words = {
        "app_label": "publishing",
        "links": links,
        "category": category.slug,
        "comment_id": ReviewComment.objects.get(page_id=pages["therapy", "review"].pk).pk,
        "content_type_id": ContentType.objects.get_for_model(Tag).pk,
        "image": (image.name, image.widths[0]),
    }
    return World(clients, pages, numbers, words)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


# Asking

FILLED = {
    "slug": "kept",
    "shelf": "kept",
    "place": "articles",
    "number": 1,
    "label": "publishing.edition",
    "name": "nothing",
    "app_label": "publishing",
    "url": "nothing/",
    "key": "nothing",
    "width": 480,
}


def address(world: World, route: Route, state: str, **instead) -> str:
    """The address of this route for the page of this kind in this state, or for the one object there is."""
    values = dict(FILLED)
    if route.kind:
        page = world.pages[route.kind, state]
        values |= {"object_id": page.pk, "slug": page.slug, "place": page.get_absolute_url().strip("/")}
        values |= {"address": values["place"], "comment_id": page.review_comments.get().pk}
        values |= {"token": previews.token_of(page), "day": timezone.localdate().isoformat()}
    elif model := re.match("admin:([a-z]+)_([a-z]+)_", route.name):
        values["object_id"] = values["id"] = world.numbers.get(f"{model[1]}.{model[2]}", "")
    if route.name == "admin:publishing_redaction_remove":
        values["number"] = world.numbers["publishing.edition"]
    if route.name == "comments:report":
        values["number"] = world.numbers["comments.comment"]
    values["token"] = world.words["links"].get(route.name, values.get("token"))
    if route.name == "admin:view_on_site":
        values |= {"content_type_id": world.words["content_type_id"], "object_id": world.numbers["publishing.tag"]}
    if route.name == "publishing:image_file":
        values["name"], values["width"] = world.words["image"]
    values |= instead
    # The two that Django writes as patterns.
    path = re.sub(r"\^\(\?P<app_label>.*", "<app_label>/", route.path).replace("(?P<url>.*)$", "<url>")
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), path)


@contextmanager
def watched():
    """The tables that are written to inside; nothing of it stays."""
    written = set()

    def note(execute, sql, params, many, context):
        if (found := WRITES.match(sql)) and found[2] not in APART:
            written.add(found[2])
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        yield written
        transaction.set_rollback(True)


def ask(world: World, role: str, method: str, path: str, sent=None) -> tuple[str, set[str]]:
    """What a role is answered, in one word, and the tables that were written to on the way."""
    client = world.clients[role]
    cookies = client.cookies.copy()
    with watched() as written:
        response = getattr(client, method)(path, sent)
        if response.streaming:
            # Read to its end, so that the file is closed.
            b"".join(response.streaming_content)
    client.cookies = cookies
    leads_to = response.headers.get("Location", "")
    return ("login" if leads_to.startswith("/admin/login/") else str(response.status_code)), written


def outcomes(cell, role: str, route: Route, method: str) -> set[str]:
    """What the table expects, as `ask` says it."""
    is_staff_side = route.path.startswith("admin/")
    if isinstance(cell, dict):
        return {status for status, roles in cell.items() if role in roles} or {"login"}
    if is_staff_side and role in NO_ACCOUNT and not cell.isdecimal():
        return {"login"}
    if cell.isdecimal():
        return {"login"} if is_staff_side and role in NO_ACCOUNT and route.name != "admin:login" else {cell}
    if role not in cell:
        return {"403"}
    return {"200"} if method == "get" else ACTS


def asked(route: Route, number: int) -> list[str]:
    """The states in which a route is asked. The kinds have their screens in common, and share the states of those."""
    if not route.path.startswith("admin/"):
        return list(STATES) if route.kind else ["published"]
    if "object_id" not in route.path or not route.kind:
        return ["published"]
    kinds = list(BUILDERS)
    return [state for at, state in enumerate(STATES) if kinds[(number + at) % len(kinds)] == route.kind]


def names() -> list[str]:
    return sorted({route.name for route in routes()})


# Tests


def test_every_route_is_in_the_table():
    missing = [name for name in names() if name not in table()]
    assert not missing, f"{missing}: add these addresses to tests/site/access.py: who may see and do what there?"


def test_the_table_names_no_route_that_is_gone():
    gone = [name for name in table() if name not in names()]
    assert not gone, f"{gone}: these addresses are gone: take them out of tests/site/access.py."


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_role_is_answered_as_the_table_says(world, method):
    known, wrong = table(), []
    numbers = {name: number for number, name in enumerate(names())}
    for route in routes():
        if route.name not in known:
            # Named by a test of its own.
            continue
        cell = known[route.name][method == "post"]
        for state in asked(route, numbers[route.name]):
            expected_cell = cell[state] if isinstance(cell, InState) else cell
            path = address(world, route, state)
            for role in EVERYBODY:
                sent = SENT.get(route.name) if method == "post" else None
                answer, written = ask(world, role, method, path, sent)
                expected = outcomes(expected_cell, role, route, method)
                if answer not in expected:
                    wrong.append(f"{method} {route.name} ({route.kind} {state}) as {role}: {answer}, not {expected}")
                if written and (method == "get" or answer not in ACTS):
                    wrong.append(f"{method} {route.name} ({route.kind} {state}) as {role} wrote to {written}")
    assert not wrong, "\n".join(["not as tests/site/access.py says:", *wrong])


@pytest.mark.parametrize("role", ["o", "x"])
def test_a_number_that_is_none_finds_nothing(world, role):
    """Never a server error, and never another object."""
    found = []
    for route in routes():
        numbers = [each for each in NUMBERS if re.search(rf"<(?:int:|path:)?{each}>", route.path)]
        for name in numbers if route.kind in ("", "condition") else ():
            for odd in ODD_NUMBERS:
                answer, _written = ask(world, role, "get", address(world, route, "published", **{name: odd}))
                # The staff side leads back to the list, or on to the form, which then does. Django reads " 1" as 1.
                allowed = {"404", "302", "403", "405"} if role == "x" else {"404", "405", "login"}
                if answer not in allowed | ({"200"} if odd == "%201" and role == "x" else set()):
                    found.append((route.name, name, odd, answer))
    assert not found, found
