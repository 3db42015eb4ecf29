"""Clinicians whose identity staff have verified: their comments say so, once they have proved their address."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ClinicianQuerySet(models.QuerySet):
    def current(self):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))


class Clinician(models.Model):
    email = models.EmailField(_("e-mail"), unique=True, help_text=_("Comments confirmed from it get the role."))
    name = models.CharField(_("name"), max_length=100, help_text=_("Shown in the place of the name they type."))
    credentials = models.CharField(_("credentials"), max_length=200, help_text=_("Such as: consultant immunologist."))
    verified_how = models.TextField(
        _("how the identity was verified"), help_text=_("For example: number in the professional register, date.")
    )
    verified_by = models.CharField(_("verified by"), max_length=200, editable=False)
    verified_on = models.DateField(_("verified on"), default=timezone.localdate)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = ClinicianQuerySet.as_manager()

    class Meta:
        verbose_name = _("verified clinician")
        verbose_name_plural = _("verified clinicians")
        ordering = ["name"]

    def __str__(self):
        return f"{self.name}, {self.credentials}"
