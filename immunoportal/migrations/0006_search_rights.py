"""Who sees what readers look for and do not find, and who deals with it."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITORS = ("Editor", "Administrator")
RIGHTS = ("view_searchcount", "change_searchcount")


def give_rights(apps, schema_editor):
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("search"), verbosity=0, using=using)
    permissions = apps.get_model("auth", "Permission").objects.using(using).filter(content_type__app_label="search")
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=EDITORS):
        group.permissions.add(*permissions.filter(codename__in=RIGHTS))


def take_rights(apps, schema_editor):
    using = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(using):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="search", codename__in=RIGHTS))


class Migration(migrations.Migration):
    dependencies = [("immunoportal", "0005_tag_rights"), ("search", "0001_initial")]
    operations = [migrations.RunPython(give_rights, take_rights)]
