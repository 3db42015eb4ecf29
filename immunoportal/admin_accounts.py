"""Accounts and groups on the staff side: every change of rights is recorded, and nobody gives more than they have.

Whoever manages accounts without being a superuser touches no superuser, and nobody whose rights over accounts exceed
their own; superuser status and rights of single accounts are for superusers to give.
"""

import taggit.models
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Q

from publishing.events import Event, record

SUPERUSER_FIELDS = frozenset({"is_superuser", "user_permissions"})

# taggit brings an admin for a table that is not used here, and its merging asks for no right.
admin.site.unregister([User, Group, taggit.models.Tag])


def rights_over_accounts(holder: User | Group) -> set[int]:
    """The numbers of these permissions, whether or not an account is active. One query."""
    held = Q(user=holder) | Q(group__user=holder) if isinstance(holder, User) else Q(group=holder)
    return set(Permission.objects.filter(held, content_type__app_label="auth").values_list("pk", flat=True))


def is_above(holder: User | Group, actor: User) -> bool:
    if actor.is_superuser:
        return False
    is_superuser = isinstance(holder, User) and holder.is_superuser
    return is_superuser or not rights_over_accounts(holder) <= rights_over_accounts(actor)


def names_of(permissions) -> list[str]:
    known = permissions.values_list("content_type__app_label", "codename")
    return sorted(f"{room}.{codename}" for room, codename in known)


class RecordedAdmin:
    """Records what an account or a group could do before and after each change, and refuses what is above the actor."""

    def standing(self, obj) -> dict:
        """What the audit trail says of it."""
        raise NotImplementedError

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not is_above(obj, request.user))

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or not is_above(obj, request.user))

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        """Offers no group and no permission with a right over accounts that the actor lacks."""
        if not request.user.is_superuser:
            lacking = Permission.objects.filter(content_type__app_label="auth")
            lacking = lacking.exclude(pk__in=rights_over_accounts(request.user))
            offered = db_field.remote_field.model.objects.all()
            if db_field.name == "groups":
                kwargs["queryset"] = offered.exclude(permissions__in=lacking)
            elif db_field.name == "permissions":
                kwargs["queryset"] = offered.exclude(pk__in=lacking)
        return super().formfield_for_manytomany(db_field, request=request, **kwargs)

    def save_model(self, request, obj, form, change):
        form.standing_before = self.standing(self.model.objects.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        before, after = form.standing_before, self.standing(self.model.objects.get(pk=form.instance.pk))
        changed = [name for name in after if after[name] != before.get(name)]
        if changed:
            self._record(
                request,
                form.instance,
                before={name: before[name] for name in changed if name in before},
                after={name: after[name] for name in changed},
            )

    def delete_model(self, request, obj):
        self._record(request, obj, before=self.standing(obj), after=None)
        super().delete_model(request, obj)

    def _record(self, request, obj, **details):
        record(Event.Action.RIGHTS_CHANGED, obj, by=request.user, **details)


@admin.register(User)
class AccountAdmin(RecordedAdmin, UserAdmin):
    def standing(self, obj):
        return {
            "name": obj.get_username(),
            "is_active": obj.is_active,
            "is_staff": obj.is_staff,
            "is_superuser": obj.is_superuser,
            "groups": sorted(obj.groups.values_list("name", flat=True)),
            "rights": names_of(obj.user_permissions),
        }

    def get_fieldsets(self, request, obj=None):
        if request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return [
            (title, options | {"fields": tuple(each for each in options["fields"] if each not in SUPERUSER_FIELDS)})
            for title, options in super().get_fieldsets(request, obj)
        ]

    @transaction.atomic
    def user_change_password(self, request, id, form_url=""):  # noqa: A002 (Django's name)
        return super().user_change_password(request, id, form_url)

    def log_change(self, request, obj, message):
        if request.resolver_match.url_name == "auth_user_password_change":
            self._record(request, obj, set_anew=["password"])
        return super().log_change(request, obj, message)


@admin.register(Group)
class RoleAdmin(RecordedAdmin, GroupAdmin):
    def standing(self, obj):
        members = obj.user_set.order_by("username").values_list("username", flat=True)
        return {"name": obj.name, "rights": names_of(obj.permissions), "members": list(members)}
