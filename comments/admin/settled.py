"""What staff set for comments: one change at a time, so that two who set the same at once are told of each other."""

from django.db import transaction

from publishing.admin.uses import AnyKeyAdmin
from publishing.events import Event, record
from publishing.freshness import Stamp


class SettledAdmin(AnyKeyAdmin):
    show_full_result_count = False
    list_per_page = 50

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with transaction.atomic():
            if request.method == "POST":
                Stamp.lock()
            return super().changeform_view(request, object_id, form_url, extra_context)


class PublicSettingAdmin(SettledAdmin):
    """Readers see it as it stands, so every change raises the stamp and stands in the audit trail."""

    # The columns whose new values the trail names.
    told: tuple[str, ...] = ()

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self._tell(request, obj, Event.Action.CHANGED)

    def delete_model(self, request, obj):
        with transaction.atomic():
            self._tell(request, obj, Event.Action.DELETED)
            super().delete_model(request, obj)

    def _tell(self, request, obj, action: Event.Action) -> None:
        values = {name: getattr(obj, name) for name in self.told}
        record(action, obj, by=request.user, **{name: value and str(value) for name, value in values.items()})
        Stamp.raise_counter()
