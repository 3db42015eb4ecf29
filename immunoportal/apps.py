from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ImmunoPortalConfig(AppConfig):
    name = "immunoportal"


class PortalAdminConfig(AdminConfig):
    default_site = "immunoportal.admin_site.PortalAdminSite"

    def ready(self):
        super().ready()
        from immunoportal import admin_accounts  # noqa: F401, PLC0415 (it takes the place of Django's own)
