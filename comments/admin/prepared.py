"""Prepared replies: the texts that moderators begin from when they answer as the organisation, or say why not."""

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from comments.admin.settled import SettledAdmin
from comments.models import PreparedReply


@admin.register(PreparedReply)
class PreparedReplyAdmin(SettledAdmin):
    list_display = ("title", "purpose", "flag", "beginning")
    list_filter = ("purpose", "flag")
    search_fields = ("title", "text")
    ordering = ("flag", "title")
    fields = ("title", "purpose", "flag", "text")

    @admin.display(description=_("text"))
    def beginning(self, reply):
        return Truncator(reply.text).chars(120)
