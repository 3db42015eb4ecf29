"""Comments as a list to search in. Everything that happens to them happens on the desk."""

from django.contrib import admin
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from comments.admin.desk_filters import DECIDED, SPAM, desk_url
from comments.models import Comment
from publishing.admin.records import ReadOnlyAdmin
from publishing.templatetags.page_admin import moment


def on_the_desk(comment: Comment) -> str:
    """The address of the desk where this comment stands."""
    folder = {Comment.State.SPAM: SPAM}.get(comment.state, DECIDED)
    show = {} if comment.queued_at else {"show": folder}
    return f"{desk_url(about=comment.page.title, at=comment.pk, **show)}#item-{comment.pk}"


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    change_form_template = "admin/comments/comment_change_form.html"
    list_display = ("number", "shown_name", "beginning", "page", "kind", "state", "queued_for", "posted")
    list_display_links = ("number",)
    list_filter = ("state", "queued_for", "kind", ("posted_at", admin.DateFieldListFilter))
    list_select_related = ("page",)
    list_per_page = 50
    search_fields = ("page__title", "name", "pk__exact")
    ordering = ("-pk",)
    fields = (
        "number",
        "page",
        "section",
        "kind",
        "state",
        "queued_for",
        "posted",
        "decided",
        "shown_name",
        "address",
        "whole_text",
    )

    class Media:
        css = {"all": ["comments/staff.css"]}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if request.user.has_perm("comments.moderate_comment"):
            context["desk_url"] = on_the_desk(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("number"), ordering="pk")
    def number(self, comment):
        return str(comment.pk)

    @admin.display(description=_("name"), ordering="name")
    def shown_name(self, comment):
        return format_html('<bdi class="said">{}</bdi>', comment.name)

    @admin.display(description=_("text"))
    def beginning(self, comment):
        return format_html('<bdi class="said">{}</bdi>', Truncator(comment.text).chars(80))

    @admin.display(description=_("text"))
    def whole_text(self, comment):
        return format_html('<bdi class="said">{}</bdi>', linebreaksbr(comment.text))

    @admin.display(description=_("e-mail"))
    def address(self, comment):
        if not comment.email:
            return _("none")
        return _("confirmed") if comment.email_confirmed_at else _("not confirmed")

    @admin.display(description=_("posted"), ordering="posted_at")
    def posted(self, comment):
        return moment(comment.posted_at)

    @admin.display(description=_("decided"), ordering="decided_at")
    def decided(self, comment):
        return moment(comment.decided_at)
