"""The keys of the moderation desk that somebody has switched off."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeysOff(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, related_name="keys_off", on_delete=models.CASCADE)
    # Names of actions (`comments.admin.desk_keys.KEYS`).
    actions = models.JSONField(default=list)

    class Meta:
        verbose_name = _("keys switched off")
        verbose_name_plural = _("keys switched off")

    def __str__(self):
        return str(self.user_id)

    @classmethod
    def of(cls, user) -> set[str]:
        found = cls.objects.filter(user=user).values_list("actions", flat=True).first()
        return set(found or [])
