"""The preferred name of a condition or therapy follows the title of what readers see of it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from crosslinks.matching import Term
from crosslinks.names import Name, name_key
from crosslinks.vocabulary import VocabularyState
from publishing.editions import Edition
from publishing.kinds import by_kind
from publishing.pages import Page, Problem


def follow_titles(editions: Iterable[Edition]) -> list[Term]:
    """Make the preferred name of each page the title of its edition. Returns every name, as it was and as it is, that
    enters the vocabulary, leaves it or changes with that: all names of a page, when it becomes public the first time.
    """
    changed = [term for edition in editions if by_kind()[edition.kind].is_named for term in _follow(edition)]
    if changed:
        VocabularyState.renew()
    return changed


def _follow(edition: Edition) -> list[Term]:
    names = list(Name.objects.filter(page=edition.page_id))
    before = {name.term() for name in names} if edition.number > 1 else set()
    preferred = next((name for name in names if name.kind == Name.Kind.PREFERRED), None)
    if preferred is None or preferred.text != " ".join(edition.title.split()):
        _prefer(edition, names, preferred)
        names = list(Name.objects.filter(page=edition.page_id))
    return list(before ^ {name.term() for name in names})


def _prefer(edition: Edition, names: list[Name], preferred: Name | None) -> None:
    title = " ".join(edition.title.split())
    key = name_key(title)
    if not key:
        return
    if preferred is not None and name_key(preferred.text) != key:
        preferred.kind = Name.Kind.FORMER
        preferred.save()
        preferred = None
    same = (each for each in names if each.key == key or each.text == title)
    name = preferred or next(same, None) or Name(page_id=edition.page_id)
    if name.kind == Name.Kind.CLASS:
        # What a whole class is called has become the name of one page.
        name.linking = Name.Linking.AUTOMATIC
    name.text, name.kind, name.language = title, Name.Kind.PREFERRED, edition.language
    if name.linking == Name.Linking.AUTOMATIC and namesakes(key, edition.page_id).exists():
        name.linking = Name.Linking.EVIDENCE
    name.save()


def namesakes(key: str, page_id: int | None):
    """The names of other pages that link automatically under this key."""
    return Name.objects.filter(key=key, linking=Name.Linking.AUTOMATIC).exclude(page=page_id)


def title_problems(page: Page) -> list[Problem]:
    """Why the title cannot become a preferred name: another page is called so already."""
    namesake = namesakes(name_key(page.title), page.pk).select_related("page").first()
    if namesake is None:
        return []
    message = _(
        "“%(title)s” is already a name of “%(other)s”, and every mention of it links there. Choose another title, or "
        "set that name in the vocabulary to link only where the page gives evidence."
    )
    return [Problem("title", message % {"title": page.title, "other": namesake.page})]
