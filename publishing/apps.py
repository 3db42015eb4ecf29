from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self):
        from publishing import system_checks, triggers  # noqa: F401, PLC0415 (registers the system checks)

        pre_migrate.connect(triggers.make_way_before_migrate, sender=self)
        post_migrate.connect(triggers.install_after_migrate, sender=self)
