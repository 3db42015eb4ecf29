"""Builders: each gives a valid, saved object; what a test does not care about is filled in."""

from itertools import count

from django.contrib.auth.models import Group, User

from articles.models import Article, Category
from crosslinks.models import Name
from publishing import doors
from publishing.models import Page, Person, Reference, Tag
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


def published(page: Page) -> Page:
    """The page, public as it stands and read again."""
    doors.publish(page, by="tests")
    return type(page).objects.get(pk=page.pk)
