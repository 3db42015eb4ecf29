"""Prepared replies: the texts that moderators begin from when they answer as the organisation."""

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from comments.admin.settled import SettledAdmin
from comments.models import PreparedReply


@admin.register(PreparedReply)
class PreparedReplyAdmin(SettledAdmin):
    list_display = ("title", "flag", "beginning")
    list_filter = ("flag",)
    search_fields = ("title", "text")
    ordering = ("flag", "title")
    fields = ("title", "flag", "text")

    @admin.display(description=_("text"))
    def beginning(self, reply):
        return Truncator(reply.text).chars(120)
