"""The screen “Gaps in the links”: what the links show to be missing, each with the form on which it is mended."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from crosslinks import byhand, gaps, layout
from crosslinks.byhand import HandLink
from crosslinks.layout import Sentence
from crosslinks.mentions import Mention
from crosslinks.names import Name
from publishing.editions import Edition
from publishing.kinds import by_kind
from publishing.models import Page
from publishing.rows import Row

LONGEST_LIST = 50


@dataclass(frozen=True)
class Gap:
    """Something missing: the form that mends it, what it is, and the sentence that shows it, if one does."""

    title: str
    url: str
    message: str = ""
    sentence: Sentence | None = None


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    advice: str
    total: int
    gaps: list[Gap]
    # What the list leaves out on purpose.
    left_out: str = ""


def section(anchor: str, title: str, advice: str, found, as_gap: Callable, left_out: str = "") -> Section:
    """Two queries, whatever there is."""
    return Section(anchor, title, advice, found.count(), [as_gap(each) for each in found[:LONGEST_LIST]], left_out)


@require_safe
def gaps_view(request):
    if not request.user.has_perm("crosslinks.view_name"):
        raise PermissionDenied
    sections = [*_named_without_row(), *_rows_unmentioned(), *_others()]
    context = {**admin.site.each_context(request), "title": _("Gaps in the links"), "sections": sections}
    return TemplateResponse(request, "admin/crosslinks/gaps.html", context)


def _names(here: str, there: str) -> dict[str, str]:
    """The kinds of page, in words."""
    one, other = by_kind()[here]._meta, by_kind()[there]._meta
    return {"one": one.verbose_name, "other": other.verbose_name}


def _named_without_row():
    for here, there in gaps.ends_of_rows():
        words = _names(here, there)
        yield section(
            f"rows-{here}",
            _("A %(one)s names a %(other)s, and no row joins them") % words,
            _("Add the row on the form, or leave it where the text only mentions the %(other)s in passing.") % words,
            gaps.named_without_row(here, there),
            _named,
        )


def _named(mention: Mention) -> Gap:
    edition = mention.edition
    sentence = layout.read(edition.html).sentence_in_html(mention.start, mention.end)
    return Gap(edition.title, _form_of(edition), str(mention.target), sentence)


def _rows_unmentioned():
    for model in gaps.section_rows():
        for here, there in (model.ends, model.ends[::-1]):
            words = _names(here, there) | {"row": capfirst(model._meta.verbose_name)}
            yield section(
                f"mentions-{model._meta.model_name}-{here}",
                _("%(row)s: the text of the %(one)s does not mention the %(other)s") % words,
                _("Say in the text what the %(other)s has to do with the %(one)s.") % words,
                gaps.rows_unmentioned(model, here, there),
                lambda row, here=here, there=there: _unmentioned(row, here, there),
            )


def _unmentioned(row: Row, here: str, there: str) -> Gap:
    page = getattr(row, here)
    return Gap(page.title, page.get_admin_url(), getattr(row, there).title)


def _others():
    yield section(
        "pages",
        _("Pages to which no text of another page leads"),
        _("Give it the names by which other pages call it, or mention it where readers need it."),
        gaps.pages_nobody_links(),
        lambda page: Gap(page.title, f"{page.get_admin_url()}#names-heading", _kind_of(page)),
    )
    yield section(
        "names",
        _("Names that stand in no text"),
        _("Correct those that are misspelt. Others do no harm."),
        gaps.names_that_never_match(),
        _idle,
        _brands_left_out(),
    )
    yield section(
        "by-hand",
        _("Links made by hand to a page that is not public"),
        _("Readers see the words without the link. Link another page, or take the link out."),
        gaps.hand_links_to_no_public_page(),
        _broken,
    )


def _brands_left_out() -> str:
    number = gaps.brands_that_never_match().count()
    if not number:
        return ""
    text = ngettext(
        "%d brand name that stands in no text is left out.",
        "%d brand names that stand in no text are left out.",
        number,
    )
    return text % number


def _kind_of(page: Page) -> str:
    return str(by_kind()[page.kind]._meta.verbose_name)


def _idle(name: Name) -> Gap:
    return Gap(str(name.page), f"{name.page.get_admin_url()}#names-heading", f"{name} ({name.get_kind_display()})")


def _broken(link: HandLink) -> Gap:
    edition = link.edition
    address = byhand.Address(link.kind, link.slug)
    anchor = next((each for each in byhand.anchors(edition.html) if each.address == address), None)
    # None where the site has another address since the link was noted.
    sentence = anchor and layout.read(edition.html).sentence_between(anchor.inside, anchor.inside_end)
    return Gap(edition.title, _form_of(edition), address.path, sentence)


def _form_of(edition: Edition) -> str:
    return Page(pk=edition.page_id, kind=edition.kind).get_admin_url()
