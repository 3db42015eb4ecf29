from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.freshness import PublicModel


class Person(PublicModel):
    """An author or reviewer. Editions keep name, credentials, role and interests as they were when published."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, help_text=_("The last part of the public address."))
    credentials = models.CharField(
        _("credentials"), max_length=200, blank=True, help_text=_("For example: MD, consultant immunologist.")
    )
    role = models.CharField(_("role"), max_length=200, blank=True, help_text=_("What this person does for the portal."))
    interests = models.TextField(
        _("declared interests"),
        blank=True,
        help_text=_("Funding, employment and shares that readers should know of. Write “None” if there are none."),
    )
    biography = models.TextField(_("biography"), blank=True)
    is_role = models.BooleanField(
        _("a role, not a person"),
        default=False,
        help_text=_("Tick for an editorial role such as “demonstration editor”, which several people may fill."),
    )
    is_demonstration = models.BooleanField(
        _("stands in for a clinician"),
        default=False,
        help_text=_("A role that signs off demonstration content. Its pages say that no clinician has reviewed them."),
    )
    user = models.OneToOneField(
        "auth.User", verbose_name=_("account"), null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("publishing:person", args=[self.slug])

    def snapshot(self) -> dict:
        fields = ("slug", "name", "credentials", "role", "interests", "is_role")
        return {field: getattr(self, field) for field in fields}
