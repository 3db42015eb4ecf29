"""Atom feeds of what readers should know of: major changes, corrections, withdrawals and interim notices.

For the whole site, a kind of page, one of its lists, and a page. Small changes and repeated reviews stay out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing.editions import LONG_COLUMNS, Edition
from publishing.history_views import of_page
from publishing.kinds import page_models
from publishing.notices import Notice, NoticeEnd
from publishing.views import canonical

NEWEST = 50
TOLD = (Edition.Change.MAJOR, Edition.Change.CORRECTION, Edition.Change.WITHDRAWAL)
# XML has no way to write these.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Item:
    moment: datetime
    digest: str
    title: str
    address: str
    text: SafeString

    @property
    def identity(self) -> str:
        """Stays the same wherever the page moves."""
        return f"tag:{urlsplit(settings.SITE_URL).hostname},{self.moment:%Y-%m-%d}:{self.digest}"


class Feed(Atom1Feed):
    def latest_post_date(self):
        """Of a feed without entries too, so that it is the same each time."""
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)


@require_safe
def site_feed(request):
    return _render(request, _("ImmunoPortal: what changed"), reverse("home"), Edition.objects.all())


@require_safe
def kind_feed(request, place):
    """`place` is the address of the list: `conditions`."""
    model = _kind_at(place)
    title = _("ImmunoPortal: what changed in %s") % model._meta.verbose_name_plural
    return _render(request, title, model.get_list_url(), Edition.objects.of_kind(model.kind_name()))


@require_safe
def shelf_feed(request, place, shelf):
    """One of the lists that pages of a kind are sorted into: the group of a condition, the category of an article."""
    model = _kind_at(place)
    editions = Edition.objects.of_kind(model.kind_name()).filter(shelf=shelf)
    public = editions.exclude(change=Edition.Change.WITHDRAWAL).order_by("pk")
    name = public.values_list("snapshot__shelf__name", flat=True).last()
    if name is None:
        raise Http404
    title = _("ImmunoPortal: what changed in “%s”") % name
    return _render(request, title, model.get_list_url(), editions)


@of_page
def page_feed(request, page):
    editions = Edition.objects.filter(page=page.pk)
    newest = editions.for_cards().latest()
    title = _("ImmunoPortal: what changed in “%s”") % newest.title
    return _render(request, title, newest.get_absolute_url(), editions)


def _kind_at(place: str):
    for model in page_models():
        if model.list_path() == place:
            return model
    raise Http404


def _render(request, title: str, address: str, editions):
    """Three queries, however much is in it."""
    feed = Feed(
        title=_clean(title),
        link=canonical(address),
        description=_("Major changes, corrections, withdrawals and safety notices"),
        language=settings.LANGUAGE_CODE,
        feed_url=canonical(request.path),
        author_name=settings.PUBLISHER_NAME,
    )
    items = [*_edition_items(editions), *_notice_items(editions)]
    for item in sorted(items, key=lambda item: item.moment, reverse=True)[:NEWEST]:
        feed.add_item(
            title=_clean(item.title),
            link=canonical(item.address),
            description=_clean(item.text),
            unique_id=item.identity,
            pubdate=item.moment,
            updateddate=item.moment,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def _clean(text: str) -> str:
    return CONTROLS.sub("", text)


def _edition_items(editions) -> Iterator[Item]:
    told = editions.filter(change__in=TOLD).with_review().defer(*LONG_COLUMNS).select_related("page")
    for edition in told.order_by("-pk")[:NEWEST]:
        address = f"{edition.page.get_absolute_url()}history/{edition.number}/"
        text = _paragraphs(_("First published.") if edition.number == 1 else "", edition.note, _review(edition))
        yield Item(edition.valid_from, edition.digest, _title(edition), address, text)


def _title(edition: Edition) -> str:
    if edition.is_withdrawal:
        return _("Withdrawn: %s") % edition.title
    if edition.change == Edition.Change.CORRECTION:
        return _("Correction: %s") % edition.title
    return (_("New: %s") if edition.number == 1 else _("Changed: %s")) % edition.title


def _review(edition: Edition) -> str:
    if edition.is_withdrawal:
        return ""
    if edition.override_reason:
        return _("Published in an emergency, without a review: %s") % edition.override_reason
    if edition.sign_off is None:
        return _("No medical reviewer has signed it off.")
    facts = {
        "name": edition.sign_off.reviewer_name,
        "credentials": edition.sign_off.reviewer_credentials,
        "date": localdate(edition.sign_off.recorded_at).isoformat(),
    }
    if edition.sign_off.is_demonstration:
        return _("Signed off by %(name)s, a role for demonstration content, on %(date)s.") % facts
    if edition.sign_off.whole_review_id is not None:
        return _("Changed parts reviewed by %(name)s, %(credentials)s, on %(date)s.") % facts
    return _("Reviewed by %(name)s, %(credentials)s, on %(date)s.") % facts


def _notice_items(editions) -> Iterator[Item]:
    """Notices issued for these pages, and those ended before they expired."""
    pages = Q(page__in=editions.order_by().values("page"))
    for notice in Notice.objects.filter(pages).select_related("page").order_by("-pk")[:NEWEST]:
        signed = _("Signed by %(name)s, %(credentials)s. It expires on %(date)s.") % {
            "name": notice.signer_name,
            "credentials": notice.signer_credentials,
            "date": localdate(notice.expires_at).isoformat(),
        }
        text = _paragraphs(notice.text, signed)
        yield Item(notice.recorded_at, notice.digest, _("Safety notice: %s") % notice.subject, _anchor(notice), text)
    ends = NoticeEnd.objects.filter(notice__in=Notice.objects.filter(pages).values("pk"))
    for end in ends.select_related("notice__page").order_by("-pk")[:NEWEST]:
        title = _("Safety notice ended: %s") % end.notice.subject
        yield Item(end.recorded_at, end.digest, title, _anchor(end.notice), _paragraphs(end.reason))


def _paragraphs(*texts: str) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((text,) for text in texts if text))


def _anchor(notice: Notice) -> str:
    return f"{notice.page.get_absolute_url()}history/#notice-{notice.pk}"
