"""Builders: each gives a valid, saved object; what a test does not care about is filled in."""

from itertools import count

from django.contrib.auth.models import Group, User

from articles.models import Article, Category
from comments import moderation
from comments.comments import Comment
from crosslinks.models import Name
from publishing import doors
from publishing.content import content_digest, draft_content
from publishing.models import Page, Person, Reference, SignOff, Tag
from therapies.models import Caution, Condition, Indication, Therapy

_numbers = count(1)
ROLES = {
    "author": "Author",
    "editor": "Editor",
    "reviewer": "Medical reviewer",
    "moderator": "Moderator",
    "administrator": "Administrator",
}


def make_user(role: str) -> User:
    number = next(_numbers)
    user = User.objects.create_user(
        f"{role}-{number}", password="a password for tests", first_name=role.title(), is_staff=True
    )
    user.groups.add(Group.objects.get(name=ROLES[role]))
    return user


def make_person(**values) -> Person:
    number = next(_numbers)
    return Person.objects.create(
        **{"name": f"Ada Writer {number}", "slug": f"ada-writer-{number}", "credentials": "MD"} | values
    )


def make_reference(**values) -> Reference:
    number = next(_numbers)
    defaults = {
        "key": f"source-{number}",
        "title": f"Source number {number}",
        "publisher": "Journal of Tests",
        "year": 2024,
    }
    return Reference.objects.create(**defaults | values)


def make_tag(name: str) -> Tag:
    return Tag.objects.get_or_create(name=name)[0]


def make_category(**values) -> Category:
    number = next(_numbers)
    defaults = {"name": f"Category {number}", "slug": f"category-{number}", "description": "What is in this category."}
    return Category.objects.create(**defaults | values)


def make_article(**values) -> Article:
    number = next(_numbers)
    values.setdefault("category", None)
    values["category"] = values["category"] or make_category()
    defaults = {
        "title": f"Article {number}",
        "slug": f"article-{number}",
        "summary": f"What article {number} is about.",
        "body": f"<h2>A heading</h2><p>The text of article {number}.</p>",
    }
    return _with_author(Article(**defaults | values))


def make_condition(**values) -> Condition:
    return _with_author(_full(Condition, "condition", {"group": "autoimmune", "body_system": "Joints"} | values))


def make_therapy(**values) -> Therapy:
    return _with_author(
        _full(Therapy, "therapy", {"group": "biologic", "routes": "injection", "is_short": True} | values)
    )


def _full(model, kind: str, values: dict) -> Page:
    number = next(_numbers)
    texts = {each.field: f"<p>{each.title} of {kind} {number}.</p>" for each in model.sections if not each.rows}
    defaults = {
        "title": f"{kind.title()} {number}",
        "slug": f"{kind}-{number}",
        "summary": f"What {kind} {number} is, in short.",
    }
    return model(**defaults | texts | values)


def _with_author(page: Page) -> Page:
    page.save()
    page.authors.add(make_person())
    return page


def make_indication(**values) -> Indication:
    references = values.pop("references", [])
    defaults = {
        "role": "first-line",
        "status": "approved",
        "authority": "European Medicines Agency",
        "description": "It helps.",
    }
    return _row(Indication, defaults | values, references)


def make_caution(**values) -> Caution:
    references = values.pop("references", [])
    return _row(Caution, {"kind": "harm", "description": "It can harm."} | values, references)


def make_name(page: Page, text: str, **values) -> Name:
    """A name as a draft's is, without deriving anything: of a public page, change names through `changes.apply`."""
    name = Name(page=page, text=text, **{"kind": "plain"} | values)
    name.save()
    return name


def _row(model, values: dict, references):
    values.setdefault("condition", None)
    values["condition"] = values["condition"] or make_condition()
    values.setdefault("therapy", None)
    values["therapy"] = values["therapy"] or make_therapy()
    row = model.objects.create(**values)
    row.references.set(references)
    return row


def make_reviewer(**values) -> User:
    """A medical reviewer whom readers can be told of."""
    user = make_user("reviewer")
    make_person(**{"user": user, "name": f"Dr {user.username}", "interests": "None", "role": "Reviewer"} | values)
    return user


def signed(page: Page, *, by: User | None = None, scope: str = "whole") -> Page:
    """The page with a sign-off of its draft as it stands, whatever the checks would say of it, and read again."""
    page = type(page).objects.get(pk=page.pk)
    if page.state in ("published", "scheduled", "approved"):
        move(page, "draft")
    move(page, "editorial", "medical", "approved")
    by = by or User.objects.filter(username="signing-reviewer").first() or _signing_reviewer()
    content, last = draft_content(page), page.sign_offs.order_by("pk").last()
    SignOff.append(
        page_id=page.pk,
        content=content,
        content_digest=content_digest(content),
        scope=scope,
        whole_review=last.whole if scope == "part" else None,
        reviewer=by.person,
        reviewer_name=by.person.name,
        reviewer_credentials=by.person.credentials,
        reviewer_interests=by.person.interests,
        is_demonstration=by.person.is_demonstration,
        signed_by_id=by.pk,
        signed_by=by.username,
    )
    return type(page).objects.get(pk=page.pk)


def _signing_reviewer() -> User:
    user = User.objects.create(username="signing-reviewer", is_staff=True)
    user.groups.add(Group.objects.get(name=ROLES["reviewer"]))
    make_person(name="Rosa Signer", slug="rosa-signer", user=user, interests="None")
    return user


def move(page: Page, *states: str) -> None:
    """Take the draft through these states, as the database allows and whatever else the rules would say."""
    for state in states:
        Page.objects.filter(pk=page.pk).update(state=state)


def _pass_review(page: Page) -> None:
    """A draft that is signed off already, or public as it stands, is left as it is."""
    page = type(page).objects.get(pk=page.pk)
    is_covered = SignOff.objects.covering(page, content_digest(draft_content(page))) is not None
    if page.needs_sign_off and not is_covered:
        signed(page)
    elif not page.needs_sign_off and page.state in ("draft", "withdrawn"):
        move(page, "editorial", "approved")


def publish(page: Page, *, by="tests", note: str = "What changed", **values):
    """Sign the draft off where it needs that, and make it public. Returns the edition."""
    _pass_review(page)
    return doors.publish(page, by=by, note=note, **values)


def schedule(page: Page, *, at, by="tests", note: str = "What changed", **values):
    """Sign the draft off where it needs that, and set it to become public at `at`. Returns the schedule."""
    _pass_review(page)
    return doors.schedule(page, by=by, at=at, note=note, **values)


def make_comment(page: Page, *, network: str = "", follow: bool = False, **values) -> Comment:
    """A reader's comment on a public page, waiting; each from a network of its own."""
    number = next(_numbers)
    defaults = {
        "kind": "question",
        "name": f"Reader {number}",
        "text": f"How often is this given, and what happens at visit number {number}?",
        "edition": page.live,
    }
    network = network or f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"
    return moderation.post(Comment(page=page, **defaults | values), network=network, follow=follow, form_age=60)


def approved(comment: Comment, *, by: User | None = None) -> Comment:
    """The comment, public and read again."""
    by = by or User.objects.filter(username="approving-moderator").first() or _approving_moderator()
    moderation.approve(comment, by=by, version=comment.version)
    return Comment.objects.get(pk=comment.pk)


def _approving_moderator() -> User:
    user = User.objects.create(username="approving-moderator", is_staff=True)
    user.groups.add(Group.objects.get(name=ROLES["moderator"]))
    return user


def published(page: Page) -> Page:
    """The page, public as it stands and read again."""
    publish(page)
    return type(page).objects.get(pk=page.pk)
