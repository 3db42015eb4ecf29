from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ImmunoPortalConfig(AppConfig):
    name = "immunoportal"


class PortalAdminConfig(AdminConfig):
    default_site = "immunoportal.admin_site.PortalAdminSite"
